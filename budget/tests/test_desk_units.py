"""A department's units over HTTP: taken in, handed back with a reason, and added up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.models import (
    AuditEntry,
    BudgetUnit,
    BudgetYear,
    DepartmentBudget,
    SpendingLine,
    UnitBudget,
    UnitVerdict,
)
from budget.roles import Role
from budget.sheets.verdicts import verdicts
from budget.terms import State
from budget.tests.filling import Accountant, code_lists
from budget.tests.people import signed_in, someone_with
from budget.tests.plainly import plain
from budget.tests.stored import YEAR, a_budget, a_line, a_unit, passed_on

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
UNITS = f"/review/801/{YEAR}/units/"
SUMS = f"/review/801/{YEAR}/consolidation/"


@pytest.fixture
def budget() -> DepartmentBudget:
    """The head unit with 100 元 and 30 元 that it gives to a school, which has 50 of its own."""
    code_lists()
    head, school = a_unit(is_head=True), a_unit("801002", name="某校")
    budget = a_budget(head, school)
    BudgetYear.objects.update(edition="changsha-2023")
    a_line(budget, head)
    a_line(budget, school, amount=Decimal(50))
    passed_on(budget, head, school, Decimal(30), sequence=2)
    UnitBudget.objects.filter(unit=school).update(complete=True)
    return budget


@pytest.fixture
def finance() -> Client:
    return signed_in(someone_with(Role.DEPARTMENT_FINANCE, "801"))


def decide(client: Client, act: str, code: str = "801002", **said: str) -> str:
    answer = client.post(f"/entry/{code}/{YEAR}/{act}/", said, follow=True)
    assert answer.status_code == 200
    return plain(answer)


@pytest.mark.usefixtures("budget")
def test_the_list_says_how_far_each_unit_is_and_what_it_comes_to(finance: Client) -> None:
    page = plain(finance.get(UNITS))
    assert "单位 2 填报完成 1 已接收 0" in page
    assert "801001 单位801001 填报中 2笔 130.00 130.00" in page
    assert "801002 某校 ✓ 填报完成 2笔 80.00 80.00" in page
    # 130 + 80 = 210, of which 30 went from the one to the other.
    assert "收入总计 210.00 30.00 180.00" in page
    assert "支出总计 210.00 30.00 180.00" in page


@pytest.mark.usefixtures("budget")
def test_a_unit_that_is_complete_is_taken_in_once(finance: Client) -> None:
    assert "已接收某校的预算" in decide(finance, "accept")
    page = decide(finance, "accept")
    assert "已接收 1" in page
    assert "✓ 已接收（姓名department_finance-801，" in page
    assert UnitVerdict.objects.count() == 1
    assert AuditEntry.objects.filter(act="budget.accept_unit", subject=f"801002/{YEAR}").exists()


@pytest.mark.usefixtures("budget")
def test_a_unit_that_is_not_complete_is_not_taken_in(finance: Client) -> None:
    assert "还没有确认填报完成，不能接收" in decide(finance, "accept", "801001")
    assert not UnitVerdict.objects.exists()


@pytest.mark.usefixtures("budget")
def test_a_unit_is_handed_back_and_its_accountant_sees_why(finance: Client) -> None:
    page = decide(finance, "return", reason="工资标准没有更新")
    assert "已退回某校继续填报" in page
    assert "已退回：工资标准没有更新" in page
    assert not UnitBudget.objects.get(unit__code="801002").complete
    accountant = signed_in(someone_with(Role.COMPILER, "801002"))
    assert "工资标准没有更新" in plain(accountant.get(f"/entry/801002/{YEAR}/"))
    [entry] = AuditEntry.objects.filter(act="budget.return_unit")
    assert entry.detail == {"reason": "工资标准没有更新"}


@pytest.mark.usefixtures("budget")
def test_nothing_is_handed_back_without_a_reason(finance: Client) -> None:
    assert "没有退回某校：请写明退回的理由" in decide(finance, "return", reason="  ")
    assert UnitBudget.objects.get(unit__code="801002").complete


def test_what_was_typed_after_taking_in_is_not_taken_in(
    budget: DepartmentBudget, finance: Client
) -> None:
    school = BudgetUnit.objects.get(code="801002")
    decide(finance, "accept")
    assert verdicts(budget)[school.pk].holds
    line = SpendingLine.objects.get(unit=school, sequence=1)
    Accountant(budget, school).type("basic", str(line.pk), amount=("50.00", "60"))
    assert not verdicts(budget)[school.pk].holds
    assert "接收后又有改动" in plain(finance.get(UNITS))


@pytest.mark.usefixtures("budget")
@pytest.mark.parametrize("role", [Role.HEAD, Role.COMPILER])
def test_others_see_the_units_at_most(role: Role) -> None:
    one = signed_in(someone_with(role, "801" if role is Role.HEAD else "801002"))
    answer = one.post(f"/entry/801002/{YEAR}/accept/")
    assert answer.status_code == 403
    assert one.get(UNITS).status_code == (200 if role is Role.HEAD else 404)
    assert not UnitVerdict.objects.exists()


def test_nothing_is_decided_once_the_budget_was_submitted(
    budget: DepartmentBudget, finance: Client
) -> None:
    DepartmentBudget.objects.filter(pk=budget.pk).update(state=State.SUBMITTED)
    assert finance.post(f"/entry/801002/{YEAR}/return/", {"reason": "迟了"}).status_code == 409
    assert "退回某校" not in plain(finance.get(UNITS))


@pytest.mark.usefixtures("budget")
def test_the_rules_are_asked_of_each_unit_on_demand(finance: Client) -> None:
    assert "错误" not in plain(finance.get(UNITS))
    assert "错误" in plain(finance.get(f"{UNITS}?check=1"))


def test_the_number_of_queries_does_not_grow_with_the_units(
    budget: DepartmentBudget, finance: Client
) -> None:
    finance.get(UNITS)
    with CaptureQueriesContext(
        connection,
    ) as few:
        finance.get(f"{UNITS}?check=1")
    for number in range(3, 8):
        unit = a_unit(f"80100{number}")
        UnitBudget.objects.create(budget=budget, unit=unit)
        a_line(budget, unit)
    with CaptureQueriesContext(connection) as many:
        finance.get(f"{UNITS}?check=1")
    assert len(many) == len(few)


@pytest.mark.usefixtures("budget")
def test_the_departments_table_is_reconciled_with_its_units(finance: Client) -> None:
    page = plain(finance.get(f"{SUMS}?table=spending"))
    assert "共 2 笔，往来金额 30.00 元" in page
    assert "单位801001 对附属单位补助支出 拨付给某校" in page
    assert "某校 上级补助收入 取得自单位801001" in page
    # Each unit says what it spends: 100 + 30 and 50 + 30; the department 100 + 50 + 30.
    assert "合计 总计 210.00 30.00 180.00" in page
    assert "合计 对附属单位补助支出 30.00 30.00 0.00" in page
    assert "✓ 每个数字都对得上" in page


@pytest.mark.usefixtures("budget")
def test_there_is_no_list_of_units_of_a_unit_and_no_table_of_no_name(finance: Client) -> None:
    assert finance.get(f"/review/801001/{YEAR}/units/").status_code == 404
    assert finance.get(f"/review/801001/{YEAR}/consolidation/").status_code == 404
    assert finance.get(f"{SUMS}?table=nothing").status_code == 404
