"""One budget for review over HTTP: opened on what changed, against the right moment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from budget.actions import Action
from budget.desk.bases import bases
from budget.judging import freeze_version
from budget.models import (
    DepartmentBudget,
    PriorFigure,
    Remark,
    RuleSetting,
    SpendingLine,
    StepTaken,
    UnitBudget,
)
from budget.roles import Role
from budget.terms import State
from budget.tests.filling import Accountant, an_accountant
from budget.tests.people import a_person, signed_in, someone_with
from budget.tests.plainly import plain
from budget.tests.stored import YEAR, a_budget, a_line, a_unit, moved, past_the_lock

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]
REVIEW = f"/review/801/{YEAR}/"


def kept(
    budget: DepartmentBudget, action: Action = Action.SIGN, end: State = State.SIGNED
) -> StepTaken:
    """Keep a budget as it is now, as a step does."""
    return StepTaken.objects.create(
        budget=budget,
        action=action,
        start=State.SUBMITTED,
        end=end,
        by=a_person(f"signer{StepTaken.objects.count()}"),
        revision=budget.revision,
        snapshot=freeze_version(budget),
    )


@pytest.fixture
def typed() -> Accountant:
    """A department of one unit with 100 元 of wages, in first review."""
    made = an_accountant(state=State.SIGNED)
    assert made.unit is not None
    a_line(made.budget, made.unit)
    return made


@pytest.fixture
def division() -> Client:
    return signed_in(someone_with(Role.DIVISION_REVIEWER, "801"))


def seen(client: Client, address: str = REVIEW) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return plain(answer)


def test_a_first_sending_has_nothing_to_be_compared_with(
    typed: Accountant, request: pytest.FixtureRequest
) -> None:
    kept(typed.budget)
    page = seen(request.getfixturevalue("division"))
    assert "内容与留存的各次完全相同，没有变动" in page


def test_a_budget_that_was_sent_again_is_compared_with_the_sending_before(
    typed: Accountant, request: pytest.FixtureRequest
) -> None:
    kept(typed.budget)
    SpendingLine.objects.update(amount=Decimal("160.00"))
    assert typed.unit is not None
    a_line(typed.budget, typed.unit, sequence=2, economic="30201", upkeep="operating", amount=25)
    Remark.objects.create(budget=typed.budget, unit=None, key="mandate", text="负责新的工作")
    kept(typed.budget)
    page = seen(request.getfixturevalue("division"))
    # 100 → 160 元: 60 元 more, 60 %; 25 元 of 办公费 are new; together 85 元 more.
    assert "调增 85.00" in page
    assert "净增减 +85.00" in page
    assert page.index("30101 基本工资") < page.index("30201 办公费")
    assert "100.00 160.00 +60.00 +60.00%" in page
    assert "— 25.00 +25.00 —" in page
    assert "负责新的工作" in page


def test_a_draft_is_compared_with_what_was_sent_last(typed: Accountant) -> None:
    kept(typed.budget)
    SpendingLine.objects.update(amount=Decimal("90.00"))
    DepartmentBudget.objects.update(state=State.DRAFT)
    page = seen(signed_in(someone_with(Role.HEAD, "801")))
    assert "调减 10.00" in page
    assert "100.00 90.00 -10.00 -10.00%" in page


def test_a_change_leads_to_the_very_cell_of_the_sheet(
    typed: Accountant, request: pytest.FixtureRequest
) -> None:
    kept(typed.budget)
    SpendingLine.objects.update(amount=Decimal("90000.00"))
    line = SpendingLine.objects.get()
    page = request.getfixturevalue("division").get(REVIEW).content.decode()
    assert f'href="/entry/801001/{YEAR}/basic/#row-{line.pk}-amount"' in page
    assert f'href="/entry/801/{YEAR}/preview/?show=summary#summary/' in page


def test_last_year_is_the_approved_budget_of_the_same_department(
    typed: Accountant, request: pytest.FixtureRequest
) -> None:
    assert typed.unit is not None
    before = a_budget(typed.unit, year=YEAR - 1, approved_on=date(2029, 2, 1))
    before.year.edition = "changsha-2023"
    before.year.save()
    a_line(before, typed.unit, amount=Decimal("80.00"))
    moved(before, State.APPROVED)
    PriorFigure.objects.create(
        budget=typed.budget, measure="revenue_total", amount=80, precision=1, origin="上年批复"
    )
    page = seen(request.getfixturevalue("division"), f"{REVIEW}?since=year")
    # 80 元 last year, 100 元 now: 20 / 80 = 25 %
    assert "80.00 100.00 +20.00 +25.00%" in page
    assert "收入总计 上年批复" in page


def test_an_approval_that_was_revoked_is_not_last_years(
    typed: Accountant, request: pytest.FixtureRequest
) -> None:
    assert typed.unit is not None
    before = a_budget(typed.unit, year=YEAR - 1, approved_on=date(2029, 2, 1))
    before.year.edition = "changsha-2023"
    before.year.save()
    line = a_line(before, typed.unit, amount=Decimal("80.00"))
    an_approval(moved(before, State.APPROVED))
    again = DepartmentBudget.objects.create(
        department=before.department, year=before.year, version=2, copied_from=before
    )
    UnitBudget.objects.create(budget=again, unit=typed.unit)
    a_line(again, typed.unit, amount=Decimal("95.00"))
    an_approval(again)
    # 95 元 were approved of a correction and revoked; the 80 元 of the version before hold.
    with past_the_lock(before):
        SpendingLine.objects.filter(pk=line.pk).update(amount=Decimal("81.00"))
    assert "80.00 100.00 +20.00" in seen(
        request.getfixturevalue("division"), f"{REVIEW}?since=year"
    )
    DepartmentBudget.objects.filter(pk=again.pk).update(state=State.VOID)
    assert "80.00 100.00 +20.00" in seen(
        request.getfixturevalue("division"), f"{REVIEW}?since=year"
    )


def an_approval(budget: DepartmentBudget) -> None:
    """Keep a budget as it is approved now."""
    taken = kept(DepartmentBudget.objects.get(pk=budget.pk), Action.APPROVE, State.APPROVED)
    assert taken.snapshot is not None


def test_what_was_sent_of_a_correction_that_was_given_up_is_no_basis(typed: Accountant) -> None:
    first = kept(typed.budget)
    again = DepartmentBudget.objects.create(
        department=typed.budget.department, year=typed.budget.year, version=2
    )
    assert typed.unit is not None
    UnitBudget.objects.create(budget=again, unit=typed.unit)
    a_line(again, typed.unit, amount=Decimal("7.00"))
    second = kept(DepartmentBudget.objects.get(pk=again.pk))
    words = [f"step-{second.pk}", f"step-{first.pk}"]
    assert [each.word for each in bases(typed.budget)] == words
    DepartmentBudget.objects.filter(pk=again.pk).update(state=State.VOID)
    assert [each.word for each in bases(typed.budget)] == words[1:]


def test_a_budget_that_is_not_approved_is_no_basis(typed: Accountant) -> None:
    assert typed.unit is not None
    a_budget(typed.unit, year=YEAR - 1, state=State.DRAFT)
    assert bases(typed.budget) == []


def test_another_departments_moments_are_never_a_basis(typed: Accountant) -> None:
    other = a_budget(a_unit("802001", is_head=True))
    other.year.edition = "changsha-2023"
    kept(DepartmentBudget.objects.get(pk=other.pk))
    assert bases(typed.budget) == []


def test_a_unit_that_took_no_part_then_is_told_to_be_new(typed: Accountant) -> None:
    kept(typed.budget)
    second = a_unit("801002")
    UnitBudget.objects.create(budget=typed.budget, unit=second)
    page = seen(signed_in(someone_with(Role.HEAD, "801")), f"/review/801002/{YEAR}/")
    assert "中没有这个单位，全部内容都是新的" in page


def test_findings_and_their_reasons_stand_beside(typed: Accountant) -> None:
    page = seen(signed_in(someone_with(Role.HEAD, "801")))
    assert "错误 " in page
    assert "看全部核对结果" in page
    # 预算科 sees the budget in first review, but checks it only afterwards.
    assert "看全部核对结果" not in seen(signed_in(someone_with(Role.BUDGET_REVIEWER)))


@pytest.mark.parametrize("asked", ["show=nothing", "since=step-999"])
def test_what_there_is_not_is_not_found(typed: Accountant, asked: str) -> None:
    head = signed_in(someone_with(Role.HEAD, "801"))
    assert head.get(f"{REVIEW}?{asked}").status_code == 404


def test_a_table_and_the_text_can_be_read_beside_the_findings(typed: Accountant) -> None:
    head = signed_in(someone_with(Role.HEAD, "801"))
    assert "基本支出" in seen(head, f"{REVIEW}?show=spending")
    assert "收入预算" in seen(head, f"{REVIEW}?show=text")


def test_why_nothing_can_be_checked_is_said(
    typed: Accountant, request: pytest.FixtureRequest
) -> None:
    RuleSetting.objects.create(year=typed.budget.year, name="XYZ999", value="off")
    page = seen(request.getfixturevalue("division"))
    assert "现在无法核对：没有编号为 XYZ999 的规则" in page
