"""Setting and splitting ceilings: who may and when, what is refused, what is kept of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User

from budget.actions import Action
from budget.ceilings import Limit
from budget.load.ceilings import read_standings
from budget.models import (
    AuditEntry,
    BudgetYear,
    Ceiling,
    CeilingChange,
    DepartmentBudget,
    Forbidden,
    OutOfSight,
    WrongState,
    YearRound,
)
from budget.models.permits import WrongRound
from budget.roles import Role
from budget.terms import CeilingKind, Nature, Round, Source, State
from budget.tests.people import REACHING, someone_with
from budget.tests.stored import a_budget, a_line, a_project, a_unit
from budget.workflow.advancing import advance
from budget.workflow.ceilings import (
    NotExplained,
    NotSet,
    Wanted,
    explain_excess,
    set_ceilings,
    split_ceilings,
)
from budget.workflow.holding import ceilings_set, congress, within_ceilings

pytestmark = pytest.mark.django_db

PEOPLE = Limit(Source.GENERAL_PUBLIC, CeilingKind.PERSONNEL)
PROJECTS = Limit(Source.GENERAL_PUBLIC, CeilingKind.PROJECT)


@pytest.fixture
def budget() -> DepartmentBudget:
    """Two units; the first plans 100 元 of wages."""
    one, two = a_unit("801001", is_head=True), a_unit("801002")
    stored = a_budget(one, two)
    a_line(stored, one)
    return stored


@pytest.fixture
def bureau() -> User:
    return someone_with(Role.BUDGET_REVIEWER)


@pytest.fixture
def finance(budget: DepartmentBudget) -> User:
    return someone_with(Role.DEPARTMENT_FINANCE, "801")


def wanted(now: str | None, was: str | None = None, unit: str | None = None, **more: Any) -> Wanted:
    def read(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    return Wanted(unit, more.get("limit", PEOPLE), read(was), read(now))


def put(budget: DepartmentBudget, **values: Any) -> DepartmentBudget:
    DepartmentBudget.objects.filter(pk=budget.pk).update(**values)
    budget.refresh_from_db()
    return budget


# a16, and the note to it: the budget division sets ceilings while a budget is with its department,
# and after 一上 is reviewed. (round, state) → it may.
MAY = {
    ("first_submission", "open"),
    ("first_submission", "draft"),
    ("first_submission", "reviewed"),
    ("second_submission", "open"),
    ("second_submission", "draft"),
}


@pytest.mark.one_engine
@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
@pytest.mark.parametrize("round", [Round.FIRST_SUBMISSION, Round.SECOND_SUBMISSION])
def test_the_budget_division_alone_sets_ceilings_and_when_it_may(
    budget: DepartmentBudget, state: State, round: Round
) -> None:
    put(budget, state=state, round=round)
    for role, code in REACHING.items():
        person = someone_with(role, code)
        try:
            set_ceilings(budget, [wanted(None)], person)
            outcome = True
        except (WrongState, Forbidden, OutOfSight):
            outcome = False
        allowed = role is Role.BUDGET_REVIEWER and (round.value, state.value) in MAY
        assert outcome == allowed, (role, state, round)


def test_a_ceiling_is_set_revised_with_a_reason_and_taken_back_and_all_is_kept(
    budget: DepartmentBudget, bureau: User
) -> None:
    before = put(budget).revision
    assert set_ceilings(budget, [wanted("500000")], bureau) == 1
    with pytest.raises(NotSet, match="理由最多200个字，现有201个字"):
        set_ceilings(budget, [wanted("450000", "500000")], bureau, reason="压" * 201)
    with pytest.raises(NotSet, match="请写明理由"):
        set_ceilings(budget, [wanted("450000", "500000")], bureau)
    assert set_ceilings(budget, [wanted("450000", "500000")], bureau, reason="压减") == 1
    assert set_ceilings(budget, [wanted(None, "450000")], bureau, reason="撤销") == 1
    assert not Ceiling.objects.exists()
    kept = CeilingChange.objects.order_by("pk").values_list("before", "after", "reason", "by")
    assert list(kept) == [
        (None, Decimal(500000), "", bureau.pk),
        (Decimal(500000), Decimal(450000), "压减", bureau.pk),
        (Decimal(450000), None, "撤销", bureau.pk),
    ]
    assert AuditEntry.objects.filter(act="budget.set_ceiling").count() == 3
    assert put(budget).revision == before + 3
    assert budget.state is State.DRAFT


def test_setting_a_ceiling_does_not_open_the_draft(budget: DepartmentBudget, bureau: User) -> None:
    put(budget, state=State.OPEN)
    set_ceilings(budget, [wanted("1")], bureau)
    assert put(budget).state is State.OPEN


@pytest.mark.parametrize(
    ("each", "why"),
    [
        (wanted("-1"), "不能为负数"),
        (wanted("1", unit="802001"), "没有编码为 802001 的单位"),
        (wanted("1", limit=Limit(Source.OTHER, CeilingKind.PROJECT, "P9")), "没有编码为 P9 的项目"),
        (wanted("1", limit=Limit(Source.OTHER, CeilingKind.PERSONNEL, "P1")), "只有项目支出"),
        (wanted("3", "2"), "其间已有人改为 1.00 元"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_of_it_is_set(
    budget: DepartmentBudget, bureau: User, each: Wanted, why: str
) -> None:
    set_ceilings(budget, [wanted("1")], bureau)
    other = wanted("7", limit=PROJECTS)
    with pytest.raises(NotSet, match=why):
        set_ceilings(budget, [other, each], bureau, reason="理由")
    assert [each.amount for each in Ceiling.objects.all()] == [1]


def test_the_same_ceiling_set_by_two_people_is_set_once(
    budget: DepartmentBudget, bureau: User
) -> None:
    set_ceilings(budget, [wanted("5")], bureau)
    other = someone_with(Role.BUDGET_REVIEWER, username="other")
    assert set_ceilings(budget, [wanted("5")], other) == 0
    assert CeilingChange.objects.count() == 1


def test_a_department_splits_what_it_has_and_no_more(
    budget: DepartmentBudget, bureau: User, finance: User
) -> None:
    set_ceilings(budget, [wanted("100", limit=PROJECTS)], bureau)
    parts = [
        wanted("60", unit="801001", limit=PROJECTS),
        wanted("40.01", unit="801002", limit=PROJECTS),
    ]
    with pytest.raises(NotSet, match=r"合计 100\.01 元，超过部门的控制数 100\.00 元"):
        split_ceilings(budget, parts, finance)
    exact = [parts[0], wanted("40", unit="801002", limit=PROJECTS)]
    assert split_ceilings(budget, exact, finance) == 2
    assert CeilingChange.objects.filter(split=True).count() == 2
    with pytest.raises(NotSet, match="不能分解"):
        split_ceilings(budget, [wanted("1", unit="801001")], finance)
    with pytest.raises(NotSet, match="不能分解"):
        split_ceilings(budget, [wanted("200", "100", limit=PROJECTS)], finance, reason="理由")
    with pytest.raises(Forbidden):
        split_ceilings(budget, exact, bureau)
    # The bureau takes some back: the units have too much now, which keeps 二上 from being sent.
    set_ceilings(budget, [wanted("90", "100", limit=PROJECTS)], bureau, reason="压减")
    assert "多10.00元，请重新分解" in "".join(within_ceilings(budget))


def test_over_a_ceiling_the_first_submission_wants_a_reason_and_the_second_less(
    budget: DepartmentBudget, bureau: User, finance: User
) -> None:
    set_ceilings(budget, [wanted("99.99", unit="801001"), wanted("100")], bureau)
    told = "单位801001的一般公共预算拨款　人员经费：控制数99.99元，已安排100.00元，超出0.01元"
    assert list(within_ceilings(budget)) == [f"{told}，请调减"]
    with pytest.raises(NotExplained, match="二上不得超过"):
        explain_excess(budget, ("801001", PEOPLE), "增人", finance)
    put(budget, round=Round.FIRST_SUBMISSION)
    assert list(within_ceilings(budget)) == [f"{told}，请说明理由"]
    explain_excess(budget, ("801001", PEOPLE), "增人", finance)
    assert list(within_ceilings(budget)) == []
    explain_excess(budget, ("801001", PEOPLE), " ", finance)
    assert list(within_ceilings(budget)) == [f"{told}，请说明理由"]
    with pytest.raises(NotExplained, match="没有这一项"):
        explain_excess(budget, (None, PROJECTS), "增人", finance)
    with pytest.raises(NotExplained, match="说明最多4000个字，现有4001个字"):
        explain_excess(budget, ("801001", PEOPLE), "增" * 4001, finance)


def test_a_named_project_uses_its_own_ceiling(budget: DepartmentBudget, bureau: User) -> None:
    unit = budget.unit_budgets.get(unit__code="801001").unit
    project = a_project(budget, unit)
    values = {"nature": Nature.PROJECT, "upkeep": None, "project": project, "sequence": 2}
    a_line(budget, unit, **values, amount=Decimal(30))
    named = Limit(Source.GENERAL_PUBLIC, CeilingKind.PROJECT, "P1")
    set_ceilings(budget, [wanted("25", limit=named), wanted("80", limit=PROJECTS)], bureau)
    left = {each.ceiling.limit.project: each.left for each in read_standings(budget)}
    assert left == {"": 50, "P1": -5}


def test_ceilings_end_the_first_round_once_and_not_before_there_are_any(
    budget: DepartmentBudget, bureau: User
) -> None:
    put(budget, round=Round.FIRST_SUBMISSION, state=State.REVIEWED)
    BudgetYear.objects.update(edition="changsha-2023")
    YearRound.objects.create(year=budget.year, round=Round.CEILING)
    assert list(ceilings_set(budget)) == ["还没有录入控制数"]
    set_ceilings(budget, [wanted("100")], bureau)
    put(budget)
    advance(budget, Action.SET_CEILING, bureau, revision=budget.revision)
    second = DepartmentBudget.objects.get(round=Round.SECOND_SUBMISSION)
    assert second.state is State.OPEN
    assert [each.left for each in read_standings(second)] == [0]
    assert list(ceilings_set(put(budget))) == ["二上已经开设，控制数请在二上中修改"]
    with pytest.raises(WrongRound, match="没有“批复”这一步"):
        advance(budget, Action.APPROVE, bureau, revision=budget.revision)


def test_the_congress_must_have_passed_the_budgets(budget: DepartmentBudget) -> None:
    assert list(congress(budget)) == ["还没有登记2030年预算的人民代表大会批准日期"]
    budget.year.congress_on = budget.year.codes_on.replace(year=2999)
    assert "还没有到" in "".join(congress(budget))
    budget.year.congress_on = budget.year.codes_on.replace(year=2020)
    assert list(congress(budget)) == []
