"""核定数 beside 申报数: who grants when, which of the two counts where, what lapses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.contrib.auth.models import User

from budget.load import read_book
from budget.load.several import read_ledgers
from budget.models import (
    AuditEntry,
    DepartmentBudget,
    Forbidden,
    GrantChange,
    GrantedAmount,
    OutOfSight,
    RevenueLine,
    SpendingLine,
    WrongState,
)
from budget.roles import Role
from budget.terms import Round, Source, State, Upkeep
from budget.tests.people import REACHING, someone_with
from budget.tests.stored import a_budget, a_line, a_unit
from budget.tests.test_ceilings_stored import put
from budget.workflow.copying import copy_version
from budget.workflow.granted import asked_for, lapsed
from budget.workflow.granting import NotGranted, Wanted, grant
from budget.workflow.holding import granted

pytestmark = pytest.mark.django_db

HUNDRED = Decimal(100)


@pytest.fixture
def budget() -> DepartmentBudget:
    """One unit: 100 元 of wages, and as much expected of 一般公共预算."""
    unit = a_unit("801001", is_head=True)
    stored = a_budget(unit, state=State.REVIEWED)
    a_line(stored, unit)
    RevenueLine.objects.create(
        budget=stored, unit=unit, source=Source.GENERAL_PUBLIC, amount=Decimal(100)
    )
    return stored


@pytest.fixture
def bureau() -> User:
    return someone_with(Role.BUDGET_REVIEWER)


def cut(
    budget: DepartmentBudget, now: str | None, was: str | None = None, why: str = "压减"
) -> Wanted:
    unit = SpendingLine.objects.get(budget=budget).unit_id
    before = None if was is None else Decimal(was)
    return Wanted(
        (unit, "line:1"), Decimal(100), before, None if now is None else Decimal(now), why
    )


# During the review, whose turn it is: 业务科室 in 业务科初审中, 预算科 in 预算科审核中.
TURNS = {State.SIGNED: Role.DIVISION_REVIEWER, State.REVIEWED: Role.BUDGET_REVIEWER}


@pytest.mark.one_engine
@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_whose_turn_it_is_to_review_grants_and_nobody_else(
    budget: DepartmentBudget, state: State
) -> None:
    put(budget, state=state)
    for role, code in REACHING.items():
        person = someone_with(role, code)
        try:
            grant(budget, [], person)
            outcome = True
        except (WrongState, Forbidden, OutOfSight):
            outcome = False
        assert outcome == (TURNS.get(state) is role), (role, state)


def test_what_is_granted_counts_from_the_review_on_and_what_was_asked_for_stays(
    budget: DepartmentBudget, bureau: User
) -> None:
    assert grant(budget, [cut(budget, "90.50")], bureau) == 1
    for state in State:
        [line] = read_book(put(budget, state=state)).lines
        with_department = state in (State.OPEN, State.DRAFT, State.SUBMITTED)
        expected = (HUNDRED, None) if with_department else (Decimal("90.50"), HUNDRED)
        assert (line.amount, line.requested) == expected, state
    assert SpendingLine.objects.get().amount == 100
    assert AuditEntry.objects.get().act == "budget.grant_amount"


def test_the_income_side_follows_and_the_estimate_is_granted_like_a_line(
    budget: DepartmentBudget, bureau: User
) -> None:
    wanted = cut(budget, "90")
    estimate = Wanted(
        (wanted.place[0], "estimate:general_public:0"), Decimal(100), None, Decimal(90), "压减"
    )
    assert grant(budget, [wanted, estimate], bureau) == 2
    book = read_book(put(budget))
    assert [(each.amount, each.requested) for each in book.estimates] == [(Decimal(90), HUNDRED)]
    assert book.ledger.amount() == 90


@pytest.mark.parametrize(
    ("now", "was", "why", "words"),
    [
        ("90", None, " ", "请写明核定的理由"),
        ("90", None, "压" * 201, "理由最多200个字，现有201个字"),
        ("-0.01", None, "压减", "不能为负数"),
        ("90", "95", "压减", "其间已有人撤销"),
    ],
)
def test_what_cannot_be_granted_is_refused(
    budget: DepartmentBudget, bureau: User, now: str, was: str | None, why: str, words: str
) -> None:
    with pytest.raises(NotGranted, match=words):
        grant(budget, [cut(budget, now, was, why)], bureau)
    assert not GrantedAmount.objects.exists()


def test_an_amount_may_be_granted_anew_and_taken_back_and_all_is_kept(
    budget: DepartmentBudget, bureau: User
) -> None:
    grant(budget, [cut(budget, "90")], bureau)
    with pytest.raises(NotGranted, match=r"其间已有人改为 90\.00 元"):
        grant(budget, [cut(budget, "80")], bureau)
    assert grant(budget, [cut(budget, "80", "90", "再压减")], bureau) == 1
    assert grant(budget, [cut(budget, "80", "80", "再压减")], bureau) == 0
    assert grant(budget, [cut(budget, "100", "80", "恢复")], bureau) == 1
    assert not GrantedAmount.objects.exists()
    kept = GrantChange.objects.order_by("pk").values_list("before", "after", "reason")
    assert list(kept) == [
        (None, Decimal(90), "压减"),
        (Decimal(90), Decimal(80), "再压减"),
        (Decimal(80), None, "恢复"),
    ]


def test_a_grant_lapses_with_the_amount_that_was_judged(
    budget: DepartmentBudget, bureau: User
) -> None:
    grant(budget, [cut(budget, "90")], bureau)
    assert list(granted(budget)) == []
    SpendingLine.objects.update(amount=Decimal(95))
    [line] = read_book(put(budget)).lines
    assert (line.amount, line.requested) == (Decimal(95), None)
    assert [each.row for each in lapsed(budget)] == ["line:1"]
    assert list(granted(budget)) == ["有1笔核定数所依据的申报数已经改动，请重新核定或撤销"]
    with pytest.raises(NotGranted, match="申报数已经改动"):
        grant(budget, [cut(budget, "80", "90")], bureau)


def test_a_grant_does_not_slide_to_what_is_written_into_its_row_afterwards(
    budget: DepartmentBudget, bureau: User
) -> None:
    grant(budget, [cut(budget, "90")], bureau)
    SpendingLine.objects.update(economic="30102")  # the same amount, for another purpose
    [line] = read_book(put(budget)).lines
    assert (line.amount, line.requested) == (HUNDRED, None)
    [ledger] = read_ledgers([put(budget)])
    assert [each.amount for each in ledger.lines] == [HUNDRED]
    assert [each.row for each in lapsed(budget)] == ["line:1"]
    assert list(granted(budget)) == ["有1笔核定数所依据的申报数已经改动，请重新核定或撤销"]
    copy = copy_version(
        put(budget), round=Round.SECOND_SUBMISSION, version=2, state=State.DRAFT, by=bureau
    )
    assert SpendingLine.objects.get(budget=copy).amount == 100
    # Granted anew, the same cut holds for what is there now.
    assert grant(budget, [cut(budget, "90", "90")], bureau) == 1
    assert lapsed(budget) == []
    assert [each.amount for each in read_book(put(budget)).lines] == [Decimal(90)]


def test_a_new_line_under_the_number_of_a_deleted_one_inherits_nothing(
    budget: DepartmentBudget, bureau: User
) -> None:
    grant(budget, [cut(budget, "90")], bureau)
    old = SpendingLine.objects.get()
    unit = old.unit
    old.delete()
    assert list(granted(budget)) == []  # nobody could take it back: what is gone holds nobody up
    a_line(budget, unit, upkeep=Upkeep.OPERATING, economic="30201")
    [line] = read_book(put(budget)).lines
    assert (line.amount, line.requested) == (HUNDRED, None)
    assert len(lapsed(budget)) == 1


def test_who_saw_the_row_as_something_else_does_not_grant_it(
    budget: DepartmentBudget, bureau: User
) -> None:
    seen = replace(cut(budget, "90"), what=asked_for(budget)[cut(budget, "90").place].what)
    SpendingLine.objects.update(economic="30102")
    with pytest.raises(NotGranted, match="科目或资金来源已经改动"):
        grant(budget, [seen], bureau)
    assert not GrantedAmount.objects.exists()


def test_a_copy_begins_with_what_was_granted(budget: DepartmentBudget, bureau: User) -> None:
    grant(budget, [cut(budget, "90")], bureau)
    copy = copy_version(
        put(budget), round=Round.SECOND_SUBMISSION, version=2, state=State.DRAFT, by=bureau
    )
    [line] = read_book(copy).lines
    assert (line.amount, line.requested) == (Decimal(90), None)
    assert GrantedAmount.objects.get().budget_id == budget.pk
    assert SpendingLine.objects.get(budget=budget).amount == 100
