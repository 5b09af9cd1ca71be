"""The review desk in a real browser: nothing sticks out, nothing is inaccessible, on any screen."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from budget.actions import Action
from budget.judging import freeze_version
from budget.models import DepartmentBudget, Remark, SpendingLine, StepTaken, UnitBudget
from budget.roles import Role
from budget.terms import State, UnitType
from budget.tests.people import a_grant, a_person, signed_in, someone_with
from budget.tests.stored import a_unit, passed_on
from budget.tests.storing_samples import stored_sample
from budget.tests.windows import let_in, look_at

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/review/157/2023/",
    "/review/157/2023/?show=spending",
    "/review/157/2023/units/?check=1",
    "/review/157/2023/consolidation/?table=spending",
    "/review/sums/?go=1&year=2023&table=general-public-spending",
    "/flow/",
    "/flow/157/2023/",
)


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
    let_in(page.context, signed_in(user), live_server.url)
    return str(live_server.url)


def test_the_desk_is_right_on_every_screen(page: Page, site: str) -> None:
    look_at(page, site, PAGES)


def test_a_unit_is_handed_back_by_hand(page: Page, site: str) -> None:
    page.goto(f"{site}/review/157/2023/units/")
    page.locator("#unit-157002 summary").click()
    page.get_by_label("退回某某服务中心的理由（单位会计看得到）").fill("工资没有按新标准")
    page.get_by_role("button", name="退回某某服务中心").click()
    page.wait_for_url("**/review/157/2023/units/")
    assert "已退回：工资没有按新标准" in page.locator("#unit-157002").inner_text()
