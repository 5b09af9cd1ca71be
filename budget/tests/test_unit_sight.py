"""What the accountant of one unit sees of the department's budget: his own part of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from budget.models import BudgetYear, Ceiling, DepartmentBudget, UnitBudget, UnitVerdict
from budget.roles import Role
from budget.terms import CeilingKind, Source, State
from budget.tests.filling import code_lists
from budget.tests.people import signed_in, someone_with
from budget.tests.plainly import plain
from budget.tests.stored import YEAR, a_budget, a_line, a_unit

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
OWN = f"/flow/801002/{YEAR}/"


@pytest.fixture
def budget() -> DepartmentBudget:
    """A head unit and a school, with ceilings for the whole and for each."""
    code_lists()
    head, school = a_unit(is_head=True), a_unit("801002", name="某校")
    budget = a_budget(head, school)
    BudgetYear.objects.update(edition="changsha-2023")
    a_line(budget, head, amount=Decimal("4440"))
    a_line(budget, school, amount=Decimal(50))
    for unit, amount in ((None, "5550000"), (head, "1110000"), (school, "2220000")):
        Ceiling.objects.create(
            budget=budget,
            unit=unit,
            source=Source.GENERAL_PUBLIC,
            kind=CeilingKind.PERSONNEL,
            project="",
            amount=Decimal(amount),
        )
    return budget


@pytest.fixture
def school(budget: DepartmentBudget) -> Client:
    return signed_in(someone_with(Role.COMPILER, "801002", "school"))


def test_a_unit_sees_its_own_ceilings_and_nobody_else_s(school: Client) -> None:
    page = plain(school.get(OWN))
    assert "2,220,000.00" in page
    for others in ("1,110,000.00", "5,550,000.00", "4,440.00"):
        assert others not in page


def test_the_department_sees_all_ceilings(budget: DepartmentBudget) -> None:
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "801", "finance"))
    page = plain(finance.get(f"/flow/801/{YEAR}/"))
    for amount in ("5,550,000.00", "1,110,000.00", "2,220,000.00"):
        assert amount in page


def test_the_history_tells_a_unit_of_its_own_part_and_not_of_others(
    budget: DepartmentBudget, school: Client
) -> None:
    finance = someone_with(Role.DEPARTMENT_FINANCE, "801", "finance")
    for part, reason in (("801001", "会议费过高"), ("801002", "少了取暖费")):
        unit = budget.unit_budgets.get(unit__code=part).unit
        UnitVerdict.objects.create(
            budget=budget, unit=unit, accepted=False, reason=reason, by=finance
        )
    own = plain(school.get(OWN))
    assert "姓名finance退回了某校的填报：少了取暖费。" in own
    assert "会议费过高" not in own
    whole = plain(signed_in(finance).get(f"/flow/801/{YEAR}/"))
    assert "会议费过高" in whole
    assert "少了取暖费" in whole


def test_a_unit_s_part_waits_on_its_accountant_s_desk_until_it_is_complete(
    budget: DepartmentBudget, school: Client
) -> None:
    desk = plain(school.get("/flow/"))
    assert "801002 某校" in desk
    assert "确认本单位填报完成" in desk
    assert "801001" not in desk
    part = UnitBudget.objects.filter(budget=budget, unit__code="801002")
    part.update(complete=True)
    assert "801002" not in plain(school.get("/flow/"))
    part.update(complete=False)
    UnitVerdict.objects.create(
        budget=budget,
        unit=part.get().unit,
        accepted=False,
        reason="少了取暖费",
        by=someone_with(Role.DEPARTMENT_FINANCE, "801", "finance"),
    )
    assert "主管部门退回：少了取暖费" in plain(school.get("/flow/"))
    DepartmentBudget.objects.update(state=State.SUBMITTED)
    assert "801002" not in plain(school.get("/flow/"))
