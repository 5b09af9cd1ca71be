"""A workbook uploaded and a block pasted without scripts, in a real Chromium."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from budget.models import Grant, SpendingLine
from budget.roles import Role
from budget.tests.entry_workbooks import edited, put
from budget.tests.filling import Accountant, an_accountant
from budget.tests.pasting import block
from budget.tests.windows import let_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass
class Visit:
    """A browser in which the accountant is signed in, and what it complains of."""

    page: Page
    accountant: Accountant
    address: str
    said: list[str]

    def go(self, path: str) -> None:
        """Open a page of the accountant's part."""
        self.page.goto(f"{self.address}/entry/801001/2030/{path}")

    def look(self, width: int, name: str) -> None:
        """Hold a page to its width and to axe; keep a picture where SCREENSHOTS says."""
        assert self.page.evaluate("document.scrollingElement.scrollWidth") <= width
        found = Axe().run(self.page).response["violations"]
        assert [(each["id"], each["impact"], len(each["nodes"])) for each in found] == []
        if "SCREENSHOTS" in os.environ:
            self.page.screenshot(path=f"{os.environ['SCREENSHOTS']}/{name}.png", full_page=True)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def visit(
    browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest
) -> Iterator[Visit]:
    accountant, said = an_accountant(), list[str]()
    accountant.new("basic", function="2010301", economic="30101", amount="5")
    Grant.objects.create(user=accountant.user, role=Role.COMPILER, unit=accountant.unit)
    client = Client()
    client.force_login(accountant.user)
    context = browser.new_context(
        locale="zh-CN", java_script_enabled=request.param, accept_downloads=True
    )
    let_in(context, client, live_server.url)

    def hear(message: ConsoleMessage) -> None:
        said.append(message.text)

    page = context.new_page()
    page.on("console", hear)
    yield Visit(page, accountant, str(live_server.url), said)
    context.close()


def test_a_workbook_is_downloaded_changed_uploaded_and_taken_back(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit.page
    visit.go("workbook/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="下载（含已填内容）").click()
    assert waiting.value.suggested_filename == "801001 单位801001 2030年预算填报（已填）.xlsx"
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    new = put("basic", 2, function="办公费", economic="30201", amount="１２")
    good = put("basic", 3, function="2010302", economic="30201", amount="12万")
    file.write_bytes(edited(file.read_bytes(), put("basic", 1, amount=7), new, good))
    page.set_input_files("#file", file)
    page.get_by_role("button", name="上传并核对").click()
    told = page.locator(".plan-sheet")
    expect(told.locator("tr.plan-changed")).to_contain_text("5.00 7.00")
    expect(told.locator("tr.plan-rejected")).to_contain_text("没有这个名称的科目")
    expect(told.locator("tr.plan-new")).to_contain_text("120,000.00")
    page.get_by_role("button", name="确认保存（新增1行、改动1行）").click()
    expect(page.get_by_role("heading", name="已导入", level=1)).to_be_visible()
    amounts = SpendingLine.objects.order_by("pk").values_list("amount", flat=True)
    assert list(amounts) == [Decimal(7), Decimal(120000)]
    page.get_by_role("button", name="撤销本次导入").click()
    expect(page.get_by_text("已撤销")).to_be_visible()
    assert [line.amount for line in SpendingLine.objects.all()] == [Decimal(5)]
    assert visit.said == []


def test_a_block_is_pasted_into_a_box(visit: Visit) -> None:
    page = visit.page
    visit.go("basic/paste/")
    page.get_by_label("粘贴的内容").fill(
        block("功能科目|经济科目|金额（万元）", "2010302|办公费|1.5")
    )
    page.get_by_role("button", name="核对").click()
    page.get_by_role("button", name="确认保存（新增1行）").click()
    expect(page.get_by_text("已粘贴：新增1行")).to_be_visible()
    page.get_by_role("link", name="撤销").click()
    page.get_by_role("button", name="撤销这一批").click()
    expect(page.get_by_text("已撤销")).to_be_visible()
    assert SpendingLine.objects.count() == 1


@pytest.mark.parametrize("visit", [True], indirect=True)
def test_a_thousand_rows_of_six_are_shown_soon(visit: Visit) -> None:
    """Two seconds are promised; tests share their cores, so the time is printed too."""
    page = visit.page
    visit.go("basic/")
    page.locator('tr[data-row^="new:"] .cell').first.click()
    line = "2010301\t30101\t{}.05\t人员经费\t一般公共预算拨款\t"
    text = "\r\n".join(line.format(number) for number in range(1, 1001))
    begun = time.perf_counter()
    page.evaluate(
        "(text) => { const data = new DataTransfer(); data.setData('text/plain', text);"
        " document.activeElement.dispatchEvent(new ClipboardEvent('paste',"
        " {clipboardData: data, bubbles: true, cancelable: true})) }",
        text,
    )
    dialog = page.get_by_role("dialog", name="粘贴预览")
    # One of the thousand is there already, with another amount.
    expect(dialog).to_contain_text("新增999行、改动1行", timeout=20_000)
    took = time.perf_counter() - begun
    print(f"1,000 × 6 pasted and shown in {took:.2f} s")
    assert took < 8
    assert visit.said == []


@pytest.mark.parametrize("visit", [True], indirect=True)  # axe is a script
@pytest.mark.parametrize("width", [360, 1440])
def test_the_pages_never_scroll_sideways_and_axe_finds_nothing(visit: Visit, width: int) -> None:
    page = visit.page
    page.set_viewport_size({"width": width, "height": 800})
    # The policy keeps axe out too; it is let in for this test alone.
    page.context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
    lines = ("2010301|30101|7", "2010302|30101|十二", "2010301|30201|", "2010301|30217|1")
    visit.go("workbook/")
    visit.look(width, f"workbook-{width}")
    visit.go("basic/paste/")
    visit.look(width, f"paste-{width}")
    page.get_by_label("粘贴的内容").fill(block(*lines))
    page.get_by_role("button", name="核对").click()
    expect(page.locator("tr.plan-rejected")).to_have_count(2)
    visit.look(width, f"plan-{width}")
