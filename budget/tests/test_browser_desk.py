"""The review desk in a real browser: nothing sticks out, nothing is inaccessible, on any screen."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import ConsoleMessage, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from budget.actions import Action
from budget.judging import freeze_version
from budget.models import DepartmentBudget, Remark, SpendingLine, StepTaken, UnitBudget
from budget.roles import Role
from budget.terms import State, UnitType
from budget.tests.people import a_grant, a_person, signed_in, someone_with
from budget.tests.stored import a_unit, passed_on
from budget.tests.storing_samples import stored_sample

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

NARROW = ViewportSize(width=360, height=740)
WIDE = ViewportSize(width=1440, height=900)
PAGES = {
    "changes": "/review/157/2023/",
    "table": "/review/157/2023/?show=spending",
    "units": "/review/157/2023/units/?check=1",
    "consolidation": "/review/157/2023/consolidation/?table=spending",
    "sums": "/review/sums/?go=1&year=2023&table=general-public-spending",
    "waiting": "/flow/",
    "budget": "/flow/157/2023/",
}


def a_changed_budget() -> DepartmentBudget:
    """The sample with a second unit that the first supports, changed since it was sent."""
    budget = stored_sample()
    head = budget.unit_budgets.get(unit__code="157001").unit
    school = a_unit("157002", name="某某服务中心", type=UnitType.PUBLIC_SERVICE_ONE)
    UnitBudget.objects.create(budget=budget, unit=school, complete=True)
    step = StepTaken.objects.create(
        budget=budget,
        action=Action.SIGN,
        start=State.SUBMITTED,
        end=State.SIGNED,
        by=a_person("signer"),
        revision=0,
        snapshot=freeze_version(budget),
    )
    assert step.snapshot
    line = SpendingLine.objects.filter(budget=budget, economic="30101").first()
    assert line
    SpendingLine.objects.filter(pk=line.pk).update(amount=line.amount + Decimal(120000))
    last = SpendingLine.objects.filter(budget=budget).order_by("-sequence").first()
    assert last
    SpendingLine.objects.filter(pk=last.pk).update(amount=last.amount - Decimal(30000))
    passed_on(budget, head, school, Decimal(50000), sequence=900)
    Remark.objects.filter(budget=budget, key="revenue_change").update(
        text="新招录人员，并按规定调整基本工资标准"
    )
    return budget


@pytest.fixture
def site(live_server: LiveServer, page: Page) -> str:
    """The address of a site on which the finance office of the department is signed in."""
    a_changed_budget()
    user = someone_with(Role.DEPARTMENT_FINANCE, "157")
    a_grant(user, Role.COMPILER, "157001")
    session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.value, "url": live_server.url}]
    )
    return str(live_server.url)


def test_the_desk_is_right_on_every_screen(page: Page, site: str) -> None:
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("console", note)
    pictures = os.environ.get("PICTURES")
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        for name, path in PAGES.items():
            answer = page.goto(site + path)
            assert answer
            assert answer.status == 200, path
            if pictures:
                file = Path(pictures) / f"{name}-{size['width']}.png"
                page.screenshot(path=file, full_page=True)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], (path, width)
            found = Axe().run(page).response["violations"]
            serious = [each["id"] for each in found if each["impact"] in ("serious", "critical")]
            assert serious == [], (path, serious)
    assert complaints == []


def test_a_unit_is_handed_back_by_hand(page: Page, site: str) -> None:
    page.goto(f"{site}/review/157/2023/units/")
    page.locator("#unit-157002 summary").click()
    page.get_by_label("退回某某服务中心的理由（单位会计看得到）").fill("工资没有按新标准")
    page.get_by_role("button", name="退回某某服务中心").click()
    page.wait_for_url("**/review/157/2023/units/")
    assert "已退回：工资没有按新标准" in page.locator("#unit-157002").inner_text()
