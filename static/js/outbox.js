/**
 * The changes on their way to the server: one request at a time, 800 ms after the last key.
 *
 * A change is {row, field, was, now}: texts as shown. ``was`` is what the server held when the cell
 * was typed, so that somebody else's edit in between is noticed. A deletion is
 * {row, delete: true, was: {field: text}}. Changes that go out together are a batch with a key of
 * its own; until the server has answered, the very same batch is sent again, also by another window
 * or after a restart, and the server answers a repeated batch without doing it twice.
 *
 * A change can be held back: "draft" (the person is still typing), "refused" or "conflict" (the
 * person has to decide). Held changes are kept like all others, and sent once the hold is gone.
 */

import { uuid } from "./grid.js";

const PAUSE = 800;
const RETRIES = [2_000, 4_000, 8_000, 15_000, 30_000];
const STOPPING = new Set([403, 409, 413, 422]);

/**
 * Unsent changes of one sheet. ``send(batch)`` answers {status, answer}, status 0 where no server
 * was reached. ``settled(batch, answer)`` is called with what was saved, ``changed()`` whenever the
 * state may be another.
 */
export class Outbox {
  constructor({ unit, store, send, settled, changed }) {
    Object.assign(this, { unit, store, send, settled, changed });
    this.waiting = new Map();
    this.batches = [];
    this.trouble = null;
    this.busy = false;
    this.hushed = false;
    this.attempts = 0;
    this.timer = null;
  }

  /** Do much at once, and keep and tell it once. */
  bulk(act) {
    this.hushed = true;
    act();
    this.hushed = false;
    this._tell();
  }

  /** A cell shows another text than the server holds; ``held`` keeps it from being sent. */
  put(row, field, was, now, held = "") {
    const key = keyed(row, field);
    const known = this.waiting.get(key);
    const base = known ? known.was : was;
    if (base === now && !held && !this._isSent(row, field)) this.waiting.delete(key);
    else this.waiting.set(key, { row, field, was: base, now, held });
    this._schedule(held ? null : PAUSE);
  }

  /** A row is to be deleted; what the server holds of it is ``was``, texts by field. */
  remove(row, was) {
    this.forgetRow(row);
    const unknown = row.startsWith("new:") && !this._isSent(row);
    if (!unknown) this.waiting.set(keyed(row), { row, delete: true, was, held: "" });
    this._schedule(PAUSE);
  }

  /** Send a cell no longer: its text is the server's. */
  forget(row, field) {
    this.waiting.delete(keyed(row, field));
    this._schedule(null);
  }

  forgetRow(row) {
    for (const [key, change] of this.waiting) if (change.row === row) this.waiting.delete(key);
  }

  /** The unsent change of a cell, undefined where there is none. */
  get(row, field) {
    return this.waiting.get(keyed(row, field));
  }

  /** True where anything of a row waits. */
  hasRow(row) {
    return this.changes().some((change) => change.row === row);
  }

  /** All that waits, in the order of typing. */
  changes() {
    return [...this.waiting.values()];
  }

  /** What the state line tells: how much is unsaved and why. */
  get state() {
    const held = (why) => this.changes().filter((change) => change.held === why).length;
    return {
      unsaved: this.waiting.size + this.batches.reduce((sum, { changes }) => sum + changes.length, 0),
      conflicts: held("conflict"),
      refused: held("refused"),
      busy: this.busy,
      trouble: this.trouble,
      unkept: this.store.failed,
    };
  }

  get isEmpty() {
    return !this.waiting.size && !this.batches.length;
  }

  /** Take over what another window left: its changes first, then its unanswered batches. */
  adopt({ batches, waiting }) {
    this.batches.push(...batches);
    for (const change of waiting) this.waiting.set(keyed(change.row, change.field), change);
    this._schedule(0);
  }

  /** Send now what waits. Resolves when nothing is left to send, or the server cannot be reached. */
  async flush() {
    clearTimeout(this.timer);
    if (this.busy) return this.running;
    this.running = this._run();
    return this.running;
  }

  /** Try again after trouble: the network is back, or the person asks for it. */
  retry() {
    this.attempts = 0;
    return this.flush();
  }

  async _run() {
    this.busy = true;
    try {
      while (this._next() && (await this._deliver(this.batches[0])));
    } finally {
      this.busy = false;
      this._tell();
    }
  }

  /** Send one batch; false where the server did not take it. */
  async _deliver(batch) {
    this._tell();
    const { status, answer } = await this.send(batch);
    if (status !== 200) {
      this._failed(status, answer);
      return false;
    }
    this.batches.shift();
    this.trouble = null;
    this.attempts = 0;
    this._settle(batch, answer);
    return true;
  }

  /** Make the next batch, if there is anything to send. */
  _next() {
    if (this.batches.length) return true;
    const ready = this.changes().filter((change) => !change.held);
    if (!ready.length) return false;
    for (const change of ready) this.waiting.delete(keyed(change.row, change.field));
    const changes = ready.map(({ held, ...change }) => change);
    this.batches.push({ batch: uuid(), unit: this.unit, changes });
    return true;
  }

  _settle(batch, answer) {
    const rows = new Map(Object.entries(answer.rows || {}));
    for (const [old, key] of rows) this._rename(old, key);
    const held = new Set(["refused", "conflict"]);
    const answers = new Map(answer.cells.map((cell) => [keyed(cell.row, cell.field), cell]));
    for (const change of batch.changes) {
      const key = rows.get(change.row) || change.row;
      const cell = answers.get(keyed(change.row, change.field)) || answers.get(keyed(key, change.field));
      if (!cell || held.has(cell.outcome)) this._hold(key, change, cell);
      else if (!change.delete) this._rebase(key, change, cell);
    }
    // What the server filled in may be typed otherwise meanwhile.
    for (const cell of answer.cells) {
      if (cell.outcome === "same" && !cell.message) this._rebase(rows.get(cell.row) || cell.row, cell, cell);
    }
    this.settled(batch, answer);
  }

  /** A saved cell may have been typed again meanwhile: the server now holds the saved text. */
  _rebase(row, change, { shown = change.now }) {
    const removal = this.waiting.get(keyed(row));
    if (removal) removal.was[change.field] = shown;
    const newer = this.waiting.get(keyed(row, change.field));
    if (!newer) return;
    newer.was = shown;
    if (newer.now === shown && !newer.held) this.waiting.delete(keyed(row, change.field));
  }

  /** What was not saved goes on waiting, unless the person typed something else meanwhile. */
  _hold(row, change, cell) {
    const key = keyed(row, change.field);
    const newer = this.waiting.get(key);
    const conflict = Boolean(cell) && cell.outcome === "conflict";
    if (change.delete) return;
    if (!newer) {
      this.waiting.set(key, { ...change, row, held: conflict ? "conflict" : "refused" });
    } else if (conflict) newer.held = "conflict";
  }

  _failed(status, answer) {
    this.trouble = { status, ...(answer || {}) };
    if (STOPPING.has(status)) this._takeBack();
    else {
      const wait = RETRIES[Math.min(this.attempts, RETRIES.length - 1)];
      this.attempts += 1;
      this.timer = setTimeout(() => this.flush(), wait);
    }
  }

  /** The server did nothing and would not do it either: the changes wait, to go in a new batch. */
  _takeBack() {
    const { changes } = this.batches.shift();
    for (const change of changes) {
      if (this.waiting.has(keyed(change.row))) continue;
      const key = keyed(change.row, change.field);
      const newer = this.waiting.get(key);
      if (newer) newer.was = change.was;
      else this.waiting.set(key, { ...change, held: "" });
    }
  }

  _rename(old, key) {
    const moved = this.changes().filter((change) => change.row === old);
    for (const change of moved) {
      this.waiting.delete(keyed(old, change.field));
      this.waiting.set(keyed(key, change.field), { ...change, row: key });
    }
  }

  _isSent(row, field) {
    return this.batches.some(({ changes }) =>
      changes.some((change) => change.row === row && (field === undefined || change.field === field)),
    );
  }

  _schedule(pause) {
    if (pause !== null && !this.busy) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), pause);
    }
    this._tell();
  }

  _tell() {
    if (this.hushed) return;
    const { batches } = this;
    this.store.keep(this.isEmpty ? null : { unit: this.unit, batches, waiting: this.changes() });
    this.changed();
  }
}

function keyed(row, field = "") {
  return `${row}|${field === null ? "" : field}`;
}
