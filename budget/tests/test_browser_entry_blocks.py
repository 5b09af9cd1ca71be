"""Blocks from Excel or WPS on the real site: the clipboard, the preview, one batch, one undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from budget.tests.furnishing import YEAR
from budget.tests.served_site import Site, copied, furnished
from budget.tests.typist import Typist

pytestmark = pytest.mark.browser

LINES = "select count(*), coalesce(sum(amount), 0) from budget_spendingline where unit_id = ?"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all tests here: each has a department of its own."""
    site = copied(furnished(), tmp_path_factory.mktemp("blocks") / "site").start()
    yield site
    site.stop()


@pytest.fixture
def typist(browser: Browser, site: Site) -> Iterator[Typist]:
    """An accountant whose browser may read the clipboard."""
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    typist = Typist(context.new_page(), site.url)
    typist.sign_in("chen")
    yield typist
    context.close()


def block(rows: int) -> str:
    """Return rows as Excel copies them: codes, amount, upkeep, source and no carrying over."""
    cells = ("2010301", "30201", "{}.50", "公用经费", "一般公共预算拨款", "")
    return "".join("\t".join(cells).format(f"{n:,}") + "\r\n" for n in range(1, rows + 1))


def stored(site: Site, unit: str) -> tuple[int, int]:
    """Return how many lines a unit has, and what they add up to in 分."""
    [(key,)] = site.asked("select id from budget_budgetunit where code = ?", unit)
    [(count, total)] = site.asked(LINES, key)
    return count, total


@pytest.mark.parametrize(
    ("unit", "rows"),
    [
        ("901001", 30),
        pytest.param("902001", 1_000, marks=pytest.mark.long),
    ],
)
def test_a_block_is_previewed_confirmed_and_taken_back_in_one_step(
    typist: Typist, site: Site, unit: str, rows: int
) -> None:
    # 1.50 + 2.50 + … + n.50, in 分
    total = 50 * rows * (rows + 1) + 50 * rows
    page = typist.page
    page.goto(f"{site.url}/entry/{unit}/{YEAR}/basic/")
    page.wait_for_selector("form[data-ready]")
    page.evaluate("(text) => navigator.clipboard.writeText(text)", block(rows))
    typist.go_to("tbody tr[data-row] .cell")
    typist.press("Control+v")
    dialog = page.get_by_role("dialog", name="粘贴预览")
    expect(dialog).to_contain_text(f"新增 {rows} 行", timeout=60_000)
    assert stored(site, unit) == (0, 0), "nothing is saved before it is confirmed"
    typist.go_to(dialog.get_by_role("button", name="确认保存"))
    typist.press("Enter")
    expect(dialog).to_be_hidden(timeout=60_000)
    assert stored(site, unit) == (rows, total)
    assert site.asked("select count(*) from budget_batch where kind = 'pasted'") != [(0,)]
    expect(page.locator("output[data-total=amount]")).to_have_text(
        f"{total // 100:,}.{total % 100:02}"
    )
    typist.press("Control+z")
    expect(page.locator("output[data-total=amount]")).to_have_text("0.00")
    expect(page.locator(".entry-state[data-state=saved]")).to_be_visible(timeout=60_000)
    assert stored(site, unit) == (0, 0)


def test_a_block_says_what_is_new_changed_the_same_and_rejected(typist: Typist, site: Site) -> None:
    page = typist.page
    page.goto(f"{site.url}/entry/903001/{YEAR}/basic/")
    page.wait_for_selector("form[data-ready]")
    typist.go_to("tbody tr[data-row] .cell")
    for economic, amount in (("30201", "1"), ("30202", "2")):
        typist.type_row({"function": "2010301", "economic": economic, "amount": amount})
    typist.saved()
    text = (
        "功能科目\t经济科目\t金额\n2010301\t30201\t1.00\n"
        "2010301\t30202\t２２\n2010301\t30203\t3\n2010301\t30204\t约4\n"
    )
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
    typist.go_to("tbody tr[data-row] .cell", "Shift+Tab")
    typist.press("Control+v")
    dialog = page.get_by_role("dialog", name="粘贴预览")
    for told in ("新增 1 行", "改动 1 行", "相同 1 行"):
        expect(dialog).to_contain_text(told)
    expect(dialog).to_contain_text("“约4”不是金额")
