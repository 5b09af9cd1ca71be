/**
 * What can be taken back, step by step. A step is one act: a cell typed, a block pasted, a row
 * deleted.
 *
 * A step is {cells: [{row, field, before, after}], added, removed}; both of these are lists of
 * {row, follows, texts}: texts by field, and the key of the row that follows, null at the end.
 */

const LONGEST = 500;

/** The steps done and undone. */
export class Undo {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  /** Remember a step; what was undone before it can no longer be redone. */
  record({ cells = [], added = [], removed = [] }) {
    this.done.push({ cells, added, removed });
    if (this.done.length > LONGEST) this.done.shift();
    this.undone = [];
  }

  /** The step that takes back the last one, undefined when there is none. */
  back() {
    const step = this.done.pop();
    if (!step) return undefined;
    this.undone.push(step);
    return reversed(step);
  }

  /** The last step that was taken back, to be done again. */
  forward() {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    return step;
  }

  /** Follow a row to its new key. */
  rename(old, key) {
    for (const step of [...this.done, ...this.undone]) {
      for (const cell of step.cells) if (cell.row === old) cell.row = key;
      step.added = step.added.map((each) => (each.row === old ? { ...each, row: key } : each));
      for (const each of step.removed) {
        if (each.row === old) each.row = key;
        if (each.follows === old) each.follows = key;
      }
      for (const each of step.added) if (each.follows === old) each.follows = key;
    }
  }
}

function reversed(step) {
  return {
    cells: step.cells.map((cell) => ({ ...cell, before: cell.after, after: cell.before })),
    added: step.removed,
    removed: step.added,
  };
}
