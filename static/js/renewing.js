/** A table that came anew from the server takes the old one's place; one step takes it back. */

import { show } from "./restoring.js";

/** Put the rows and totals of another table in a sheet's own. */
export function renew(sheet, table) {
  const before = texts(sheet.grid);
  replace(sheet.grid.table.tBodies[0], table.tBodies[0]);
  replace(sheet.grid.table.tFoot, table.tFoot);
  sheet.opened = null;
  sheet.grid.index();
  sheet.totals.recount();
  sheet.undo.record(difference(before, texts(sheet.grid)));
  for (const change of sheet.outbox.changes()) show(sheet, change);
  sheet.grid.offerRow();
  sheet.selection.clear();
  sheet.form.dispatchEvent(new CustomEvent("entry:saved"));
}

function replace(old, fresh) {
  if (old && fresh) old.replaceWith(document.importNode(fresh, true));
}

function texts(grid) {
  const typed = grid.rows.filter((row) => !grid.isBlank(row));
  return new Map(typed.map((row) => [row.dataset.row, grid.texts(row)]));
}

function difference(before, after) {
  const cells = [];
  const added = [];
  for (const [row, now] of after) {
    const old = before.get(row);
    if (!old) added.push({ row, follows: null, texts: now });
    for (const [field, text] of Object.entries(old ? now : {})) {
      if (old[field] !== text) cells.push({ row, field, before: old[field], after: text });
    }
  }
  return { cells, added };
}
