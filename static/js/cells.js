/** The controls of a sheet, read and written as texts: what a person sees is what is sent. */

import { readAmount, showAmount } from "./money.js";

const YES = new Set(["是", "√", "✓", "1", "TRUE", "true", "有"]);
const NO = new Set(["", "否", "×", "0", "FALSE", "false", "无"]);

/** What a control shows. A ticked box shows its value, an unticked one nothing. */
export function textOf(cell) {
  if (cell.type === "checkbox") return cell.checked ? cell.value : "";
  return cell.value;
}

/** Make a control show a text; false where it cannot (no such choice). */
export function setText(cell, text) {
  if (cell.type === "checkbox") return setTick(cell, text.trim());
  if (cell.tagName === "SELECT") return choose(cell, text.trim());
  // A control of one line shows a line break as nothing, which would join two words.
  cell.value = cell.tagName === "INPUT" ? text.replace(/\s*\n\s*/g, " ") : text;
  return true;
}

function setTick(cell, text) {
  const ticked = text === cell.value || YES.has(text);
  if (!ticked && !NO.has(text)) return false;
  cell.checked = ticked;
  return true;
}

function choose(cell, text) {
  const options = [...cell.options].filter((option) => !option.disabled);
  const found =
    options.find((option) => option.value === text) ||
    options.find((option) => option.label.trim() === text);
  if (found) cell.value = found.value;
  return Boolean(found);
}

/** What the server holds for a control, as it was last shown. */
export function storedText(cell) {
  return cell.dataset.was || "";
}

/** True where nobody may type. */
export function isLocked(cell) {
  return cell.disabled || cell.readOnly === true;
}

/** Show an amount in its usual form; what cannot be read stays as it was typed. */
export function tidy(cell, unit) {
  if (cell.dataset.kind !== "money") return;
  const fen = readAmount(cell.value, unit);
  if (fen !== undefined) cell.value = showAmount(fen, unit);
}

/** True for text of any length, which is typed in lines. */
export function isLong(cell) {
  return cell.tagName === "TEXTAREA";
}

/** True where a caret can stand. */
export function hasCaret(cell) {
  return cell.tagName === "TEXTAREA" || (cell.tagName === "INPUT" && cell.type !== "checkbox");
}

/** Give a long text the height it needs, in browsers whose style sheets cannot. */
export function stretch(cell) {
  if (!isLong(cell) || CSS.supports("field-sizing", "content")) return;
  cell.style.height = "auto";
  cell.style.height = `${cell.scrollHeight}px`;
}
