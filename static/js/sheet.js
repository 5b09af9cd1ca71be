/**
 * One sheet of the entry: what is typed, taken back, sent, and answered.
 *
 * The page works without any of this as a plain form. Here a cell that is left is recorded (to be
 * taken back), counted (in the totals) and put in the outbox; what the server answers is shown in
 * the cell. Keys are in keys.js, the clipboard in clipboard.js.
 *
 * Events on the form: "entry:saved" after each answered batch.
 */

import { settle } from "./answers.js";
import { isLocked, isLong, setText, storedText, textOf, tidy } from "./cells.js";
import { Grid, uuid } from "./grid.js";
import { clear, mark } from "./messages.js";
import { Outbox } from "./outbox.js";
import { catchUp, inherit } from "./restoring.js";
import { Selection } from "./selection.js";
import { Server } from "./server.js";
import { showState } from "./state.js";
import { Store } from "./store.js";
import { Totals } from "./totals.js";
import { Undo } from "./undo.js";

/** A form with class "entry-form", brought to life. */
export class Sheet {
  constructor(form) {
    this.form = form;
    this.unit = form.dataset.unit || "yuan";
    this.line = document.querySelector(".entry-state");
    this.note = document.querySelector(".entry-note");
    this.grid = new Grid(form);
    this.totals = new Totals(this.grid, this.unit);
    this.selection = new Selection(this.grid);
    this.undo = new Undo();
    this.server = new Server(form);
    this.mode = "nav";
    this.opened = null;
    this.takenOut = new Map();
    this.watchers = [];
    this.outbox = this._outbox();
    this.grid.offerRow();
    catchUp(this);
    inherit(this);
  }

  /** A cell got the focus: remember what it held. */
  open(cell) {
    this.opened = { cell, before: textOf(cell) };
    this.setMode("nav");
  }

  /** nav: keys move; enter: typing, and arrows still move; edit: arrows move the caret. */
  setMode(mode) {
    this.mode = mode;
    if (this.grid.table) this.grid.table.dataset.mode = mode;
  }

  /** The person types: kept at once; text of any length is also sent while it is typed. */
  typed(cell) {
    if (isLong(cell)) this._send(cell);
    else this.outbox.put(...this._change(cell), "draft");
    this._mark(cell);
    this.follow(cell);
    this.grid.offerRow();
  }

  /** A cell is left or confirmed: its text counts, and can be taken back. */
  commit(cell) {
    if (!this.opened || this.opened.cell !== cell) return;
    const { before } = this.opened;
    tidy(cell, this.unit);
    const after = textOf(cell);
    this.opened.before = after;
    if (after === before) this._dropDraft(cell);
    else this._enter(cell, before, after);
    this.setMode("nav");
  }

  /** Give up what is being typed. */
  cancel(cell) {
    if (!this.opened || this.opened.cell !== cell) return;
    setText(cell, this.opened.before);
    this.follow(cell);
    this._dropDraft(cell);
    this.setMode("nav");
  }

  /** Write texts into cells as one step; returns the cells that could not take theirs. */
  write(edits, added = []) {
    const refused = [];
    const cells = [];
    this.outbox.bulk(() => {
      for (const { cell, text } of edits) {
        const before = textOf(cell);
        if (isLocked(cell) || !setText(cell, text)) refused.push(cell);
        else this._written(cell, before, cells);
      }
    });
    if (cells.length || added.length) this.undo.record({ cells, added });
    this.reopen();
    this.grid.offerRow();
    this.totals.show();
    return refused;
  }

  /** Add empty rows at the end, where the sheet takes any; returns what undo needs of them. */
  addRows(number) {
    const rows = this.grid.add(Array.from({ length: number }, () => `new:${uuid()}`));
    return rows.map((row) => ({ row: row.dataset.row, follows: null, texts: {} }));
  }

  /** A cell shows another text: whatever is shown of it elsewhere goes along. */
  follow(cell) {
    this.totals.follow(cell);
    for (const watch of this.watchers) watch(cell);
  }

  /** A cell shows another text than before: put it in the outbox, mark it, count it. */
  send(cell) {
    this._send(cell);
    this._mark(cell);
    this.follow(cell);
  }

  /** Take a row out, as one step. */
  removeRow(row) {
    this.undo.record({ removed: [this._takeOut(row)] });
    this.grid.offerRow();
    this.totals.show();
  }

  /** Take back the last step, or do it again. Returns the cell to go to, undefined for no step. */
  takeBack() {
    return this._apply(this.undo.back());
  }

  doAgain() {
    return this._apply(this.undo.forward());
  }

  /** Say something of the whole sheet, politely. */
  tell(text) {
    if (this.note) this.note.textContent = text;
  }

  /** Put the focus on a cell and bring it in sight. */
  goTo(cell) {
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  _outbox() {
    const { sheet, user = "" } = this.form.dataset;
    return new Outbox({
      unit: this.unit,
      store: new Store(sheet, user, uuid()),
      send: (batch) => this.server.save(batch),
      settled: (batch, answer) => settle(this, batch, answer),
      changed: () => this._showState(),
    });
  }

  _showState() {
    if (this.outbox && this.line) {
      showState(this.line, this.outbox.state, () => this.outbox.retry());
    }
  }

  _change(cell) {
    const { row } = cell.closest("[data-row]").dataset;
    return [row, cell.dataset.field, storedText(cell), textOf(cell)];
  }

  _send(cell) {
    const row = cell.closest("[data-row]");
    this.outbox.put(...this._change(cell));
    // What a new row comes with (a choice made beforehand) is part of it.
    if (!row.dataset.row.startsWith("new:")) return;
    for (const other of this.grid.cellsOf(row).values()) {
      const isOpen = other === cell || isLocked(other) || textOf(other) === storedText(other);
      if (!isOpen && !this.outbox.get(row.dataset.row, other.dataset.field)) {
        this.outbox.put(...this._change(other));
      }
    }
  }

  _enter(cell, before, after) {
    const { row } = cell.closest("[data-row]").dataset;
    this.undo.record({ cells: [{ row, field: cell.dataset.field, before, after }] });
    this.send(cell);
    this.grid.offerRow();
  }

  _written(cell, before, cells) {
    tidy(cell, this.unit);
    const after = textOf(cell);
    if (after === before) return;
    const { row } = cell.closest("[data-row]").dataset;
    cells.push({ row, field: cell.dataset.field, before, after });
    this.send(cell);
  }

  /** A cell that shows again what it showed before is no draft; its older change may still wait. */
  _dropDraft(cell) {
    const [row, field, was, now] = this._change(cell);
    const known = this.outbox.get(row, field);
    if (!known || known.held !== "draft") return;
    if (was === now) this.outbox.forget(row, field);
    else this.outbox.put(row, field, was, now);
    this._mark(cell);
  }

  _mark(cell) {
    const [row, field] = this._change(cell);
    clear(cell);
    mark(cell, this.outbox.get(row, field) ? "unsaved" : "");
  }

  /** The focused cell may have been written: what it holds now is what Esc returns to. */
  reopen() {
    if (this.opened) this.opened.before = textOf(this.opened.cell);
  }

  _takeOut(row) {
    const { row: key } = row.dataset;
    const rows = this.grid.rows;
    const next = rows[rows.indexOf(row) + 1];
    const texts = this.grid.texts(row, textOf);
    const follows = next ? next.dataset.row : null;
    this.outbox.remove(key, this.grid.texts(row, storedText));
    this.totals.leave(row);
    if (this.opened && row.contains(this.opened.cell)) this.opened = null;
    this.grid.remove(row);
    this.takenOut.set(key, { row, follows });
    return { row: key, follows, texts };
  }

  _putBack({ row, follows, texts }) {
    const key = `new:${uuid()}`;
    const [fresh] = this.grid.add([key], follows);
    this.undo.rename(row, key);
    for (const [field, cell] of this.grid.cellsOf(fresh)) {
      if (field in texts && setText(cell, texts[field]) && textOf(cell) !== storedText(cell)) this.send(cell);
    }
    return key;
  }

  _apply(step) {
    if (!step) return undefined;
    const keys = new Map();
    const place = this.selection.anchor || { row: 0, column: 0 };
    let last;
    this.outbox.bulk(() => {
      for (const each of step.added) {
        keys.set(each.row, this._putBack({ ...each, follows: keys.get(each.follows) || each.follows }));
      }
      for (const { row, field, after } of step.cells) {
        const cell = this.grid.find(keys.get(row) || row, field);
        if (!cell || !setText(cell, after)) continue;
        this.send(cell);
        last = cell;
      }
      for (const { row } of step.removed) {
        const found = this.grid.byKey.get(row);
        if (found) this._takeOut(found);
      }
    });
    this.reopen();
    this.grid.trim();
    this.grid.offerRow();
    this.totals.show();
    return last || this.grid.at(Math.min(place.row, this.grid.rows.length - 1), place.column);
  }
}
