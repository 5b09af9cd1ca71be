/**
 * Where the scripts of an entry page begin: every sheet on it comes to life.
 *
 * <script type="module" src="…/js/entry.js">. The markup that is expected is told in
 * docs/architecture.md, "The sheet in the browser".
 */

import { isLong, stretch } from "./cells.js";
import { follow as followCeilings } from "./ceilings.js";
import * as clipboard from "./clipboard.js";
import { Codes } from "./codes.js";
import * as keys from "./keys.js";
import { Live } from "./live.js";
import { previewer } from "./paste.js";
import * as pointer from "./pointer.js";
import { Sheet } from "./sheet.js";

for (const form of document.querySelectorAll("form.entry-form[data-save]")) start(form);

function start(form) {
  const sheet = new Sheet(form);
  const codes = new Codes(sheet);
  follow(sheet);
  followCeilings(form);
  form.querySelectorAll("textarea.cell").forEach(stretch);
  if (sheet.grid.table) {
    keys.listen(sheet, codes);
    pointer.listen(sheet);
    clipboard.listen(sheet, previewer(sheet));
  }
  const focus = (hash) => goTo(sheet, hash);
  for (const pane of document.querySelectorAll(".entry-preview[data-preview]")) {
    new Live(pane, form, focus);
  }
  guard(sheet);
  addEventListener("hashchange", () => focus(location.hash));
  focus(location.hash);
  form.dataset.ready = "";
}

/** Follow the focus and the typing, in tables and in plain fields. */
function follow(sheet) {
  const { form } = sheet;
  form.addEventListener("focusin", ({ target }) => isCell(target) && enter(sheet, target));
  form.addEventListener("focusout", ({ target }) => isCell(target) && leave(sheet, target));
  form.addEventListener("input", ({ target, isComposing }) => {
    if (!isCell(target)) return;
    if (sheet.mode === "nav") sheet.setMode("enter");
    if (!isComposing && isText(target)) sheet.typed(target);
    stretch(target);
  });
  form.addEventListener("compositionend", ({ target }) => isCell(target) && sheet.typed(target));
  form.addEventListener("change", ({ target }) => isCell(target) && !isText(target) && sheet.commit(target));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sheet.opened) sheet.commit(sheet.opened.cell);
    sheet.outbox.retry();
  });
  form.addEventListener("click", ({ target }) => {
    const button = target.closest("button.delete-row");
    if (button) remove(sheet, button.closest("tr"));
  });
}

function enter(sheet, cell) {
  sheet.open(cell);
  const place = sheet.grid.place(cell);
  if (!place) return;
  sheet.selection.set(place);
  if (cell.select) cell.select();
}

/** A cell is left for another one, or for another window. */
function leave(sheet, cell) {
  sheet.commit(cell);
}

function remove(sheet, row) {
  const at = sheet.grid.rows.indexOf(row);
  const field = sheet.grid.fields[0];
  sheet.removeRow(row);
  const next = sheet.grid.rows[Math.min(at, sheet.grid.rows.length - 1)];
  if (next) sheet.goTo(sheet.grid.cellsOf(next).get(field));
  sheet.tell("已删除一行，可以撤销（Ctrl+Z）。");
}

/** Ask before leaving what is not saved, and try to save it at once. */
function guard(sheet) {
  const { outbox } = sheet;
  const finish = () => sheet.opened && sheet.commit(sheet.opened.cell);
  addEventListener("pagehide", finish);
  addEventListener("beforeunload", (event) => {
    finish();
    if (outbox.isEmpty) return;
    outbox.flush();
    event.preventDefault();
    event.returnValue = "";
  });
  addEventListener("online", () => outbox.retry());
  addEventListener("focus", () => outbox.state.trouble && outbox.retry());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && !outbox.isEmpty) outbox.flush();
  });
}

/** Go to the cell that #row-<key>-<field> names; false where there is none. */
function goTo(sheet, hash) {
  const found = /^#row-(.+)-([^-]+)$/.exec(decodeURIComponent(hash));
  const cell = found && sheet.grid.find(found[1], found[2]);
  if (!cell) return false;
  sheet.goTo(cell);
  cell.scrollIntoView({ block: "center", inline: "nearest" });
  return true;
}

function isCell(target) {
  return target.classList && target.classList.contains("cell") && Boolean(target.closest("[data-row]"));
}

function isText(cell) {
  return isLong(cell) || (cell.tagName === "INPUT" && cell.type !== "checkbox");
}
