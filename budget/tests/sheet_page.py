"""A sheet open in a browser, and what the tests do with it and see of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from budget.tests.sheet_server import FIELDS, SheetServer, texts

STATE = ".entry-state"
READY = "form[data-ready]"


def three_rows() -> dict[str, dict[str, str]]:
    """Return three stored rows; both columns of amounts add up to 600.00 and 60.00."""
    return {
        "1": texts(function="2010301", name="办公费", basic="100.00", project="10.00"),
        "2": texts(function="2010301", name="印刷费", basic="200.00", project="20.00"),
        "3": texts(function="2010302", name="水费", basic="300.00", project="30.00"),
    }


@dataclass
class SheetPage:
    """One window on a sheet: of a server made for the test, or at an address of the site."""

    page: Page
    server: SheetServer
    address: str = ""

    def open(self) -> SheetPage:
        """Load the page and wait for its scripts."""
        self.page.goto(self.address or self.server.url)
        self.page.wait_for_selector(READY)
        return self

    def close(self) -> None:
        """Close the window as people do, also where the browser asks first."""
        self.page.on("dialog", lambda dialog: dialog.accept())
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)

    def another(self) -> SheetPage:
        """Open the same sheet in another window of the same browser."""
        return SheetPage(self.page.context.new_page(), self.server, self.address).open()

    def cell(self, row: int, field: str) -> Locator:
        """Return a control by its row, counted from 1, and its column."""
        return self.page.locator("tbody tr[data-row]").nth(row - 1).locator(f"[data-field={field}]")

    def text(self, row: int, field: str) -> str:
        """Return what a control shows."""
        return self.cell(row, field).input_value()

    def column(self, field: str) -> list[Any]:
        """Return what a column shows, texts or ticks, the empty row at the end left out."""
        script = (
            "cells => cells.map((cell) => cell.type === 'checkbox' ? cell.checked : cell.value)"
        )
        shown: list[Any] = self.page.locator(f"tbody [data-field={field}]").evaluate_all(script)
        return shown[:-1]

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type a text with the keyboard."""
        self.page.keyboard.type(text)

    def at(self) -> tuple[int, str]:
        """Return the row, counted from 1, and the column that have the focus."""
        row, field = self.page.evaluate(
            "() => { const cell = document.activeElement;"
            " const rows = [...document.querySelectorAll('tbody tr[data-row]')];"
            " return [rows.indexOf(cell.closest('tr')) + 1, cell.dataset.field || cell.className] }"
        )
        return row, field

    def paste(self, text: str) -> None:
        """Paste a text where the focus is, as Excel and WPS offer it."""
        self.page.evaluate(
            "(text) => { const data = new DataTransfer(); data.setData('text/plain', text);"
            " document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
            " {clipboardData: data, bubbles: true, cancelable: true})) }",
            text,
        )

    def copied(self, kind: str = "copy") -> str:
        """Copy (or cut) what is selected and return the text that other programs get."""
        text: str = self.page.evaluate(
            "(kind) => { const data = new DataTransfer(); document.activeElement.dispatchEvent("
            "new ClipboardEvent(kind, {clipboardData: data, bubbles: true, cancelable: true}));"
            " return data.getData('text/plain') }",
            kind,
        )
        return text

    def select(self, first: tuple[int, str], last: tuple[int, str]) -> None:
        """Select a block with the mouse."""
        self.cell(*first).click()
        self.cell(*last).click(modifiers=["Shift"])

    def state(self, name: str) -> None:
        """Wait until the line of state says so."""
        expect(self.page.locator(f"{STATE}[data-state={name}]")).to_be_visible(timeout=15_000)

    def message(self, row: int, field: str) -> Locator:
        """Return what a cell has to say."""
        return self.cell(row, field).locator("xpath=..").locator(".cell-message")

    def total(self, field: str) -> str:
        """Return the total under a column."""
        return self.page.locator(f"output[data-total={field}]").inner_text()

    @property
    def sent(self) -> list[dict[str, Any]]:
        """All changes that were sent, in order."""
        return [change for post in self.server.posts for change in post["changes"]]


def stored(server: SheetServer, field: str) -> list[str]:
    """Return what the server holds in a column."""
    assert field in FIELDS
    return [row[field] for row in server.rows.values()]
