"""A person at a browser: signing in, opening sheets, typing into cells, taking pictures."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, StorageState, ViewportSize

from scripts.guide.site import Site

WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 360, "height": 720}
UNIT, YEAR = "501003", 2026
ACCOUNTANT, COLLEAGUE = f"kuaiji{UNIT}", f"caiwu{UNIT[:3]}"
ROWS = "table.entry-sheet > tbody > tr"
STORED = f"{ROWS}:not([data-row^=new])"


@dataclass
class Desk:
    """A window of one person, and where pictures go."""

    page: Page
    site: Site
    folder: Path

    def open(self, path: str) -> None:
        """Open an address of the site and wait until its script has done its part."""
        self.page.goto(self.site.address + path)
        self.page.wait_for_load_state("networkidle")

    def sheet(self, code: str) -> None:
        """Open one of the sheets of the library."""
        self.open(f"/entry/{UNIT}/{YEAR}/{code}/")
        self.page.wait_for_selector("form[data-ready]")

    def cell(self, row: int, field: str) -> Locator:
        """Return a cell by its row, counted from 1."""
        return self.page.locator(ROWS).nth(row - 1).locator(f"[data-field={field}]")

    def show(self, place: Locator) -> None:
        """Bring a place into the middle of the window."""
        place.evaluate("each => each.scrollIntoView({ block: 'center' })")

    def first_blank(self) -> int:
        """Return the number of the first row in which nothing stands."""
        return self.page.locator(STORED).count() + 1

    def tidy(self) -> None:
        """Take away the rows that an earlier picture left unfinished."""
        while self.page.locator(f"{ROWS}.pending").count():
            self.page.locator(f"{ROWS}.pending .delete-row").first.click()
            self.saved()

    def type(self, row: int, field: str, text: str, key: str = "") -> None:
        """Type into a cell as a person does; ``key`` confirms."""
        self.cell(row, field).click()
        self.page.keyboard.insert_text(text)
        if key:
            self.page.keyboard.press(key)

    def saved(self) -> None:
        """Wait until everything is saved."""
        self.page.wait_for_selector(".entry-state[data-state=saved]")

    def keep(self, name: str) -> None:
        """Keep a picture of the window under a name, and close it."""
        self.page.screenshot(path=self.folder / f"{name}.png")
        self.page.context.close()


@dataclass(frozen=True)
class Room:
    """Where desks stand: one browser, one site, one folder for the pictures."""

    browser: Browser
    site: Site
    folder: Path

    def sign_in(self, user: str) -> StorageState:
        """Return what a browser keeps of somebody who is signed in."""
        desk = self.desk()
        desk.open("/account/login/")
        desk.page.fill("input[name=login]", user)
        desk.page.fill("input[name=password]", self.site.password)
        desk.page.click("main form button")
        desk.page.wait_for_load_state("networkidle")
        kept = desk.page.context.storage_state()
        desk.page.context.close()
        return kept

    def desk(self, person: StorageState | None = None, size: ViewportSize = WIDE) -> Desk:
        """Return a window of a visitor, or of somebody who is signed in."""
        context = self.browser.new_context(
            viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", storage_state=person
        )
        return Desk(context.new_page(), self.site, self.folder)
