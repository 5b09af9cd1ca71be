"""Entry on the real site when something goes wrong: colleagues, dead servers, closed windows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from budget.tests.furnishing import YEAR
from budget.tests.people import PASSWORD
from budget.tests.served_site import Site, copied, furnished
from budget.tests.typist import Typist

pytestmark = pytest.mark.browser

COLLEAGUE = "姓名chen"
LINE = {"function": "2010301", "economic": "30201", "amount": "1.00"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all tests here: each has a department of its own."""
    site = copied(furnished(), tmp_path_factory.mktemp("trouble") / "site").start()
    yield site
    site.stop()


@dataclass
class Window:
    """A window on one sheet of the department's unit."""

    page: Page
    site: Site
    unit: str
    sheet: str = "basic"
    typist: Typist = field(init=False)

    def __post_init__(self) -> None:
        self.typist = Typist(self.page, self.site.url)

    def open(self) -> Window:
        """Load the sheet and wait for its scripts."""
        self.page.goto(f"{self.site.url}/entry/{self.unit}/{YEAR}/{self.sheet}/")
        self.page.wait_for_selector("form[data-ready]")
        return self

    def again(self) -> Window:
        """Open the sheet in another window of the same browser."""
        return Window(self.page.context.new_page(), self.site, self.unit, self.sheet).open()

    def cell(self, row: int, name: str) -> Locator:
        """Return a cell by its row, counted from 1."""
        return self.page.locator("tbody tr[data-row]").nth(row - 1).locator(f"[data-field={name}]")

    def put(self, row: int, **cells: str) -> None:
        """Type into cells of a row, each left with Enter."""
        for name, text in cells.items():
            self.cell(row, name).focus()
            self.typist.type(text)
            self.typist.press("Enter")

    def state(self, name: str) -> None:
        """Wait until the line of state says so."""
        shown = self.page.locator(f".entry-state[data-state={name}]")
        expect(shown).to_be_visible(timeout=60_000)

    def message(self, row: int, name: str) -> Locator:
        """Return what a cell has to say."""
        return self.cell(row, name).locator("xpath=..").locator(".cell-message")

    def close(self) -> None:
        """Close the window as people do, though the browser asks whether one really wants to."""
        self.page.on("dialog", lambda dialog: dialog.accept())
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)

    @property
    def stored(self) -> list[tuple[str, int]]:
        """The lines in the database: economic code and 分."""
        lines = (
            "select economic, amount from budget_spendingline where unit_id ="
            " (select id from budget_budgetunit where code = ?) order by sequence"
        )
        return self.site.asked(lines, self.unit)


Opener = Callable[[str, str], Window]


@pytest.fixture
def opened(browser: Browser, site: Site) -> Iterator[Opener]:
    """Return how to open a unit's sheet as somebody who signs in on a computer of his own."""
    contexts: list[BrowserContext] = []

    def opener(name: str, unit: str) -> Window:
        context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        contexts.append(context)
        window = Window(context.new_page(), site, unit)
        window.typist.sign_in(name)
        return window.open()

    yield opener
    for context in contexts:
        context.close()


# ---- two people ----


def test_two_people_at_one_cell_see_both_values_and_mine_is_taken(opened: Opener) -> None:
    chen = opened("chen", "901001")
    chen.put(1, **LINE)
    chen.state("saved")
    liu = opened("liu", "901001")
    chen.put(1, amount="5")
    chen.state("saved")
    liu.put(1, amount="7")
    liu.state("conflict")
    expect(liu.message(1, "amount")).to_contain_text(f"{COLLEAGUE}填的 5.00")
    expect(liu.message(1, "amount")).to_contain_text("您填的 7.00")
    assert liu.stored == [("30201", 500)]
    liu.message(1, "amount").get_by_role("button", name="用我的").press("Enter")
    liu.state("saved")
    assert liu.stored == [("30201", 700)]


@pytest.mark.long
def test_two_people_at_one_cell_and_the_others_value_is_taken(opened: Opener) -> None:
    chen = opened("chen", "902001")
    chen.put(1, **LINE)
    chen.state("saved")
    liu = opened("liu", "902001")
    chen.put(1, amount="5")
    chen.state("saved")
    liu.put(1, amount="7")
    liu.state("conflict")
    liu.message(1, "amount").get_by_role("button", name="用对方的").press("Enter")
    liu.state("saved")
    expect(liu.cell(1, "amount")).to_have_value("5.00")
    assert liu.stored == [("30201", 500)]


@pytest.mark.long
def test_two_people_at_neighbouring_cells_do_not_disturb_each_other(opened: Opener) -> None:
    chen = opened("chen", "903001")
    chen.put(1, **LINE)
    chen.state("saved")
    liu = opened("liu", "903001")
    for number in range(1, 6):
        chen.put(1, amount=f"{number}00")
        liu.put(1, economic=f"3020{number}")
        chen.state("saved")
        liu.state("saved")
    assert liu.stored == [("30205", 50_000)]
    assert liu.page.locator(".cell-message").count() == 0


# ---- trouble with machines ----


@pytest.mark.long
def test_a_server_that_is_killed_while_saving_loses_nothing_and_doubles_nothing(
    opened: Opener, site: Site
) -> None:
    window, chance = opened("chen", "904001"), random.Random(904)
    wanted = []
    for number in range(1, 13):
        window.put(number, function="2010301", economic="30201", amount=str(number))
        wanted.append(("30201", number * 100))
        if number % 4 == 0:
            # At some moment while the rows are waiting, on their way, written or answered.
            window.page.wait_for_timeout(chance.uniform(0, 1_500))
            site.kill()
            window.put(1, amount=str(number))
            wanted[0] = ("30201", number * 100)
            window.state("offline")
            site.start()
            window.typist.press("Control+s")
            window.state("saved")
    assert window.stored == wanted
    assert site.asked("select count(*) from budget_pendingrow") == [(0,)]
    assert site.asked("pragma integrity_check") == [("ok",)]
    window.open()
    shown = window.page.locator("tbody [data-field=amount]")
    amounts = [cell.input_value() for cell in shown.all()]
    assert [text for text in amounts if text] == ["12.00", *(f"{n}.00" for n in range(2, 13))]


def test_a_window_closed_with_unsent_cells_gives_them_to_the_next_one(
    opened: Opener, site: Site
) -> None:
    window = opened("chen", "905001")
    site.kill()
    window.put(1, **LINE)
    window.cell(2, "function").focus()
    window.typist.type("2010302")
    window.state("offline")
    # A page that died with the server cannot be opened: the browser is left open, the window not.
    context = window.page.context
    window.close()
    site.start()
    again = Window(context.new_page(), site, "905001").open()
    expect(again.page.locator(".entry-note")).to_contain_text("已恢复")
    again.state("saved")
    assert again.stored == [("30201", 100)]
    expect(again.cell(2, "function")).to_have_value("2010302")
    waiting = site.asked("select cells from budget_pendingrow")
    assert len(waiting) == 1
    assert "2010302" in waiting[0][0]


def test_a_session_that_ran_out_loses_nothing(opened: Opener, site: Site) -> None:
    window = opened("chen", "906001")
    site.changed("delete from django_session")
    window.put(1, **LINE)
    expect(window.page.locator(".entry-state")).to_contain_text("登录已过期")
    assert window.stored == []
    other = window.page.context.new_page()
    other.goto(f"{site.url}/account/login/")
    other.get_by_label("用户名").fill("chen")
    other.get_by_label("密码").fill(PASSWORD)
    with other.expect_navigation():
        other.get_by_role("button", name="登录").click()
    window.page.bring_to_front()
    window.state("saved")
    assert window.stored == [("30201", 100)]


# ---- an input method ----


@pytest.mark.long
def test_an_input_method_composes_in_the_cells_of_the_sheet(opened: Opener) -> None:
    window = opened("chen", "907001")
    keys = window.page.context.new_cdp_session(window.page)

    def compose(*steps: str, into: str) -> None:
        for step in steps:
            composing = {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
            keys.send("Input.imeSetComposition", composing)
        keys.send("Input.insertText", {"text": into})

    window.cell(1, "function").focus()
    # The keys of a composition, Enter among them, are the input method's.
    compose("x", "xingz", "xing'zheng'yun'xing", into="行政运行")
    # Many 款 have a 项 of that name: none of them is taken until somebody chooses.
    chosen = window.page.locator("#entry-codes [aria-selected=true] b")
    expect(window.page.locator("#entry-codes [role=option]")).not_to_have_count(1)
    expect(chosen).to_have_count(0)
    for _ in range(30):
        if chosen.all_inner_texts() == ["2010301"]:
            break
        window.typist.press("ArrowDown")
    window.typist.press("Tab")
    expect(window.cell(1, "function")).to_have_value("2010301")
    compose("b", "ban'gong", into="办公费")
    window.typist.press("Tab")
    compose("1", into="１２．５万")
    window.typist.press("Enter")
    window.state("saved")
    assert window.stored == [("30201", 12_500_000)]
    assert window.cell(1, "amount").input_value() == "125,000.00"
