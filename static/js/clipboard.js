/**
 * Copy, cut and paste between the sheet and Excel or WPS.
 *
 * One row of a few cells, or one text for all selected cells, goes straight in. A larger block is
 * shown first, by the page at data-paste (paste.js); where the sheet has no such page, or it cannot
 * be reached, it goes straight in too and can be taken back in one step.
 */

import { isLocked, textOf } from "./cells.js";
import { parse, write } from "./tsv.js";

const FEW = 12;

/** Listen to the clipboard events of a sheet's table; ``preview(start, text)`` shows a block. */
export function listen(sheet, preview) {
  const { table } = sheet.grid;
  table.addEventListener("copy", (event) => copy(sheet, event));
  table.addEventListener("cut", (event) => copy(sheet, event) && empty(sheet));
  table.addEventListener("paste", (event) => paste(sheet, event, preview));
}

function copy(sheet, event) {
  if (sheet.mode !== "nav" || !event.target.closest(".cell")) return false;
  const rows = sheet.selection.rows().map((row) => row.map((cell) => (cell ? textOf(cell) : "")));
  event.clipboardData.setData("text/plain", write(rows));
  event.preventDefault();
  return true;
}

function empty(sheet) {
  const cells = sheet.selection.rows().flat().filter(Boolean);
  sheet.write(cells.map((cell) => ({ cell, text: "" })));
}

function paste(sheet, event, preview) {
  const cell = event.target.closest(".cell");
  const text = event.clipboardData.getData("text/plain");
  if (!cell || !text) return;
  const block = parse(text);
  const isOne = block.length === 1 && block[0].length === 1;
  // While a text is being edited, a text goes in at the caret, as everywhere.
  if (sheet.mode !== "nav" && isOne) return;
  event.preventDefault();
  if (isLocked(cell) && isOne) return;
  sheet.commit(cell);
  const isFew = block.length === 1 && block[0].length <= FEW;
  if (isFew || !preview) putIn(sheet, cell, block);
  else preview(cell, text, () => putIn(sheet, cell, block));
}

/** Put a block in, from a cell or the upper left of the selection; say what found no place. */
export function putIn(sheet, cell, block) {
  const { grid, selection } = sheet;
  const bounds = selection.isBlock ? selection.bounds : null;
  const from = bounds ? { row: bounds.top, column: bounds.left } : grid.place(cell);
  const whole = bounds ? repeated(block, bounds) : block;
  const missing = from.row + whole.length - grid.rows.length;
  const added = missing > 0 && grid.template ? sheet.addRows(missing) : [];
  const { edits, lost } = placed(grid, from, whole);
  const refused = sheet.write(edits, added);
  sheet.tell(report(edits.length - refused.length, refused.length, lost));
  select(sheet, from, whole);
}

/** One text, or a block that fits evenly, fills the whole selection. */
function repeated(block, { top, bottom, left, right }) {
  const height = bottom - top + 1;
  const width = right - left + 1;
  if (height % block.length || width % block[0].length) return block;
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const source = block[row % block.length];
      return source[column % block[0].length] || "";
    }),
  );
}

function placed(grid, from, block) {
  const edits = [];
  let lost = 0;
  block.forEach((texts, down) =>
    texts.forEach((text, right) => {
      const cell = grid.at(from.row + down, from.column + right);
      if (cell) edits.push({ cell, text });
      else if (text.trim()) lost += 1;
    }),
  );
  return { edits, lost };
}

function report(written, refused, lost) {
  const parts = [`已粘贴 ${written} 格`];
  if (refused) parts.push(`${refused} 格不能改或没有这个选项`);
  if (lost) parts.push(`${lost} 格超出表格，没有粘贴`);
  return `${parts.join("；")}。`;
}

function select(sheet, from, block) {
  const widest = block.reduce((most, row) => Math.max(most, row.length), 0);
  const { rows, fields } = sheet.grid;
  sheet.selection.set(from);
  sheet.selection.extend({
    row: Math.min(from.row + block.length, rows.length) - 1,
    column: Math.min(from.column + widest, fields.length) - 1,
  });
}
