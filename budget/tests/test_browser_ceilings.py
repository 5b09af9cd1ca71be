"""The pages of ceilings and granted amounts in a browser: both widths, policy, accessibility."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from budget.models import DepartmentBudget, SpendingLine
from budget.roles import Role
from budget.terms import Round, State
from budget.tests.clean import CODE, UNIT_CODE, YEAR, a_clean_budget
from budget.tests.people import signed_in, someone_with
from budget.tests.windows import HEAR, NARROW, WIDE, let_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

YEARS = f"/bureau/years/{YEAR}/ceilings/"
BLOCK = (
    "编码\t资金来源\t类别\t控制数（万元）\n"
    f"{CODE}\t一般公共预算拨款\t人员经费\t110\n"
    f"{CODE}\t一般公共预算拨款\t公用经费\t15\n"
    f"{CODE}\t一般公共预算拨款\t公务\t1\n"
)


@pytest.fixture
def budget() -> DepartmentBudget:
    return a_clean_budget()


def page_of(browser: Browser, live_server: LiveServer, size: Any, role: Role, code: str) -> Page:
    context = browser.new_context(viewport=size)
    context.add_init_script(HEAR)
    client = signed_in(someone_with(role, code, f"{role.value}{size['width']}"))
    let_in(context, client, live_server.url)
    return context.new_page()


def looked_at(page: Page, address: str) -> None:
    """Open a page: nothing of it runs out sideways, breaks the policy or bars anybody."""
    page.goto(address)
    sound(page)


def sound(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.evaluate("window.broken") == []
    serious = [
        each["id"]
        for each in Axe().run(page).response["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == [], page.url


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
def test_ceilings_are_pasted_seen_while_typing_and_amounts_granted(
    size: Any, browser: Browser, live_server: LiveServer, budget: DepartmentBudget
) -> None:
    bureau = page_of(browser, live_server, size, Role.BUDGET_REVIEWER, "")
    looked_at(bureau, f"{live_server.url}{YEARS}import/")
    bureau.get_by_label("从 Excel、WPS 复制一块，粘贴到这里").fill(BLOCK)
    bureau.get_by_role("button", name="核对").click()
    sound(bureau)
    bureau.get_by_role("button", name="确认保存").click()
    sound(bureau)
    looked_at(bureau, f"{live_server.url}{YEARS}{CODE}/")

    typist = page_of(browser, live_server, size, Role.COMPILER, UNIT_CODE)
    looked_at(typist, f"{live_server.url}/entry/{UNIT_CODE}/{YEAR}/basic/")
    line = SpendingLine.objects.get(economic="30201")
    running = typist.locator('[data-ceiling="whole|general_public|operating|"]')
    assert running.get_by_text("超出").is_visible()
    cell = typist.locator(f"#row-{line.pk}-amount")
    cell.fill("149000")
    cell.press("Enter")
    typist.locator('[data-ceiling]:has-text("1,000.00")').wait_for()
    assert not running.get_by_text("超出").is_visible()
    sound(typist)
    DepartmentBudget.objects.update(round=Round.FIRST_SUBMISSION)
    looked_at(typist, f"{live_server.url}/entry/{CODE}/{YEAR}/ceilings/")

    DepartmentBudget.objects.update(state=State.REVIEWED)
    looked_at(bureau, f"{live_server.url}/flow/{CODE}/{YEAR}/")
    looked_at(bureau, f"{live_server.url}/flow/{CODE}/{YEAR}/amounts/")
    row = bureau.get_by_role("row", name="2010301 行政运行　30201").first
    row.get_by_label("核定数").fill("14万")
    row.get_by_label("理由").fill("压减一般性支出")
    bureau.get_by_role("button", name="保存核定数").click()
    bureau.get_by_text("已核定1笔。").wait_for()
    sound(bureau)
    for page in (typist, bureau):
        page.wait_for_load_state("networkidle")
        page.context.close()
