/** The mouse in a sheet: a click selects a cell, a second one puts the caret, a drag selects. */

import { hasCaret } from "./cells.js";

/** Listen to the mouse over a sheet's table. */
export function listen(sheet) {
  const { table } = sheet.grid;
  table.addEventListener("mousedown", (event) => {
    const cell = cellUnder(event);
    if (cell && event.button === 0) press(sheet, cell, event);
  });
  table.addEventListener("mouseover", (event) => {
    const cell = cellUnder(event);
    if (cell && event.buttons === 1 && sheet.dragging) drag(sheet, cell);
  });
  addEventListener("mouseup", () => {
    sheet.dragging = false;
  });
  table.addEventListener("dblclick", (event) => {
    const cell = cellUnder(event);
    if (cell && hasCaret(cell)) sheet.setMode("edit");
  });
}

function cellUnder(event) {
  const place = event.target.closest("td");
  return event.target.closest(".cell") || (place && event.target === place && place.querySelector(".cell"));
}

function press(sheet, cell, event) {
  const place = sheet.grid.place(cell);
  if (event.shiftKey && sheet.selection.anchor) {
    event.preventDefault();
    sheet.selection.extend(place);
    return;
  }
  sheet.dragging = true;
  if (!hasCaret(cell)) return;
  if (cell === document.activeElement) second(sheet, place);
  else {
    // The browser would put the caret, and an input method would add instead of replacing.
    event.preventDefault();
    cell.focus();
  }
}

function second(sheet, place) {
  sheet.selection.set(place);
  sheet.setMode("edit");
}

function drag(sheet, cell) {
  const place = sheet.grid.place(cell);
  const { head } = sheet.selection;
  if (!head || !place || (head.row === place.row && head.column === place.column)) return;
  if (sheet.mode === "edit" && !sheet.selection.isBlock) return;
  sheet.selection.extend(place);
}
