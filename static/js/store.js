/**
 * What is typed and not saved yet, kept in the browser until the server has it.
 *
 * One entry of localStorage per window, so that two windows on one sheet never overwrite each
 * other. A window that is closed says so; one that died stops beating. Whoever opens the sheet next
 * takes over what they left.
 */

const BEAT = 2_000;
const DEAD_AFTER = 7_000;

/** The keeper of one window's unsaved changes to one sheet by one person. */
export class Store {
  constructor(sheet, user, window_key) {
    this.prefix = `entry:${user}:${sheet}:`;
    this.key = this.prefix + window_key;
    this.content = null;
    this.failed = false;
    this.closed = false;
    setInterval(() => this._write(), BEAT);
    addEventListener("pagehide", () => this._close(true));
    addEventListener("pageshow", () => this._close(false));
  }

  /** Keep this, or nothing more when it is null. */
  keep(content) {
    this.content = content;
    if (content) this._write();
    else localStorage.removeItem(this.key);
  }

  /** Take over and return what closed or dead windows left: a list of contents. */
  inherit() {
    const left = [];
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(this.prefix) || key === this.key) continue;
      const kept = JSON.parse(localStorage.getItem(key));
      if (Date.now() - kept.beat > DEAD_AFTER) {
        localStorage.removeItem(key);
        left.push(kept.content);
      }
    }
    return left;
  }

  /** True while another window has unsaved changes, or died a moment ago. */
  hasOthers() {
    return Object.keys(localStorage).some((key) => key.startsWith(this.prefix) && key !== this.key);
  }

  /** Do something whenever another window on the sheet wrote: it may just have been closed. */
  watch(act) {
    addEventListener("storage", ({ key, newValue }) => {
      if (key && key.startsWith(this.prefix) && newValue) act();
    });
  }

  /** A page that is left may come back, by the browser's own way of going back. */
  _close(closed) {
    this.closed = closed;
    this._write();
  }

  _write() {
    if (!this.content) return;
    const beat = this.closed ? 0 : Date.now();
    try {
      localStorage.setItem(this.key, JSON.stringify({ beat, content: this.content }));
      this.failed = false;
    } catch (full) {
      // The browser's room is used up: the page says so, and what was typed is still in it.
      this.failed = true;
    }
  }
}
