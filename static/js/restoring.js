/** Bringing back what was typed and not saved: by a refused plain form, or in a closed window. */

import { isLocked, setText, storedText, textOf } from "./cells.js";
import { mark, says } from "./messages.js";
import { inUnit } from "./money.js";

const LATER = 8_000;

/** Send what the page shows and the server does not hold, as a plain form that was refused. */
export function catchUp(sheet) {
  const { grid } = sheet;
  for (const row of [...grid.byKey.values()]) {
    if (grid.isBlank(row)) continue;
    const told = row.dataset.row.startsWith("p") ? "missing" : "refused";
    for (const cell of grid.cellsOf(row).values()) {
      if (says(cell)) mark(cell, told);
      if (cell.dataset.was === undefined) cell.dataset.was = textOf(cell);
      const typed = cell.tagName !== "SELECT" && !isLocked(cell);
      if (typed && textOf(cell) !== storedText(cell)) sheet.send(cell);
    }
  }
}

/** Take over what other windows leave unsaved, now and whenever one is closed: show it, send it. */
export function inherit(sheet) {
  const { store } = sheet.outbox;
  takeOver(sheet);
  store.watch(() => takeOver(sheet));
  // A window that died tells nobody; its silence is noticed after a while.
  if (store.hasOthers()) setTimeout(() => takeOver(sheet), LATER);
}

function takeOver(sheet) {
  for (const left of sheet.outbox.store.inherit()) restore(sheet, left);
}

/** Show an unsent change in its cell, in a new row where it made one. */
export function show(sheet, { row, field, now }) {
  const { grid } = sheet;
  if (row.startsWith("new:") && !grid.byKey.has(row) && grid.template) {
    grid.trim();
    grid.add([row]);
  }
  const cell = grid.find(row, field);
  if (!cell || !setText(cell, now)) return;
  mark(cell, "unsaved");
  sheet.follow(cell);
}

function restore(sheet, { unit, batches, waiting }) {
  const here = (change, from) => converted(sheet, change, from);
  const sent = batches.flatMap((batch) => batch.changes.map((change) => here(change, batch.unit)));
  const open = waiting.map((change) => ({ ...here(change, unit), held: "" }));
  for (const change of [...sent, ...open]) if (!change.delete) show(sheet, change);
  sheet.outbox.adopt({ batches, waiting: open });
  sheet.grid.offerRow();
  sheet.totals.show();
  sheet.tell("上次没来得及保存的内容已恢复。");
}

/** A change that was typed while the sheet was shown in another unit. */
function converted(sheet, change, unit) {
  const { grid } = sheet;
  const model = grid.find(change.row, change.field) || grid.at(0, grid.columns.get(change.field));
  if (change.delete || !model || model.dataset.kind !== "money") return change;
  const convert = (text) => inUnit(text, unit, sheet.unit);
  return { ...change, was: convert(change.was), now: convert(change.now) };
}
