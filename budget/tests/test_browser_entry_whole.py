"""The transcribed sample entered from nothing, by people who have no mouse or no scripts.

What they end with is the document that the sample's own files make, cell by cell and word by word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from budget.render.json import as_object
from budget.tests.furnishing import YEAR
from budget.tests.people import PASSWORD
from budget.tests.samples import DEPARTMENT
from budget.tests.served_site import Site, copied, furnished, run
from budget.tests.typed_sample import Typed, expected, typed_forms, typed_rows
from budget.tests.typist import Typist

pytestmark = [pytest.mark.browser, pytest.mark.long]

TITLES = {
    "about": "基本信息",
    "basic": "基本支出",
    "projects": "项目",
    "project-lines": "项目支出",
    "overall-goal": "部门整体支出目标",
    "project-goals": "项目支出目标",
    "indicators": "绩效指标",
    "events": "会议、培训和活动",
    "vehicles": "公务用车",
    "equipment": "大型设备",
    "prior": "上年数",
    "texts": "文字说明",
}
"""The sheets that the sample fills, in the order in which one can: words are asked for last."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site in which nobody has entered anything."""
    site = copied(furnished(), tmp_path / "site").start()
    yield site
    site.stop()


def written(site: Site) -> dict[str, Any]:
    """Return the document of the department as the site writes it."""
    out = site.folder / "out"
    arguments = (DEPARTMENT, str(YEAR), "--format", "json", "--out", str(out))
    run(site.folder, "manage.py", "writedisclosure", *arguments)
    [file] = out.glob("*.json")
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


def plain(document: Any) -> Any:
    """Return a document without its addresses: they hold keys of indicators, which are not typed.

    Texts, amounts, their order and how cells are merged all stay.
    """
    if isinstance(document, list):
        return [plain(each) for each in document]
    if not isinstance(document, dict):
        return document
    return {
        name: plain(value) for name, value in document.items() if name not in ("key", "address")
    }


def tables_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the tables of a document."""
    return [table for part in document["parts"] for table in part["tables"]]


def assert_is_the_sample(site: Site) -> None:
    """Compare what was entered with the sample."""
    made, wanted = written(site), json.loads(json.dumps(as_object(expected())))
    ours, theirs = tables_of(made), tables_of(wanted)
    assert len(theirs) == 10
    assert [table["code"] for table in ours] == [table["code"] for table in theirs]
    for our, their in zip(ours, theirs, strict=True):
        assert plain(our) == plain(their), their["code"]
    assert plain(made) == plain(wanted)


# ---- by keyboard alone ----


def test_the_sample_is_entered_from_nothing_by_keyboard_alone(page: Page, site: Site) -> None:
    typist = Typist(page, site.url)
    typist.sign_in("chen")
    typist.follow("长沙市人民政府驻北京联络处　2023年")
    rows, forms = typed_rows(), typed_forms()
    for sheet, title in TITLES.items():
        typist.open_sheet(title)
        if sheet in rows:
            enter_table(typist, rows[sheet])
        else:
            enter_form(typist, forms[sheet])
        typist.saved()
    assert_is_the_sample(site)


def enter_table(typist: Typist, rows: list[Typed]) -> None:
    """Type the rows of a table, from its first cell on."""
    typist.go_to("tbody tr[data-row] .cell")
    for row in rows:
        typist.type_row(row)


def enter_form(typist: Typist, rows: Mapping[str, Typed]) -> None:
    """Type into boxes that are there already, row by row as they stand."""
    for row, cells in rows.items():
        for field, text in cells.items():
            typist.go_to(f"{place_of(row)} [data-field={field}]")
            typist.fill(text)
            typist.press("Tab")


def place_of(row: str) -> str:
    """Return the selector of a row: by its key, or by what its first cell shows."""
    return (
        f'[data-row="{row}"]'
        if " " not in row
        else f'tr:has([data-field=project]:text-is("{row}"))'
    )


# ---- without a script ----


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    yield context
    context.close()


def test_the_sample_is_entered_without_a_script_by_plain_forms(
    scriptless: BrowserContext, site: Site
) -> None:
    page = scriptless.new_page()
    page.goto(f"{site.url}/entry/")
    page.get_by_label("用户名").fill("liu")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    with page.expect_navigation():
        page.get_by_role("link", name="长沙市人民政府驻北京联络处　2023年").first.click()
    rows, forms = typed_rows(), typed_forms()
    for sheet, title in TITLES.items():
        with page.expect_navigation():
            page.get_by_role("link", name=title, exact=True).first.click()
        if sheet in rows:
            send_table(page, rows[sheet])
        else:
            send_form(page, forms[sheet])
    assert site.asked("select count(*) from budget_pendingrow") == [(0,)]
    assert_is_the_sample(site)


def send_table(page: Page, rows: list[Typed]) -> None:
    """Send a table's rows, as many at a time as the page has empty rows for."""
    left = iter(rows)
    while several := list(islice(left, page.locator("tbody tr[data-row^='new:']").count())):
        empty = page.locator("tbody tr[data-row^='new:']")
        for number, row in enumerate(several):
            put_row(empty.nth(number), row)
        send(page)


def send_form(page: Page, rows: Mapping[str, Typed]) -> None:
    """Send boxes that are there already."""
    for row, cells in rows.items():
        put_row(page.locator(place_of(row)), cells)
    send(page)


def put_row(row: Locator, cells: Typed) -> None:
    """Fill in one row."""
    for field, text in cells.items():
        cell = row.locator(f"[data-field={field}]")
        if cell.get_attribute("data-kind") == "choice":
            cell.select_option(label=text)
        else:
            cell.fill(text)


def send(page: Page) -> None:
    """Press the button, and see that all of it was saved."""
    with page.expect_navigation():
        page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".messages .success")).to_contain_text("已保存")
    assert page.locator(".cell-message").count() == 0
