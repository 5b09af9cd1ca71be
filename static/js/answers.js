/** What the server answered to a batch, shown in the cells: saved, refused, or a conflict. */

import { setText, textOf } from "./cells.js";
import { ask } from "./conflicts.js";
import { clear, mark, say } from "./messages.js";
import { inUnit } from "./money.js";

const UNSAVED = new Set(["refused", "conflict"]);

/** Show the answer to a batch in the sheet that sent it. */
export function settle(sheet, batch, answer) {
  const rows = new Map(Object.entries(answer.rows || {}));
  for (const [old, key] of rows) rename(sheet, old, key);
  const asked = new Set(batch.changes.map((change) => `${change.row}|${change.field || ""}`));
  for (const cell of answer.cells) {
    const here = { ...cell, row: rows.get(cell.row) || cell.row };
    if (asked.has(`${cell.row}|${cell.field}`)) show(sheet, here, batch);
    else if (cell.message) missing(sheet, here);
    else filled(sheet, here, batch);
  }
  const touched = batch.changes.map((change) => rows.get(change.row) || change.row);
  for (const key of new Set(touched)) afterwards(sheet, key);
  unanswered(sheet, batch, answer, rows);
  if (answer.revision !== undefined) sheet.form.dataset.revision = answer.revision;
  if (sheet.outbox.isEmpty) sheet.totals.accept(answer.totals);
  sheet.form.dispatchEvent(new CustomEvent("entry:saved", { detail: answer }));
}

function rename(sheet, old, key) {
  sheet.undo.rename(old, key);
  const taken = sheet.takenOut.get(old);
  if (taken) sheet.takenOut.set(key, taken);
  if (sheet.grid.rename(old, key) || !sheet.grid.byKey.has(old)) return;
  // The page came with the saved row already: the one that was restored here is its double.
  const double = sheet.grid.byKey.get(old);
  sheet.totals.leave(double);
  sheet.grid.remove(double);
  sheet.totals.show();
}

function show(sheet, answer, batch) {
  const cell = answer.field ? sheet.grid.find(answer.row, answer.field) : undefined;
  if (!answer.field) wholeRow(sheet, answer);
  else if (!cell) homeless(sheet, answer);
  else if (answer.outcome === "conflict") conflict(sheet, cell, answer, batch);
  else if (answer.outcome === "refused") refused(sheet, cell, answer);
  else saved(sheet, cell, answer, batch);
}

function saved(sheet, cell, { row, field, outcome, shown, message }, batch) {
  if (outcome === "saved") cell.closest("[data-row]").classList.remove("untouched");
  const text = inOwnUnit(sheet, cell, shown, batch);
  const isOpen = sheet.opened && sheet.opened.cell === cell;
  cell.dataset.was = text;
  // What was typed meanwhile stays, and goes out with the next batch.
  if (sheet.outbox.get(row, field) || (isOpen && sheet.mode !== "nav")) return;
  if (text !== textOf(cell)) {
    setText(cell, text);
    if (isOpen && cell.select) cell.select();
  }
  if (isOpen) sheet.reopen();
  const waits = Boolean(message) && row.startsWith("p");
  mark(cell, waits ? "missing" : "");
  clear(cell);
  if (message) say(cell, waits ? "missing" : "remark", message);
  sheet.follow(cell);
}

function refused(sheet, cell, { row, field, message }) {
  const newer = sheet.outbox.get(row, field);
  if (newer && newer.held !== "refused") return;
  mark(cell, "refused");
  say(cell, "refused", message || "没有保存，请核对");
}

function conflict(sheet, cell, { row, field, by, ...answer }, batch) {
  const theirs = inOwnUnit(sheet, cell, answer.theirs || "", batch);
  const mine = textOf(cell);
  const resolve = (text) => {
    cell.dataset.was = theirs;
    sheet.outbox.forget(row, field);
    setText(cell, text);
    if (text !== mine) {
      sheet.undo.record({ cells: [{ row, field, before: mine, after: text }] });
      sheet.follow(cell);
    } else sheet.send(cell);
    sheet.reopen();
  };
  ask(cell, { mine, theirs, by }, { keep: () => resolve(mine), take: () => resolve(theirs) });
}

/** A row that the server did not delete comes back, and says why. */
function wholeRow(sheet, { row: key, outcome, message }) {
  const taken = sheet.takenOut.get(key);
  sheet.takenOut.delete(key);
  if (!UNSAVED.has(outcome)) return;
  const why = message || "这一行刚被别人改过，没有删除";
  sheet.tell(`${why}${outcome === "conflict" ? "；请刷新页面，看过再删" : ""}。`);
  if (!taken) return;
  taken.row.dataset.row = key;
  sheet.grid.putBack(taken.row, taken.follows);
  sheet.totals.recount();
  sheet.totals.show();
  const [first] = sheet.grid.cellsOf(taken.row).values();
  mark(first, "refused");
  say(first, "refused", why);
}

/** A cell that nobody typed and the server filled in, from the others of its row. */
function filled(sheet, answer, batch) {
  const cell = answer.field && sheet.grid.find(answer.row, answer.field);
  if (cell) saved(sheet, cell, answer, batch);
}

/** What a row that waits still lacks is marked at once, and said once the person is elsewhere. */
function missing(sheet, { row, field, message }) {
  const cell = field && sheet.grid.find(row, field);
  if (!cell || sheet.outbox.get(row, field)) return;
  const isHere = sheet.opened && cell.closest("[data-row]").contains(sheet.opened.cell);
  mark(cell, "missing");
  clear(cell);
  if (!isHere) say(cell, "missing", message);
}

/** A row that is whole lacks nothing; a waiting one that was emptied is not kept, and so is new. */
function afterwards(sheet, key) {
  const row = sheet.grid.byKey.get(key);
  if (!row) return;
  if (!key.startsWith("p")) row.querySelectorAll('[data-cell="missing"] .cell').forEach(whole);
  else if (sheet.grid.isAsBegun(row) && !sheet.outbox.hasRow(key)) sheet.grid.forget(row);
}

function whole(cell) {
  mark(cell, "");
  clear(cell);
}

/** A change to a row that this page does not have is told, never dropped in silence. */
function homeless(sheet, { row, field, outcome, message }) {
  if (!UNSAVED.has(outcome)) return;
  const change = sheet.outbox.get(row, field);
  const text = change ? `“${change.now}”` : "一处改动";
  sheet.tell(`${text}没有保存：所在的行已被删除。${message || ""}`);
}

/** A cell of which the server said nothing is not saved. */
function unanswered(sheet, batch, answer, rows) {
  const told = new Set(answer.cells.map((cell) => `${cell.row}|${cell.field || ""}`));
  for (const change of batch.changes) {
    const row = rows.get(change.row) || change.row;
    const field = change.field || "";
    if (change.delete || told.has(`${change.row}|${field}`) || told.has(`${row}|${field}`)) continue;
    const cell = sheet.grid.find(row, field);
    if (cell) refused(sheet, cell, { row, field, message: "服务器没有答复这一格，请再填一次" });
  }
}

function inOwnUnit(sheet, cell, text, batch) {
  return cell.dataset.kind !== "money" ? text : inUnit(text, batch.unit, sheet.unit);
}
