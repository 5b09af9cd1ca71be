/**
 * What a cell has to say, below it: a reason, a remark, or two people's values side by side.
 *
 * The place around the cell carries data-cell: "unsaved", "refused", "conflict", or "missing" where
 * a row waits for it.
 */

let count = 0;

/** Mark a cell, without words: "" for nothing. */
export function mark(cell, state) {
  const place = holder(cell);
  if (state) place.dataset.cell = state;
  else delete place.dataset.cell;
  if (state === "refused" || state === "missing") cell.setAttribute("aria-invalid", "true");
  else cell.removeAttribute("aria-invalid");
}

/** Take a cell's words away. */
export function clear(cell) {
  const box = boxOf(cell);
  if (!box) return;
  box.remove();
  // A cell that the server describes too keeps its description.
  const others = ids(cell).filter((id) => id !== box.id);
  if (others.length) cell.setAttribute("aria-describedby", others.join(" "));
  else cell.removeAttribute("aria-describedby");
}

/** Say something of a cell; ``kind`` is "refused", "conflict" or "remark". */
export function say(cell, kind, ...content) {
  clear(cell);
  const box = document.createElement("div");
  count += 1;
  box.id = `cell-message-${count}`;
  box.className = `cell-message ${kind}`;
  box.append(...content);
  holder(cell).append(box);
  cell.setAttribute("aria-describedby", [...ids(cell), box.id].join(" "));
  return box;
}

/** True where a cell has something to say, also where the page came with it. */
export function says(cell) {
  return Boolean(boxOf(cell));
}

/** True where a cell's words hold buttons, which Tab should reach. */
export function asks(cell) {
  const box = boxOf(cell);
  return Boolean(box && box.querySelector("button"));
}

function holder(cell) {
  return cell.closest("td") || cell.parentElement;
}

function boxOf(cell) {
  return holder(cell).querySelector(".cell-message");
}

function ids(cell) {
  return (cell.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);
}
