/** One cell, two people: both values side by side, and the person at the keyboard decides. */

import { clear, mark, say } from "./messages.js";

/** Ask which value holds; ``keep`` and ``take`` do what was decided. */
export function ask(cell, { mine, theirs, by }, { keep, take }) {
  mark(cell, "conflict");
  say(
    cell,
    "conflict",
    side(`${by || "别人"}填的`, theirs),
    side("您填的", mine),
    choice("用我的", () => decide(cell, keep)),
    choice("用对方的", () => decide(cell, take)),
  );
}

function decide(cell, act) {
  clear(cell);
  mark(cell, "");
  act();
  cell.focus();
}

function side(label, text) {
  const line = document.createElement("span");
  const value = document.createElement("b");
  value.textContent = text || "（空）";
  line.className = "side";
  line.append(`${label} `, value);
  return line;
}

function choice(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}
