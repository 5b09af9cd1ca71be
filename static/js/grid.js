/**
 * Rows and cells of a sheet: where they are, new rows from the template, rows taken out.
 *
 * A row is any element with data-row inside the form; a cell any control with class "cell". Those
 * in the table have a place (row, column); others, of a sheet that is a form, have none.
 */

import { isLocked, textOf } from "./cells.js";

/** A new random key, in any browser and also over plain HTTP, where randomUUID does not exist. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [8, 12, 16, 20].reduceRight((text, at) => `${text.slice(0, at)}-${text.slice(at)}`, hex);
}

/** The cells of one form. */
export class Grid {
  constructor(form) {
    this.form = form;
    this.table = form.querySelector("table.entry-sheet");
    this.body = this.table && this.table.tBodies[0];
    this.template = form.querySelector("template.row-template");
    this.fields = this.table ? this._fields() : [];
    this.columns = new Map(this.fields.map((field, at) => [field, at]));
    this.cells = new WeakMap();
    if (this.template) this._learnTemplate();
    this.index();
  }

  /** Learn all rows anew, after the table's body came from the server. */
  index() {
    this.body = this.table && this.table.tBodies[0];
    this.byKey = new Map();
    for (const row of this.form.querySelectorAll("[data-row]")) this.byKey.set(row.dataset.row, row);
    enliven(this.form);
    this._ownKeys();
    this._list = null;
  }

  /** The table's rows, in order. */
  get rows() {
    if (!this._list) {
      this._list = this.body ? [...this.body.rows].filter((row) => row.dataset.row) : [];
      this._places = new Map(this._list.map((row, at) => [row, at]));
    }
    return this._list;
  }

  /** Controls of a row, by field. */
  cellsOf(row) {
    let found = this.cells.get(row);
    if (!found) {
      const controls = [...row.querySelectorAll(".cell")];
      found = new Map(controls.map((cell) => [cell.dataset.field, cell]));
      this.cells.set(row, found);
    }
    return found;
  }

  /** What can be typed in a row, by field, as ``read`` tells it of each control. */
  texts(row, read = textOf) {
    const open = [...this.cellsOf(row)].filter(([, cell]) => !isLocked(cell));
    return Object.fromEntries(open.map(([field, cell]) => [field, read(cell)]));
  }

  /** The control of a row's key and a field, undefined where there is none. */
  find(key, field) {
    const row = this.byKey.get(key);
    return row && this.cellsOf(row).get(field);
  }

  /** The control at a place of the table, undefined outside it. */
  at(row, column) {
    const found = this.rows[row];
    return found && this.cellsOf(found).get(this.fields[column]);
  }

  /** Where a control stands: {row, column}, null outside the table. */
  place(cell) {
    const row = cell.closest("tr[data-row]");
    const rows = this.rows;
    const at = row && rows.length ? this._places.get(row) : undefined;
    return at === undefined ? null : { row: at, column: this.columns.get(cell.dataset.field) };
  }

  /** Put new rows, with these keys, before another row or the empty one at the end; returns them. */
  add(keys, follows = null) {
    const before = this.byKey.get(follows) || this._empty();
    let number = before ? this._places.get(before) : this.rows.length;
    const holder = document.createElement("template");
    holder.innerHTML = keys
      .map((key) => this.source.split("new:{n}").join(key).split("{n}").join(String(++number)))
      .join("");
    const rows = [...holder.content.children];
    this.body.insertBefore(holder.content, before);
    for (const row of rows) this._key(row, row.dataset.row);
    this._list = null;
    if (before) this._renumber(number);
    return rows;
  }

  /** Put a row back that was taken out, before another row or at the end. */
  putBack(row, follows) {
    const before = this.byKey.get(follows) || this._empty();
    this.body.insertBefore(row, before);
    this.byKey.set(row.dataset.row, row);
    this._list = null;
    this._renumber(this.rows.indexOf(row));
  }

  /** Take a row out. */
  remove(row) {
    const at = this.rows.indexOf(row);
    row.remove();
    this.byKey.delete(row.dataset.row);
    this._list = null;
    this._renumber(at);
  }

  /** Give a row the key that it has in the store. False where the page has such a row already. */
  rename(old, key) {
    const row = this.byKey.get(old);
    if (!row || this.byKey.has(key)) return false;
    this.byKey.delete(old);
    this._key(row, key);
    return true;
  }

  /** Make sure that the last row is empty, to be typed in; returns whether one was added. */
  offerRow() {
    if (!this.template || this._empty()) return false;
    this.add([`new:${uuid()}`]);
    return true;
  }

  /** One empty row at the end is enough, once more of them are left over. */
  trim() {
    const rows = [...this.rows];
    const isIdle = (row) => row && this.isBlank(row) && !row.contains(document.activeElement);
    while (isIdle(rows[rows.length - 1]) && isIdle(rows[rows.length - 2])) this.remove(rows.pop());
  }

  /** True for a new row in which nothing was typed. */
  isBlank(row) {
    return row.dataset.row.startsWith("new:") && this.isAsBegun(row);
  }

  /** True for a row that holds no more than a new one does. */
  isAsBegun(row) {
    const cells = [...this.cellsOf(row)];
    return this.begun !== undefined && cells.every(([field, cell]) => textOf(cell) === this.begun.get(field));
  }

  /** A row of which the server keeps nothing any more is a new one. */
  forget(row) {
    this.byKey.delete(row.dataset.row);
    this._key(row, `new:${uuid()}`);
  }

  /** What a new row is made of, and the texts that it begins with. */
  _learnTemplate() {
    const { content } = this.template;
    enliven(content);
    const cells = [...content.querySelectorAll(".cell")];
    this.begun = new Map(cells.map((cell) => [cell.dataset.field, textOf(cell)]));
    this.source = this.template.innerHTML.trim();
  }

  _empty() {
    const last = this.rows[this.rows.length - 1];
    return last && this.isBlank(last) ? last : null;
  }

  _fields() {
    return [...this.table.tHead.querySelectorAll("th[data-field]")].map((th) => th.dataset.field);
  }

  /** Blank rows that came with the page are numbered, the same in each window; give them keys. */
  _ownKeys() {
    for (const [key, row] of [...this.byKey]) {
      if (/^new:\d+$/.test(key)) {
        this.byKey.delete(key);
        this._key(row, `new:${uuid()}`);
      }
    }
  }

  _key(row, key) {
    row.dataset.row = key;
    this.byKey.set(key, row);
    row.classList.toggle("pending", key.startsWith("p"));
    for (const [field, cell] of this.cellsOf(row)) {
      cell.name = `${key}:${field}`;
      cell.id = `row-${key}-${field}`;
    }
  }

  _renumber(from) {
    const rows = this.rows;
    for (let at = Math.max(from, 0); at < rows.length; at += 1) {
      const head = rows[at].querySelector("th[scope=row]");
      const number = head && head.firstChild;
      if (number && /^\s*\d+\s*$/.test(number.data || "")) number.data = String(at + 1);
      for (const named of rows[at].querySelectorAll("[aria-label]")) {
        const label = named.getAttribute("aria-label");
        named.setAttribute("aria-label", label.replace(/第\d+行/, `第${at + 1}行`));
      }
    }
  }
}

/** The boxes that a plain form ticks to delete rows give way to buttons that do it at once. */
function enliven(root) {
  for (const label of root.querySelectorAll(".remove-row")) label.replaceWith(removal(label));
}

function removal(label) {
  const button = document.createElement("button");
  const named = label.querySelector("[aria-label]").getAttribute("aria-label");
  button.type = "button";
  button.className = "delete-row";
  button.tabIndex = -1;
  button.textContent = "×";
  button.setAttribute("aria-label", named.replace("保存时", ""));
  return button;
}
