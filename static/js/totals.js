/** Totals under columns and at the end of rows, exact and at once; the server's go before ours. */

import { readAmount, readCount, readScore, showAmount, showCount, showScore } from "./money.js";

const KINDS = {
  money: { read: readAmount, show: showAmount },
  count: { read: readCount, show: showCount },
  score: { read: readScore, show: showScore },
};

/** The totals of one sheet. What cannot be read counts as nothing, and its cell says so itself. */
export class Totals {
  constructor(grid, unit) {
    this.grid = grid;
    this.unit = unit;
    this.recount();
  }

  /** Add everything up anew, after rows came or went. */
  recount() {
    this.sums = new Map();
    this.counted = new WeakMap();
    this.kinds = new Map();
    const outputs = [...this.grid.form.querySelectorAll("output[data-total]")];
    this.outputs = new Map(outputs.map((output) => [output.dataset.total, output]));
    for (const row of this.grid.rows) {
      for (const cell of this.grid.cellsOf(row).values()) this._count(cell);
    }
  }

  /** Follow a cell to its new text. */
  follow(cell) {
    if (!KINDS[cell.dataset.kind]) return;
    this._count(cell);
    this._show(cell.dataset.field);
    const row = cell.closest("tr");
    const output = row && row.querySelector("output[data-row-total]");
    if (output) this._showRow(row, output);
  }

  /** Show all columns' totals. */
  show() {
    for (const field of this.outputs.keys()) this._show(field);
  }

  /** A row's cells no longer count. */
  leave(row) {
    for (const cell of this.grid.cellsOf(row).values()) {
      const counted = this.counted.get(cell);
      if (counted) this._add(cell.dataset.field, -counted);
      this.counted.delete(cell);
    }
  }

  /** Show what the server added up. */
  accept(totals) {
    for (const [field, text] of Object.entries(totals || {})) {
      const output = this.outputs.get(field);
      if (output) output.value = text;
    }
  }

  _count(cell) {
    const kind = KINDS[cell.dataset.kind];
    if (!kind) return;
    const value = kind.read(cell.value, this.unit) || 0n;
    const before = this.counted.get(cell) || 0n;
    this.kinds.set(cell.dataset.field, kind);
    this.counted.set(cell, value);
    this._add(cell.dataset.field, value - before);
  }

  _add(field, difference) {
    this.sums.set(field, (this.sums.get(field) || 0n) + difference);
  }

  _show(field) {
    const output = this.outputs.get(field);
    const kind = this.kinds.get(field);
    if (output && kind) output.value = kind.show(this.sums.get(field), this.unit);
  }

  _showRow(row, output) {
    const fields = (output.dataset.rowTotal || "").split(" ").filter(Boolean);
    let sum = 0n;
    for (const [field, cell] of this.grid.cellsOf(row)) {
      const counts = fields.length ? fields.includes(field) : cell.dataset.kind === "money";
      if (counts) sum += this.counted.get(cell) || 0n;
    }
    output.value = showAmount(sum, this.unit);
  }
}
