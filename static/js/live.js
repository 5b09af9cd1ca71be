/**
 * The draft beside the sheet: after each saved batch it is fetched anew, and what changed lights up.
 *
 * <section class="entry-preview" data-preview="URL">: the fragment at the URL becomes its content.
 * Links in it to the same path (another ?show=) change what it shows; a link to #row-<key>-<field>
 * puts the focus on that cell. What has an id and no elements inside is a figure.
 */

const LIT = 2_500;

/** Keep a pane up to date with a sheet; ``focus(hash)`` goes to a cell. */
export class Live {
  constructor(pane, form, focus) {
    this.pane = pane;
    this.url = new URL(pane.dataset.preview, location.href);
    this.wanted = false;
    this.running = false;
    pane.addEventListener("click", (event) => this._clicked(event, focus));
    form.addEventListener("entry:saved", () => this.refresh());
    if (!pane.querySelector(".preview-tabs")) this.refresh();
  }

  /** Fetch the draft; once more afterwards where something was saved meanwhile. */
  async refresh() {
    this.wanted = true;
    if (this.running) return;
    this.running = true;
    while (this.wanted) {
      this.wanted = false;
      await this._fetch();
    }
    this.running = false;
  }

  async _fetch() {
    this.pane.setAttribute("aria-busy", "true");
    try {
      const headers = { Accept: "text/html", "X-Requested-With": "XMLHttpRequest" };
      const response = await fetch(this.url, { headers, cache: "no-cache" });
      if (response.ok) this._show(await response.text());
      else this._stale();
    } catch (unreachable) {
      this._stale();
    }
    this.pane.removeAttribute("aria-busy");
  }

  /** What is shown is older than what is saved, and says so. */
  _stale() {
    this.pane.dataset.stale = "";
    this.html = undefined;
  }

  _show(html) {
    delete this.pane.dataset.stale;
    if (html === this.html) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    const source = page.querySelector(".entry-preview") || page.body;
    const before = figures(this.pane);
    const scroll = [this.pane.scrollTop, this.pane.scrollLeft];
    const same = this.html !== undefined && this.shown === this.url.href;
    this.pane.replaceChildren(...[...source.childNodes].map((node) => document.importNode(node, true)));
    [this.pane.scrollTop, this.pane.scrollLeft] = scroll;
    if (same) light(this.pane, before);
    this.html = html;
    this.shown = this.url.href;
  }

  _clicked(event, focus) {
    const link = event.target.closest("a[href]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = new URL(link.href);
    if (to.pathname === this.url.pathname && to.search !== "") {
      event.preventDefault();
      this.url = to;
      this.refresh();
    } else if (to.pathname === location.pathname && focus(to.hash)) event.preventDefault();
  }
}

function figures(pane) {
  const found = [...pane.querySelectorAll("[id]")].filter((each) => !each.childElementCount);
  return new Map(found.map((each) => [each.id, each.textContent]));
}

function light(pane, before) {
  for (const [id, text] of figures(pane)) {
    if (before.get(id) === text) continue;
    const figure = pane.querySelector(`[id="${CSS.escape(id)}"]`);
    figure.classList.add("changed");
    setTimeout(() => figure.classList.remove("changed"), LIT);
  }
}
