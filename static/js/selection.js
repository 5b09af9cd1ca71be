/** The block of cells that is selected, as in a spreadsheet: from an anchor to the active cell. */

/** A rectangle of places in a grid; at most one cell until somebody extends it. */
export class Selection {
  constructor(grid) {
    this.grid = grid;
    this.anchor = null;
    this.head = null;
    this.painted = [];
  }

  /** Select one cell. */
  set(place) {
    this.anchor = place;
    this.head = place;
    this._paint();
  }

  /** Select from the anchor to a place. */
  extend(place) {
    this.head = place;
    if (!this.anchor) this.anchor = place;
    this._paint();
  }

  clear() {
    this.set(null);
  }

  get isBlock() {
    return Boolean(
      this.anchor &&
        (this.anchor.row !== this.head.row || this.anchor.column !== this.head.column),
    );
  }

  /** {top, bottom, left, right}, ends included; null where nothing is selected. */
  get bounds() {
    if (!this.anchor) return null;
    const { anchor, head } = this;
    return {
      top: Math.min(anchor.row, head.row),
      bottom: Math.max(anchor.row, head.row),
      left: Math.min(anchor.column, head.column),
      right: Math.max(anchor.column, head.column),
    };
  }

  /** The selected cells, row by row; places without a control are undefined. */
  rows() {
    const { bounds } = this;
    if (!bounds) return [];
    const columns = range(bounds.left, bounds.right);
    return range(bounds.top, bounds.bottom).map((row) =>
      columns.map((column) => this.grid.at(row, column)),
    );
  }

  _paint() {
    for (const place of this.painted) place.classList.remove("selected");
    const cells = this.isBlock ? this.rows().flat().filter(Boolean) : [];
    this.painted = cells.map((cell) => cell.closest("td"));
    for (const place of this.painted) place.classList.add("selected");
  }
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
