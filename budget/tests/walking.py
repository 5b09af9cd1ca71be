"""People at browsers on one site: each signs in once, and every page that one opens is looked at.

What is looked at: nothing sticks out at 360 or 1440 pixels, the policy is not broken, no other host
is asked, axe finds nothing serious.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from budget.tests.people import PASSWORD
from budget.tests.windows import HEAR, NARROW, WIDE

PATIENCE = 120_000
"""Milliseconds that anything may take: files are made beside it, and other tests run."""


@dataclass
class Walker:
    """One person's window, and what was wrong with the pages that he saw."""

    page: Page
    url: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open an address of the site, and look at the page."""
        self.page.goto(self.url + path)
        self.look()

    def look(self) -> None:
        """Look at the page as it is, narrow and wide."""
        self.page.wait_for_load_state("networkidle")
        self._note(self.page.evaluate("window.broken"))
        for size in (NARROW, WIDE):
            self.page.set_viewport_size(size)
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self._note([f"wider than {size['width']}"])
            found: list[Any] = Axe().run(self.page).response["violations"]
            self._note(each["id"] for each in found if each["impact"] in ("serious", "critical"))

    def _note(self, complaints: Any) -> None:
        self.wrong += [f"{self.page.url}: {each}" for each in complaints]

    def press(self, button: str) -> None:
        """Press a button by its words, and look at what comes."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        self.look()

    def confirm(self, button: str) -> None:
        """Press a button that asks who one is, unless one has just shown it."""
        self.press(button)
        if "/reauthenticate/" in self.page.url:
            self.page.fill("input[name=password]", PASSWORD)
            with self.page.expect_navigation():
                self.page.locator("main form button").first.click()
            self.press(button)

    def follow(self, link: str) -> None:
        """Follow a link by its words, and look at what comes."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link).first.click()
        self.look()

    def fill(self, **labels: str) -> None:
        """Fill in boxes by their labels."""
        for label, text in labels.items():
            self.page.get_by_label(label, exact=True).fill(text)

    def type(self, row: str, name: str, text: str) -> None:
        """Type into a cell of a sheet, and wait until it is saved."""
        cell = self.page.locator(f"[id='row-{row}-{name}']")
        with self.page.expect_response(lambda answer: answer.url.endswith("/save")):
            cell.fill(text)
            cell.press("Tab")
        self.page.wait_for_selector(".entry-state[data-state=saved]")
        assert cell.input_value() == text

    @property
    def text(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def sees(self, words: str) -> None:
        """See that the page says something."""
        assert words in self.text, self.text


class Street:
    """All who walk on one site: each has a window of his own."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.walkers: dict[str, Walker] = {}
        self.elsewhere: list[str] = []

    def __getitem__(self, name: str) -> Walker:
        """Return somebody's window; he signs in when he is first asked for, "" is a visitor."""
        if name not in self.walkers:
            self.walkers[name] = self._arrived(name)
        return self.walkers[name]

    def _arrived(self, name: str) -> Walker:
        context = self.browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        context.set_default_timeout(PATIENCE)
        context.add_init_script(HEAR)
        page = context.new_page()
        page.on("request", lambda request: self._mind(request.url))
        walker = Walker(page, self.url)
        if name:
            walker.open("/account/login/")
            page.fill("input[name=login]", name)
            page.fill("input[name=password]", PASSWORD)
            with page.expect_navigation():
                page.locator("main form button").first.click()
            walker.look()
        return walker

    def _mind(self, asked: str) -> None:
        if not asked.startswith((self.url, "data:", "blob:")):
            self.elsewhere.append(asked)

    def complaints(self) -> list[str]:
        """Return everything that was wrong on any page of anybody."""
        found = [each for walker in self.walkers.values() for each in walker.wrong]
        return list(dict.fromkeys([*found, *self.elsewhere]))


@contextmanager
def street(browser: Browser, url: str) -> Iterator[Street]:
    """Yield a street whose windows are closed at its end."""
    opened = Street(browser, url)
    yield opened
    for walker in opened.walkers.values():
        walker.page.context.close()
