/**
 * What is left of the ceilings, beside the sheet: each answer to a saved batch tells it anew.
 *
 * <div data-ceiling="KEY"> with <output data-used> and <output data-left>; [data-over] where more
 * is planned than the ceiling allows.
 */

/** Show what an answered batch says of the ceilings. */
export function follow(form) {
  form.addEventListener("entry:saved", ({ detail }) => {
    // Only an answer that saved something tells of them.
    for (const each of (detail && detail.ceilings) || []) show(each);
  });
}

function show({ key, used, left, over }) {
  const line = document.querySelector(`[data-ceiling="${CSS.escape(key)}"]`);
  if (!line) return;
  line.querySelector("[data-used]").textContent = used;
  line.querySelector("[data-left]").textContent = left;
  line.toggleAttribute("data-over", over);
}
