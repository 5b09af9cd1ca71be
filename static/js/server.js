/**
 * Requests to the server: with the form's token, a limit of time, and one answer for each failure.
 *
 * A status of 0 means that no answer came, or none that can be read.
 */

const PATIENCE = 30_000;

/** The server as one sheet's form sees it. */
export class Server {
  constructor(form) {
    this.form = form;
    this.user = form.dataset.user || "";
  }

  /** Send a batch of changes. */
  async save(batch) {
    const response = await this._posted(this.form.dataset.save, JSON.stringify(batch), {
      "Content-Type": "application/json",
      Accept: "application/json",
    });
    return response ? { status: response.status, answer: await read(response) } : { status: 0 };
  }

  /** Post and get a fragment of a page: {status, html, url}. */
  async fragment(url, body, type) {
    const response = await this._posted(url, body, { "Content-Type": type, Accept: "text/html" });
    return response ? shown(response) : { status: 0, html: "", url };
  }

  /** Get a fragment of a page: {status, html, url}. */
  async get(url) {
    const response = await request(url, { headers: { Accept: "text/html" }, cache: "no-cache" });
    return response ? shown(response) : { status: 0, html: "", url };
  }

  async _posted(url, body, headers) {
    const post = () =>
      request(url, { method: "POST", body, headers: { ...headers, "X-CSRFToken": this._token() } });
    const response = await post();
    // Signing in again changes the token; the page of the sheet holds the new one.
    if (response && response.status === 403 && (await this._renewed())) return post();
    return response;
  }

  _token() {
    const field = this.form.querySelector("[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  async _renewed() {
    const { status, html } = await this.get(location.pathname);
    if (status !== 200) return false;
    const page = new DOMParser().parseFromString(html, "text/html");
    const form = page.querySelector(`form[data-sheet="${CSS.escape(this.form.dataset.sheet)}"]`);
    const fresh = form && form.querySelector("[name=csrfmiddlewaretoken]");
    // Somebody else signed in on this computer: what was typed is not theirs to save.
    if (!fresh || (form.dataset.user || "") !== this.user) return false;
    this.form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
    return true;
  }
}

async function request(url, options) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), PATIENCE);
  const headers = { "X-Requested-With": "XMLHttpRequest", ...options.headers };
  try {
    return await fetch(url, { credentials: "same-origin", ...options, headers, signal: limit.signal });
  } catch (unreachable) {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** The answer's JSON; undefined where it is none, as of a page of errors. */
async function read(response) {
  const type = response.headers.get("Content-Type") || "";
  try {
    return type.startsWith("application/json") ? await response.json() : undefined;
  } catch (cut) {
    return undefined;
  }
}

async function shown(response) {
  try {
    return { status: response.status, html: await response.text(), url: response.url };
  } catch (cut) {
    return { status: 0, html: "", url: response.url };
  }
}
