/**
 * Choosing a classification code: by number in any spelling, or by part of its name.
 *
 * A cell with data-codes="URL" is a combobox over the list at that URL, which answers once JSON
 * [{"code", "name", "path", "usable"}]: path is the names above it from the 类 down, usable false
 * for codes that stand above others. The name stands beside the cell. A code that the list lacks can
 * be kept: the cell is then sent with the name that the person gives it, "2010399 其他支出", and the
 * server keeps it as 待预算科确认.
 */

import { plain } from "./money.js";

const MOST = 60;
const SEPARATORS = /[\s\-–—·./]+/g;
const lists = new Map();

/** The list that opens at the code cells of one sheet. */
export class Codes {
  constructor(sheet) {
    this.sheet = sheet;
    this.cell = null;
    this.options = [];
    this.active = -1;
    this.box = listbox();
    sheet.form.after(this.box);
    this.asking = new Asking(sheet);
    sheet.form.addEventListener("focusin", (event) => this._enter(event.target));
    sheet.form.addEventListener("input", (event) => !event.isComposing && this._typed(event.target));
    sheet.form.addEventListener("compositionend", (event) => this._typed(event.target));
    sheet.form.addEventListener("focusout", () => this.close());
    addEventListener("scroll", ({ target }) => this._scrolled(target), true);
    this.box.addEventListener("mousedown", (event) => this._clicked(event));
    sheet.watchers.push((cell) => isCode(cell) && nameCell(cell));
  }

  /** Take a key that belongs to the open list; true where it was taken. */
  press(event) {
    if (!isCode(event.target)) return false;
    const opens = event.altKey && event.key === "ArrowDown";
    if (opens && !this.cell) return this._open(event.target, "");
    if (!this.cell) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      return this._step(event.key === "ArrowDown" ? 1 : -1);
    }
    if (event.key === "Escape") return this.close();
    const chosen = this.options[this.active];
    if ((event.key === "Enter" || event.key === "Tab") && chosen) return this._choose(chosen, event);
    if (event.key === "Enter" || event.key === "Tab") this.close();
    return false;
  }

  /** Close the list. */
  close() {
    if (!this.cell) return false;
    this.cell.setAttribute("aria-expanded", "false");
    this.cell.removeAttribute("aria-activedescendant");
    this.cell = null;
    this.box.hidden = true;
    return true;
  }

  _enter(cell) {
    if (!isCode(cell)) return;
    cell.setAttribute("role", "combobox");
    cell.setAttribute("aria-autocomplete", "list");
    cell.setAttribute("aria-expanded", "false");
    cell.setAttribute("aria-controls", this.box.id);
    load(cell.dataset.codes);
  }

  /** The list would no longer stand at its cell; a cell's own text may scroll, as it does in typing. */
  _scrolled(target) {
    if (target !== this.box && target !== this.cell) this.close();
  }

  _typed(cell) {
    if (isCode(cell)) this._open(cell, cell.value);
  }

  _open(cell, text) {
    // While its own list is on the way, a cell must not be offered another one's.
    if (this.cell !== cell) [this.options, this.active] = [[], -1];
    this.cell = cell;
    load(cell.dataset.codes).then((list) => {
      if (this.cell === cell) this._fill(cell, list, text);
    });
    return true;
  }

  _fill(cell, list, text) {
    const { found, left } = search(list, text);
    this.options = found;
    const unknown = unknownCode(list, text);
    if (unknown) this.options = [...found, { code: unknown, isUnknown: true, usable: true }];
    this.active = first(this.options, text);
    this.box.replaceChildren(...this.options.map(option), ...more(left, this.options.length));
    this.box.hidden = false;
    cell.setAttribute("aria-expanded", "true");
    place(this.box, cell);
    this._showActive();
  }

  _step(direction) {
    let at = this.active;
    for (let tried = 0; tried < this.options.length; tried += 1) {
      at = (at + direction + this.options.length) % this.options.length;
      if (this.options[at].usable) break;
    }
    this.active = at;
    this._showActive();
    return true;
  }

  _showActive() {
    const items = [...this.box.querySelectorAll("[role=option]")];
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === this.active)));
    const active = items[this.active];
    if (active) {
      active.scrollIntoView({ block: "nearest" });
      this.cell.setAttribute("aria-activedescendant", active.id);
    } else this.cell.removeAttribute("aria-activedescendant");
  }

  /** Put the chosen code in; false lets the key go on and confirm the cell. */
  _choose(chosen) {
    const { cell } = this;
    this.close();
    if (chosen.isUnknown) {
      this.asking.open(cell, chosen.code);
      return true;
    }
    if (!chosen.usable) return true;
    cell.value = chosen.code;
    this.sheet.typed(cell);
    return false;
  }

  _clicked(event) {
    const item = event.target.closest("[role=option]");
    event.preventDefault();
    if (!item) return;
    const { cell } = this;
    const chosen = this.options[Number(item.dataset.at)];
    if (!this._choose(chosen)) this.sheet.commit(cell);
  }
}

/** Asks how a code is called that the list lacks. */
class Asking {
  constructor(sheet) {
    this.sheet = sheet;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "entry-code";
    this.dialog.setAttribute("aria-label", "清单外的科目");
    this.dialog.innerHTML =
      '<form method="dialog"><p></p><label>科目名称 <input required maxlength="60" autocomplete="off"></label>' +
      '<p class="acts"><button value="keep">保留，待预算科确认</button> ' +
      '<button value="" formnovalidate>返回修改</button></p></form>';
    sheet.form.after(this.dialog);
    this.dialog.addEventListener("close", () => this._closed());
  }

  open(cell, code) {
    this.cell = cell;
    this.code = code;
    this.dialog.returnValue = "";
    this.dialog.querySelector("p").textContent = `科目清单里没有 ${code}。请写出它的名称，提交后由预算科确认。`;
    this.dialog.querySelector("input").value = "";
    this.dialog.showModal();
    this.dialog.querySelector("input").focus();
  }

  _closed() {
    const { cell, code, sheet } = this;
    const name = this.dialog.querySelector("input").value.trim();
    cell.focus();
    if (this.dialog.returnValue !== "keep" || !name) return;
    sheet.open(cell);
    load(cell.dataset.codes).then((list) => {
      if (!known(list, code)) list.push({ code, name, path: [], usable: true });
      sheet.write([{ cell, text: `${code} ${name}` }]);
    });
  }
}

/** The codes that match what was typed: {found, left}, the best first. */
export function search(list, text) {
  const number = digits(text);
  const words = plain(text);
  const matching = !words
    ? list
    : number
      ? list.filter(({ code }) => code.startsWith(number))
      : list.filter(({ name, path }) => name.includes(words) || path.join("").includes(words));
  const best = number || !words ? matching : [...matching].sort((one, two) => rank(one, words) - rank(two, words));
  return { found: best.slice(0, MOST), left: Math.max(0, best.length - MOST) };
}

function rank({ name, usable }, words) {
  const closeness = name === words ? 0 : name.startsWith(words) ? 1 : name.includes(words) ? 2 : 3;
  return closeness + (usable ? 0 : 10);
}

/** What is chosen before anybody has moved: never a guess among several codes. */
function first(options, text) {
  const number = digits(text);
  const words = plain(text);
  const usable = options.filter((each) => each.usable && !each.isUnknown);
  if (!words) return -1;
  const exact = usable.filter(({ code, name }) => (number ? code === number : name === words));
  const only = [exact, usable].find((some) => some.length === 1);
  return only ? options.indexOf(only[0]) : -1;
}

/** The digits of a code in any spelling, with its name or without; "" for a text that is none. */
function digits(text) {
  const [, number] = /^([\d\s\-–—·./]+)(?: \D.*)?$/.exec(plain(text)) || ["", ""];
  return number.replace(SEPARATORS, "");
}

function unknownCode(list, text) {
  const number = digits(text);
  const isWhole = [3, 5, 7].includes(number.length);
  return isWhole && !known(list, number) ? number : "";
}

function known(list, code) {
  return list.find((each) => each.code === code);
}

function isCode(cell) {
  return Boolean(cell.dataset && cell.dataset.codes && !cell.readOnly);
}

/** The list at a URL, fetched once a page. */
function load(url) {
  if (!lists.has(url)) lists.set(url, fetched(url));
  return lists.get(url);
}

async function fetched(url) {
  try {
    const response = await fetch(url, { headers: { Accept: "application/json" } });
    if (response.ok) return await response.json();
  } catch (unreachable) {
    // Tried again at the next key; meanwhile the cell takes any code, and the server checks it.
  }
  lists.delete(url);
  return [];
}

/** Write the name of a cell's code beside it. */
function nameCell(cell) {
  const label = cell.parentElement.querySelector(".code-name");
  if (!label) return;
  load(cell.dataset.codes).then((list) => {
    const code = known(list, digits(cell.value));
    label.textContent = code ? code.name : "";
    label.title = code ? [...code.path, code.name].join(" › ") : "";
  });
}

function listbox() {
  const box = document.createElement("ul");
  box.id = "entry-codes";
  box.className = "entry-codes";
  box.hidden = true;
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "科目");
  return box;
}

function option({ code, name, path, usable, isUnknown }, at) {
  const item = document.createElement("li");
  item.id = `entry-code-${at}`;
  item.dataset.at = String(at);
  item.setAttribute("role", "option");
  if (!usable) item.setAttribute("aria-disabled", "true");
  const number = document.createElement("b");
  const label = document.createElement("span");
  const above = document.createElement("small");
  number.textContent = code;
  label.textContent = isUnknown ? "不在清单中，保留为“待预算科确认”…" : name;
  above.textContent = isUnknown ? "" : path.join(" › ");
  item.append(number, label, above);
  return item;
}

function more(left, shown) {
  if (shown && !left) return [];
  const item = document.createElement("li");
  item.className = "more";
  item.setAttribute("role", "presentation");
  item.textContent = left ? `还有 ${left} 项，请继续输入` : "清单里没有这样的科目";
  return [item];
}

/** Below the cell, or above it where there is no room. */
function place(box, cell) {
  const { left, top, bottom } = cell.getBoundingClientRect();
  const height = box.offsetHeight;
  const above = bottom + height > innerHeight && top > height;
  box.style.left = `${Math.max(0, Math.min(left, innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${above ? top - height : bottom}px`;
}
