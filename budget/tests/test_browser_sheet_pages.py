"""The sheet's script on the pages that the site makes, with the rows that it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from budget.models import Grant, PendingRow, SpendingLine
from budget.roles import Role
from budget.tests.filling import Accountant, an_accountant
from budget.tests.sheet_page import SheetPage
from budget.tests.sheet_server import SheetServer
from budget.tests.windows import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass
class Desk:
    """A browser in which the accountant of the unit is signed in."""

    page: Page
    accountant: Accountant
    address: str
    said: list[str]
    asked: set[Request]

    def open(self, sheet: str) -> SheetPage:
        """Open one of the sheets."""
        address = f"{self.address}/entry/801001/2030/{sheet}/"
        return SheetPage(self.page, SheetServer({}), address).open()

    def wait(self) -> None:
        """Wait until no request is under way: the tests' database lets one thread in at a time."""
        still = 0
        while still < 4:
            self.page.wait_for_timeout(100)
            still = 0 if self.asked else still + 1


@pytest.fixture
def desk(page: Page, live_server: LiveServer) -> Iterator[Desk]:
    """The accountant at a browser, everything that the browser complains of being noted."""
    accountant, said, asked = an_accountant(), list[str](), set[Request]()
    Grant.objects.create(
        user=accountant.user,
        role=Role.COMPILER,
        unit=accountant.unit,
        granted_by=accountant.user,
    )
    client = Client()
    client.force_login(accountant.user)
    let_in(page.context, client, live_server.url)

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.context.on("request", lambda request: asked.add(request))
    page.context.on("requestfinished", lambda request: asked.discard(request))
    page.context.on("requestfailed", lambda request: asked.discard(request))
    desk = Desk(page, accountant, str(live_server.url), said, asked)
    yield desk
    desk.wait()


@pytest.mark.daily
def test_a_row_is_typed_whole_with_the_keyboard_alone(desk: Desk) -> None:
    sheet = desk.open("basic")
    sheet.cell(1, "function").focus()
    sheet.page.keyboard.insert_text("行政运行")
    expect(sheet.page.locator("#entry-codes")).to_be_visible()
    sheet.press("Tab")
    assert sheet.text(1, "function") == "2010301"
    sheet.type("30101")
    sheet.press("Tab")
    while sheet.at()[1] != "amount":
        sheet.press("Tab")
    sheet.page.keyboard.insert_text("１．５万")
    sheet.press("Enter")
    sheet.state("saved")
    desk.wait()
    [line] = SpendingLine.objects.all()
    assert (line.function, line.economic) == ("2010301", "30101")
    assert line.amount == Decimal("15000.00")
    assert sheet.text(1, "amount") == "15,000.00"
    assert sheet.total("amount") == "15,000.00"
    assert sheet.at() == (2, "function")
    assert desk.said == []


def test_a_row_that_is_not_whole_waits_and_says_what_it_lacks(desk: Desk) -> None:
    sheet = desk.open("basic")
    sheet.cell(1, "amount").click()
    sheet.type("12x")
    sheet.press("Enter")
    sheet.state("saved")
    desk.wait()
    assert PendingRow.objects.get().cells["amount"] == "12x"
    row = sheet.page.locator("tbody tr[data-row]").first
    expect(row).to_have_class("pending")
    expect(sheet.message(1, "amount")).to_contain_text("不是金额")
    expect(sheet.message(1, "function")).to_contain_text("请填写功能科目")
    sheet.cell(1, "function").click()
    sheet.type("2010301")
    sheet.press("Enter")
    sheet.cell(1, "economic").click()
    sheet.type("30101")
    sheet.press("Enter")
    sheet.cell(1, "amount").click()
    sheet.type("12")
    sheet.press("Enter")
    sheet.state("saved")
    desk.wait()
    assert PendingRow.objects.count() == 0
    assert SpendingLine.objects.get().amount == Decimal("12.00")
    expect(row).not_to_have_class("pending")
    expect(row.locator(".cell-message")).to_have_count(0)


def test_a_waiting_row_that_is_emptied_can_be_typed_anew(desk: Desk) -> None:
    sheet = desk.open("basic")
    sheet.cell(1, "amount").click()
    sheet.type("12")
    sheet.press("Enter")
    sheet.state("saved")
    sheet.press("ArrowUp", "Delete")
    sheet.state("saved")
    desk.wait()
    assert PendingRow.objects.count() == 0
    sheet.type("13")
    sheet.press("Enter")
    sheet.state("saved")
    desk.wait()
    assert PendingRow.objects.get().cells["amount"] == "13.00"
    expect(sheet.message(1, "amount")).to_have_count(0)


def test_a_row_is_deleted_and_comes_back_with_one_key(desk: Desk) -> None:
    line = {"function": "2010301", "economic": "30101", "amount": "1,561.09"}
    desk.accountant.new("basic", **line)
    sheet = desk.open("basic")
    sheet.cell(1, "amount").click()
    sheet.page.get_by_role("button", name="删除第1行").click()
    sheet.state("saved")
    desk.wait()
    assert SpendingLine.objects.count() == 0
    sheet.press("Control+z")
    sheet.state("saved")
    desk.wait()
    [stored] = SpendingLine.objects.all()
    assert stored.amount == Decimal("1561.09")
    assert sheet.text(1, "function") == "2010301"


def test_two_people_at_one_cell_both_see_it(desk: Desk) -> None:
    line = {"function": "2010301", "economic": "30101", "amount": "1.00"}
    desk.accountant.new("basic", **line)
    sheet = desk.open("basic")
    other = sheet.another()
    other.cell(1, "amount").click()
    other.type("2")
    other.press("Enter")
    other.state("saved")
    sheet.cell(1, "amount").click()
    sheet.type("3")
    sheet.press("Enter")
    sheet.state("conflict")
    message = sheet.message(1, "amount")
    expect(message).to_contain_text("填的 2.00")
    message.get_by_role("button", name="用我的").click()
    sheet.state("saved")
    desk.wait()
    assert SpendingLine.objects.get().amount == Decimal("3.00")


def test_a_block_from_excel_is_shown_then_saved_then_taken_back_with_one_key(desk: Desk) -> None:
    desk.accountant.new("basic", function="2010301", economic="30101", amount="1.00")
    sheet = desk.open("basic")
    sheet.cell(2, "function").click()
    sheet.paste("2010301\t30102\t1,561.09\r\n2010301\t30201\t88\r\n2010301\t30217\t十二\r\n")
    dialog = sheet.page.get_by_role("dialog", name="粘贴预览")
    expect(dialog).to_contain_text("1,561.09")
    desk.wait()
    assert SpendingLine.objects.count() == 1
    dialog.get_by_role("button", name="确认保存").click()
    expect(dialog).to_be_hidden()
    desk.wait()
    amounts = SpendingLine.objects.order_by("economic").values_list("economic", "amount")
    assert list(amounts) == [
        ("30101", Decimal("1.00")),
        ("30102", Decimal("1561.09")),
        ("30201", Decimal("88.00")),
    ]
    assert sheet.column("amount")[:3] == ["1.00", "1,561.09", "88.00"]
    sheet.press("Control+z")
    sheet.state("saved")
    desk.wait()
    assert list(SpendingLine.objects.values_list("economic", flat=True)) == ["30101"]
    assert desk.said == []


@pytest.mark.parametrize("sheet", ["about", "revenue", "basic", "projects"])
@pytest.mark.parametrize("width", [360, pytest.param(1440, marks=pytest.mark.long)])
def test_the_pages_never_scroll_sideways_and_axe_finds_nothing(
    desk: Desk, sheet: str, width: int
) -> None:
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.open(sheet)
    assert desk.page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert desk.said == []
    session = desk.page.context.new_cdp_session(desk.page)
    session.send("Page.setBypassCSP", {"enabled": True})
    desk.open(sheet)
    found = Axe().run(desk.page).response["violations"]
    assert [(each["id"], each["impact"], len(each["nodes"])) for each in found] == []
