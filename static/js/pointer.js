/**
 * The mouse in a sheet, as in Excel: a click selects a cell, a double one puts the caret, a drag
 * selects a block. On a screen that is touched a second tap puts the caret.
 */

import { hasCaret } from "./cells.js";

/** Listen to the mouse over a sheet's table. */
export function listen(sheet) {
  const { table } = sheet.grid;
  table.addEventListener("mousedown", (event) => {
    const cell = cellUnder(event);
    if (cell && event.button === 0) press(sheet, cell, event);
  });
  table.addEventListener("pointerdown", (event) => {
    sheet.touched = event.pointerType === "touch";
  });
  table.addEventListener("mouseover", (event) => {
    const cell = cellUnder(event);
    if (cell && event.buttons === 1 && sheet.dragging) drag(sheet, cell);
  });
  addEventListener("mouseup", () => {
    sheet.dragging = false;
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
  const isHere = cell === document.activeElement;
  if (isHere && (sheet.mode !== "nav" || event.detail > 1 || sheet.touched)) {
    sheet.selection.set(place);
    sheet.setMode("edit");
    return;
  }
  // The browser would put the caret, and an input method would add instead of replacing.
  event.preventDefault();
  cell.focus();
  cell.select();
  sheet.selection.set(place);
}

function drag(sheet, cell) {
  const place = sheet.grid.place(cell);
  const { head } = sheet.selection;
  if (!head || !place || (head.row === place.row && head.column === place.column)) return;
  if (sheet.mode === "edit" && !sheet.selection.isBlock) return;
  sheet.selection.extend(place);
}
