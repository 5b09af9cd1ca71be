"""What an accountant waits for at a real browser: the draft after a save, a block shown."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from bench.registry import Result, measures
from budget.tests.furnishing import YEAR
from budget.tests.served_site import Site, copied, furnished, run
from budget.tests.typist import Typist

PASTED: Final = 1_000
UNIT: Final = "157001"
WATCH: Final = """() => {
  const form = document.querySelector("form.entry-form");
  const pane = document.querySelector(".entry-preview");
  form.addEventListener("entry:saved", () => { window.began = performance.now(); });
  const seen = () => { window.took = performance.now() - window.began; };
  new MutationObserver(seen).observe(pane, {childList: true});
}"""
PASTE: Final = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const dialog = document.querySelector("dialog.entry-paste");
  const began = performance.now();
  new MutationObserver(() => { window.took = performance.now() - began; })
    .observe(dialog, {attributes: true, attributeFilter: ["open"]});
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@measures("screen")
def screen(rounds: int) -> Iterator[Result]:
    """Measure on the sample, entered, in Chromium; without one there is nothing to tell."""
    program = shutil.which("chromium")
    if program is None:
        yield Result("the draft in the browser", "no Chromium here")
        return
    with tempfile.TemporaryDirectory() as folder:
        site = _site(Path(folder) / "site")
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
                page = browser.new_page(locale="zh-CN")
                yield from _measured(page, site, rounds)
                browser.close()
        finally:
            site.stop()


def _site(folder: Path) -> Site:
    site = copied(furnished(), folder)
    store = "from budget.tests.storing_samples import stored_sample; stored_sample()"
    run(folder, "manage.py", "shell", "--no-imports", "-c", store)
    return site.start()


def _measured(page: Page, site: Site, rounds: int) -> Iterator[Result]:
    typist = Typist(page, site.url)
    typist.sign_in("chen")
    page.goto(f"{site.url}/entry/{UNIT}/{YEAR}/basic/", wait_until="networkidle")
    page.evaluate(WATCH)
    drafts = [_draft(page, typist, number) for number in range(rounds + 1)][1:]
    shown = statistics.median(drafts)
    what = "cell saved → draft beside it renewed, in Chromium, wall"
    yield Result(what, f"{shown:.0f} ms", shown, (400, 250), " ms")
    blocks = [_block(page) for _ in range(min(rounds, 3) + 1)][1:]
    shown = statistics.median(blocks)
    what = f"{PASTED:,} × 6 pasted → previewed, in Chromium, wall"
    yield Result(what, f"{shown:.0f} ms", shown, (2_000, 1_500), " ms")


def _draft(page: Page, typist: Typist, number: int) -> float:
    """Type an amount and return how long after it was saved the draft told of it."""
    page.evaluate("window.took = undefined")
    page.locator("tbody [data-field=amount]").first.focus()
    typist.type(f"{770_000 + 100 * number}")
    typist.press("Enter")
    return _took(page)


def _block(page: Page) -> float:
    """Paste a block and return when its preview stood there; nothing of it is saved."""
    cells = ("2010301", "30201", "{}.05", "公用经费", "一般公共预算拨款", "")
    text = "\r\n".join("\t".join(cells).format(n) for n in range(1, PASTED + 1))
    page.evaluate("window.took = undefined")
    page.locator("tbody [data-field=function]").first.focus()
    page.evaluate(PASTE, text)
    took = _took(page)
    page.keyboard.press("Escape")
    return took


def _took(page: Page) -> float:
    """Return the milliseconds that the page's own watch took."""
    while page.evaluate("window.took === undefined"):
        page.wait_for_timeout(20)
    return float(page.evaluate("window.took"))
