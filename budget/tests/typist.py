"""A person at a browser who has no mouse: every act is a key, what is read is what is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Locator, Page, expect

from budget.tests.people import PASSWORD

FAR: Final = 400
"""More steps than any page has places to go to."""


@dataclass
class Typist:
    """Hands on a keyboard, at one page."""

    page: Page
    url: str

    # ---- going about ----

    def sign_in(self, name: str) -> None:
        """Sign in on the page that asks for it, the caret being in its first box."""
        self.page.goto(f"{self.url}/entry/")
        expect(self.page.locator("[name=login]")).to_be_focused()
        self.type(name)
        self.press("Tab")
        self.type(PASSWORD)
        with self.page.expect_navigation():
            self.press("Enter")

    def follow(self, link: str, key: str = "Tab") -> None:
        """Go to a link by its words, and through it."""
        self.go_to(self.page.get_by_role("link", name=link, exact=True), key)
        with self.page.expect_navigation():
            self.press("Enter")

    def open_sheet(self, title: str) -> None:
        """Open a sheet from the list beside the page."""
        self.follow(title)
        self.page.wait_for_selector("form[data-ready]")

    def go_to(self, place: str | Locator, key: str = "Tab") -> None:
        """Press a key until the place, or what a selector finds first, has the focus."""
        found = (self.page.locator(place) if isinstance(place, str) else place).first
        wanted = found.element_handle()
        for _ in range(FAR):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{key} never came to {place}")

    # ---- typing ----

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text: signs of a keyboard key by key, all others as an input method gives them."""
        if text.isascii():
            self.page.keyboard.type(text)
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self.break_line()
            self.page.keyboard.insert_text(line)

    def break_line(self) -> None:
        """Begin a new line in a box; in a table, where Enter means more, as in Excel."""
        in_table = self.page.evaluate("() => Boolean(document.activeElement.closest('table'))")
        self.press("Alt+Enter" if in_table else "Enter")

    def choose(self, label: str) -> None:
        """Choose in the list that the focus is on."""
        wanted, at = self.page.evaluate(
            """(label) => {
              const list = document.activeElement;
              const labels = [...list.options].map((option) => option.label.trim());
              return [labels.indexOf(label), list.selectedIndex];
            }""",
            label,
        )
        assert wanted >= 0, f"no choice {label}"
        step = "ArrowDown" if wanted > at else "ArrowUp"
        self.press("Space", *[step] * abs(wanted - at), "Enter")

    def at(self) -> tuple[str, str, str]:
        """Return column, kind and text of the cell that has the focus."""
        field, kind, shown = self.page.evaluate(
            """() => {
              const cell = document.activeElement;
              const shown = cell.type === "checkbox" ? (cell.checked ? "是" : "") : cell.value;
              return [cell.dataset.field, cell.dataset.kind, shown];
            }"""
        )
        return field, kind, shown

    def fill(self, text: str) -> None:
        """Make the cell that has the focus hold a text, unless it does already."""
        _, kind, shown = self.at()
        self._fill(kind, shown, text)

    def type_row(self, cells: Mapping[str, str]) -> None:
        """Type a row from where the focus is, its first cell, and go to the next row."""
        left = dict(cells)
        while left:
            field, kind, shown = self.at()
            if field in left:
                self._fill(kind, shown, left.pop(field))
            self.press("Tab" if left else "Enter")

    def _fill(self, kind: str, shown: str, text: str) -> None:
        if shown == text:
            return
        if kind == "choice":
            self.choose(text)
        elif kind == "flag":
            self.press("Space")
        else:
            self.type(text)

    def saved(self) -> None:
        """Wait until everything is said to be saved, and nothing is complained of."""
        expect(self.page.locator(".entry-state[data-state=saved]")).to_be_visible(timeout=30_000)
        assert self.page.locator(".cell-message").all_inner_texts() == []
