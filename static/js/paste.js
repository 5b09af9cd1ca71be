/**
 * A large block from Excel or WPS is shown before anything is saved.
 *
 * POST data-paste, JSON {"row", "field", "unit", "text"}: the key of the row and the field where the
 * block begins ("new:…" for the empty row at the end), the sheet's unit, and the clipboard's text.
 * The answer is a fragment of HTML: what is new, changed, the same or rejected, in a
 * <form method="post" action="…"> with a hidden field for each thing that the confirmation needs, a
 * submit button, and a button with data-close; with status 409 or 422 a fragment that says why not.
 * Confirming posts that form; the answer is the page of the sheet (also by a redirect), whose table
 * takes the place of the old one, or another fragment. Nothing is saved before. One Ctrl+Z takes the
 * whole block back.
 */

import { renew } from "./renewing.js";

const TOLD = new Set([200, 409, 422]);

/** Return the function that shows a block; undefined where the sheet has no page for it. */
export function previewer(sheet) {
  const url = sheet.form.dataset.paste;
  if (!url) return undefined;
  const dialog = document.createElement("dialog");
  dialog.className = "entry-paste";
  dialog.setAttribute("aria-label", "粘贴预览");
  sheet.form.after(dialog);
  dialog.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    confirm(sheet, dialog, event.target, event.submitter);
  });
  return (cell, text, straight) => show(sheet, dialog, { url, cell, text, straight });
}

async function show(sheet, dialog, { url, cell, text, straight }) {
  sheet.tell("正在核对要粘贴的内容…");
  // The preview compares with what is stored, so what is on its way goes first.
  await sheet.outbox.flush();
  const { row } = cell.closest("[data-row]").dataset;
  const place = sheet.grid.place(cell);
  const body = JSON.stringify({ row, field: cell.dataset.field, unit: sheet.unit, text });
  const { status, html } = await sheet.server.fragment(url, body, "application/json");
  sheet.tell("");
  if (TOLD.has(status)) open(dialog, html);
  else if (status === 0 || status >= 500) offerStraight(dialog, straight);
  else {
    sheet.tell("没有粘贴：登录已过期或没有权限，请重新登录后再试。");
    return;
  }
  // The table may be another one by then; the place is the same.
  const back = () => sheet.goTo(sheet.grid.at(place.row, place.column));
  dialog.addEventListener("close", back, { once: true });
}

function open(dialog, html) {
  dialog.innerHTML = html;
  if (!dialog.open) dialog.showModal();
}

/** Without the server there is no preview; the block can still go in, to be saved later. */
function offerStraight(dialog, straight) {
  const words = document.createElement("p");
  words.textContent = "现在连不上服务器，不能先核对。可以直接粘贴到表中，联网后再保存，也可以一步撤销。";
  dialog.replaceChildren(words, button("直接粘贴", () => close(dialog, straight)), button("取消"));
  if (!dialog.open) dialog.showModal();
}

function close(dialog, act) {
  dialog.close();
  act();
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  if (act) made.addEventListener("click", act);
  else made.dataset.close = "";
  return made;
}

async function confirm(sheet, dialog, form, submitter) {
  const fields = new URLSearchParams(new FormData(form));
  if (submitter && submitter.name) fields.append(submitter.name, submitter.value);
  for (const each of dialog.querySelectorAll("button")) each.disabled = true;
  const type = "application/x-www-form-urlencoded;charset=UTF-8";
  const { status, html } = await sheet.server.fragment(form.action, fields.toString(), type);
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector(`form[data-sheet="${CSS.escape(sheet.form.dataset.sheet)}"]`);
  if (status === 200 && fresh) {
    sheet.form.dataset.revision = fresh.dataset.revision || "";
    renew(sheet, fresh.querySelector("table.entry-sheet"));
    dialog.close();
    sheet.tell("已粘贴并保存，可以一步撤销（Ctrl+Z）。");
  } else if (TOLD.has(status)) open(dialog, html);
  else failed(dialog);
}

function failed(dialog) {
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = "没有保存：服务器没有答复。请再试一次。";
  for (const each of dialog.querySelectorAll("button")) each.disabled = false;
  dialog.prepend(words);
}
