/**
 * While something is being made, the part of the page that tells of it is fetched anew and put in
 * its place; the page itself is not loaded again under somebody who reads, or listens to, the rest.
 *
 * <div id="progress" data-again="SECONDS">: it is over once the fetched part has no data-again.
 * Without scripts the page refreshes itself.
 */

const PART = "#progress";
const part = () => document.querySelector(`${PART}[data-again]`);

/** Return the part as it is now; null where the server is out of reach, which is tried again. */
async function fetched() {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || answer.status >= 500) return null;
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status} ${answer.url}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector(PART);
}

async function follow() {
  while (part()) {
    await new Promise((resolve) => setTimeout(resolve, part().dataset.again * 1_000));
    const found = await fetched();
    if (found) part().replaceWith(document.importNode(found, true));
  }
}

follow();
