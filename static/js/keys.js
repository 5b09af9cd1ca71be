/**
 * The keyboard of a sheet, as in Excel and WPS.
 *
 * nav: a cell is selected, keys move, typing (or an input method) replaces its text. enter: after
 * the first letter; arrows confirm and move. edit: after F2 or a second click; arrows move the
 * caret. The focus is always on the cell's own control, so an input method works from the first
 * key; what it uses itself (isComposing, key code 229) is left alone.
 */

import { hasCaret, isLocked, textOf } from "./cells.js";
import { asks } from "./messages.js";

const STEPS = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Listen to the keys of a sheet's table; ``codes`` is the list that opens at code cells. */
export function listen(sheet, codes) {
  sheet.grid.table.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const cell = event.target.closest(".cell");
    const done = cell ? codes.press(event) || press(sheet, cell, event) : leaveRowButton(sheet, event);
    if (done) event.preventDefault();
  });
}

/** Do what a key says; true where it was ours. */
function press(sheet, cell, event) {
  const act = ACTS[name(event)];
  if (act) return act(sheet, cell, event) !== false;
  const step = STEPS[event.key];
  if (!step || event.altKey || sheet.mode === "edit") return false;
  return arrow(sheet, cell, event, step);
}

function name({ ctrlKey, metaKey, altKey, shiftKey, key }) {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  return `${ctrlKey || metaKey ? "Ctrl+" : ""}${altKey ? "Alt+" : ""}${shiftKey ? "Shift+" : ""}${letter}`;
}

const inNav = (act) => (sheet, cell, event) => sheet.mode === "nav" && act(sheet, cell, event);

const ACTS = {
  Enter: (sheet, cell) => confirm(sheet, cell, 1),
  "Shift+Enter": (sheet, cell) => confirm(sheet, cell, -1),
  "Alt+Enter": breakLine,
  Tab: (sheet, cell) => tab(sheet, cell, 1),
  "Shift+Tab": (sheet, cell) => tab(sheet, cell, -1),
  F2: (sheet, cell) => edit(sheet, cell),
  Escape: (sheet, cell) => escape(sheet, cell),
  Delete: inNav(empty),
  Home: inNav((sheet, cell) => move(sheet, cell, 0, -Infinity)),
  End: inNav((sheet, cell) => move(sheet, cell, 0, Infinity)),
  PageUp: inNav((sheet, cell) => move(sheet, cell, -page(sheet), 0)),
  PageDown: inNav((sheet, cell) => move(sheet, cell, page(sheet), 0)),
  "Ctrl+Home": inNav((sheet, cell) => move(sheet, cell, -Infinity, -Infinity)),
  "Ctrl+End": inNav((sheet, cell) => move(sheet, cell, Infinity, Infinity)),
  "Ctrl+a": inNav(selectAll),
  "Ctrl+d": inNav(fillDown),
  "Ctrl+s": save,
  "Ctrl+z": inNav((sheet) => again(sheet, sheet.takeBack(), "没有可以撤销的改动")),
  "Ctrl+y": inNav((sheet) => again(sheet, sheet.doAgain(), "没有可以重做的改动")),
  "Ctrl+Shift+z": inNav((sheet) => again(sheet, sheet.doAgain(), "没有可以重做的改动")),
};

function arrow(sheet, cell, event, [down, right]) {
  if (event.shiftKey) return sheet.mode === "nav" && extend(sheet, cell, event, down, right);
  const far = event.ctrlKey || event.metaKey ? Infinity : 1;
  if (right === 1 && far === 1 && atRowEnd(sheet, cell)) return toRowButton(sheet, cell);
  return move(sheet, cell, by(down, far), by(right, far));
}

/** Infinity times zero is no number. */
function by(direction, distance) {
  return direction ? direction * distance : 0;
}

function extend(sheet, cell, event, down, right) {
  const far = event.ctrlKey || event.metaKey ? Infinity : 1;
  const from = sheet.selection.head || sheet.grid.place(cell);
  const to = limited(sheet, from.row + by(down, far), from.column + by(right, far));
  sheet.selection.extend(to);
  const shown = sheet.grid.at(to.row, to.column);
  if (shown) shown.scrollIntoView({ block: "nearest", inline: "nearest" });
  return true;
}

/** Confirm and go so far; where no control is, go on in the same direction. */
function move(sheet, cell, down, right) {
  sheet.commit(cell);
  const { row, column } = sheet.grid.place(cell);
  const next = nearest(sheet, limited(sheet, row + down, column + right), down, right);
  if (next && next !== cell) sheet.goTo(next);
  else again(sheet, cell);
  sheet.startColumn = undefined;
  return true;
}

function nearest(sheet, place, down, right) {
  let { row, column } = place;
  // Jumps to an end come back to the last control; steps go on to the next one.
  const stepDown = Number.isFinite(down) ? Math.sign(down) : -Math.sign(down);
  const stepRight = Number.isFinite(right) ? Math.sign(right) : -Math.sign(right);
  while (row >= 0 && row < sheet.grid.rows.length && column >= 0 && column < sheet.grid.fields.length) {
    const cell = sheet.grid.at(row, column);
    if (cell && !cell.disabled) return cell;
    if (!stepDown && !stepRight) return undefined;
    if (stepRight) column += stepRight;
    else row += stepDown;
  }
  return undefined;
}

function limited({ grid }, row, column) {
  return {
    row: Math.max(0, Math.min(row, grid.rows.length - 1)),
    column: Math.max(0, Math.min(column, grid.fields.length - 1)),
  };
}

/** Enter goes down, to the column where the row was begun with Tab. */
function confirm(sheet, cell, down) {
  const begun = sheet.startColumn;
  sheet.commit(cell);
  const { row, column } = sheet.grid.place(cell);
  const to = begun !== undefined && down > 0 ? begun : column;
  move(sheet, cell, down, to - column);
}

/** Tab goes right and on to the next row; past the last cell it leaves the table as everywhere. */
function tab(sheet, cell, direction) {
  if (asks(cell)) return false;
  sheet.commit(cell);
  const begun = sheet.startColumn === undefined ? sheet.grid.place(cell).column : sheet.startColumn;
  const next = neighbour(sheet, cell, direction);
  if (!next) return false;
  sheet.goTo(next);
  sheet.startColumn = begun;
  return true;
}

function neighbour({ grid }, cell, direction) {
  let { row, column } = grid.place(cell);
  for (;;) {
    column += direction;
    if (column < 0 || column >= grid.fields.length) {
      row += direction;
      column = direction > 0 ? 0 : grid.fields.length - 1;
    }
    if (row < 0 || row >= grid.rows.length) return undefined;
    const next = grid.at(row, column);
    if (next && !isLocked(next)) return next;
  }
}

function edit(sheet, cell) {
  if (!hasCaret(cell) || isLocked(cell)) return false;
  if (sheet.mode === "edit") {
    sheet.setMode("enter");
    return true;
  }
  // Separators would stand in the way of typing between the digits.
  if (cell.dataset.kind === "money" && sheet.mode === "nav") cell.value = cell.value.replace(/,/g, "");
  sheet.setMode("edit");
  cell.setSelectionRange(cell.value.length, cell.value.length);
  return true;
}

function escape(sheet, cell) {
  if (sheet.mode === "nav" && !sheet.selection.isBlock) return false;
  sheet.cancel(cell);
  sheet.selection.set(sheet.grid.place(cell));
  return again(sheet, cell);
}

function breakLine(sheet, cell) {
  if (cell.tagName !== "TEXTAREA" || isLocked(cell)) return false;
  if (sheet.mode === "nav") cell.setSelectionRange(cell.value.length, cell.value.length);
  cell.setRangeText("\n", cell.selectionStart, cell.selectionEnd, "end");
  sheet.setMode("edit");
  cell.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

function empty(sheet, cell) {
  const cells = sheet.selection.isBlock ? sheet.selection.rows().flat() : [cell];
  const refused = sheet.write(cells.filter(Boolean).map((each) => ({ cell: each, text: "" })));
  if (refused.length) sheet.tell(`${refused.length} 格不能清空`);
  return again(sheet, cell);
}

/** The first selected row goes to all below it; with one cell selected, the cell above comes down. */
function fillDown(sheet, cell) {
  const place = sheet.grid.place(cell);
  const rows = sheet.selection.isBlock ? sheet.selection.rows() : [];
  if (rows.length < 2) rows.splice(0, rows.length, [sheet.grid.at(place.row - 1, place.column)], [cell]);
  const [first, ...below] = rows;
  const edits = below.flatMap((row) =>
    row.flatMap((each, at) => (each && first[at] ? [{ cell: each, text: textOf(first[at]) }] : [])),
  );
  const refused = sheet.write(edits);
  if (refused.length) sheet.tell(`${refused.length} 格不能填充`);
  return again(sheet, cell);
}

function selectAll(sheet) {
  sheet.selection.set({ row: 0, column: 0 });
  sheet.selection.extend(limited(sheet, Infinity, Infinity));
  return true;
}

/** Select the text of a cell anew, so that typing replaces it. */
function again(sheet, cell, otherwise) {
  if (!cell) sheet.tell(otherwise);
  else if (cell !== document.activeElement) sheet.goTo(cell);
  else if (cell.select) cell.select();
  return true;
}

function page({ grid }) {
  const frame = grid.table.parentElement;
  const height = grid.rows.length ? grid.rows[0].offsetHeight || 1 : 1;
  return Math.max(1, Math.floor(Math.min(frame.clientHeight, innerHeight) / height) - 2);
}

function rowButton(cell) {
  const row = cell.closest("tr");
  return row && row.querySelector("button.delete-row");
}

function atRowEnd({ grid }, cell) {
  const { row, column } = grid.place(cell);
  return !grid.fields.slice(column + 1).some((_, at) => grid.at(row, column + 1 + at));
}

/** The button that deletes a row lies right of its last cell. */
function toRowButton(sheet, cell) {
  const button = rowButton(cell);
  sheet.commit(cell);
  if (button && !button.hidden) button.focus();
  return true;
}

function leaveRowButton(sheet, event) {
  const button = event.target.closest("button.delete-row");
  if (!button || event.key !== "ArrowLeft") return false;
  const cells = [...sheet.grid.cellsOf(button.closest("tr")).values()];
  sheet.goTo(cells[cells.length - 1]);
  return true;
}

function save(sheet, cell) {
  sheet.commit(cell);
  sheet.outbox.retry();
  return again(sheet, cell);
}
