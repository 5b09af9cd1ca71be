"""Taking steps back: until when, by whom, and that what was taken back binds nobody any more."""

from __future__ import annotations

from decimal import Decimal

import pytest

from budget.actions import Action
from budget.models import BudgetYear, Ceiling, DepartmentBudget, GrantedAmount, SpendingLine
from budget.models import YearRound as StoredRound
from budget.roles import Role
from budget.terms import CeilingKind, Ground, Opinion, Round, Source, State
from budget.tests.clean import CODE, a_clean_budget
from budget.tests.people import someone_with
from budget.tests.test_workflow import put, take
from budget.workflow import advancing
from budget.workflow.ceilings import NotSet, Wanted, limit_of, set_ceilings
from budget.workflow.granting import Wanted as WantedAmount
from budget.workflow.granting import grant
from budget.workflow.holding import CONDITIONS
from budget.workflow.refusals import NotReady, OwnWork

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def budget() -> DepartmentBudget:
    return a_clean_budget()


def test_a_head_recalls_what_he_sent_until_the_bureau_has_said_something(
    budget: DepartmentBudget,
) -> None:
    head = someone_with(Role.HEAD, CODE)
    performance = someone_with(Role.PERFORMANCE_REVIEWER)
    take(put(budget, State.SUBMITTED), Action.SIGN, head)
    take(budget, Action.RECALL, head)
    take(budget, Action.SIGN, head)
    take(budget, Action.JUDGE_PERFORMANCE, performance, opinion=Opinion.OK)
    with pytest.raises(NotReady, match="绩效科已经提出审核意见，不能撤回"):
        take(budget, Action.RECALL, head)


def test_an_amount_that_was_granted_is_an_opinion_too(budget: DepartmentBudget) -> None:
    head, division = someone_with(Role.HEAD, CODE), someone_with(Role.DIVISION_REVIEWER, CODE)
    take(put(budget, State.SUBMITTED), Action.SIGN, head)
    cut(budget, division)
    with pytest.raises(NotReady, match="业务科室已经核定金额，不能撤回"):
        take(budget, Action.RECALL, head)


def cut(budget: DepartmentBudget, by: object) -> None:
    """Grant 98.5 of the 100 万元 of wages."""
    line = SpendingLine.objects.get(budget=budget, economic="30101")
    place = line.unit_id, f"line:{line.sequence}"
    wanted = WantedAmount(place, Decimal(1_000_000), None, Decimal(985_000), "超过定员")
    assert grant(budget, [wanted], by) == 1  # type: ignore[arg-type]


def test_a_final_review_is_taken_back_by_another_than_who_gave_it(
    budget: DepartmentBudget,
) -> None:
    one, other = (someone_with(Role.BUDGET_REVIEWER, "", name) for name in ("one", "other"))
    DepartmentBudget.objects.update(performance=Opinion.OK)
    take(put(budget, State.REVIEWED), Action.PASS_FINAL_REVIEW, one)
    with pytest.raises(OwnWork, match="“审定”是您办的，“退回修改”须由另一人办理"):
        take(budget, Action.SEND_BACK, one, reason="再核", points=("依据",))
    take(budget, Action.SEND_BACK, other, reason="再核", points=("依据",))

    # The next time the two change places: what was taken back keeps nobody away.
    DepartmentBudget.objects.update(performance=Opinion.OK)
    BudgetYear.objects.update(congress_on="2023-01-12")
    take(put(budget, State.REVIEWED), Action.PASS_FINAL_REVIEW, other)
    taken = take(budget, Action.APPROVE, one)
    assert taken.end is State.APPROVED


def test_who_asked_in_vain_for_a_withdrawal_confirms_the_other_sides(
    budget: DepartmentBudget, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Who may is asked here, apart from what was published.
    monkeypatch.setattr(advancing, "EFFECTS", {})
    nothing = {must: lambda budget: iter(()) for must in CONDITIONS}
    monkeypatch.setattr(advancing, "CONDITIONS", nothing)
    bureau, head = someone_with(Role.BUDGET_REVIEWER), someone_with(Role.HEAD, CODE)
    asked = {"ground": Ground.MISTAKE, "reason": "有误"}
    take(put(budget, State.PUBLISHED), Action.WITHDRAW, bureau, **asked)
    take(budget, Action.DROP_WITHDRAWAL, head, reason="无误")
    take(budget, Action.WITHDRAW, head, **asked)
    with pytest.raises(OwnWork):
        take(budget, Action.CONFIRM_WITHDRAWAL, head)
    assert take(budget, Action.CONFIRM_WITHDRAWAL, bureau).end is State.WITHDRAWN


def test_what_a_cut_makes_doubtful_is_explained_before_publishing(
    budget: DepartmentBudget,
) -> None:
    # 98.5 + 20 = 118.5, where the goals say that all costs 120: a warning that nobody of the
    # department can answer while the bureau has the budget.
    one, other = (someone_with(Role.BUDGET_REVIEWER, "", name) for name in ("one", "other"))
    DepartmentBudget.objects.update(performance=Opinion.OK)
    cut(put(budget, State.REVIEWED), one)
    take(budget, Action.PASS_FINAL_REVIEW, one)
    take(budget, Action.APPROVE, other)
    with pytest.raises(NotReady, match="1处提示还没有说明（PRF017"):
        take(budget, Action.PREPARE_PUBLICATION, someone_with(Role.PUBLISHER, CODE))


def test_a_first_submission_ends_when_the_second_is_opened(budget: DepartmentBudget) -> None:
    bureau = someone_with(Role.BUDGET_REVIEWER)
    DepartmentBudget.objects.update(round=Round.FIRST_SUBMISSION)
    StoredRound.objects.create(year=budget.year, round=Round.CEILING)
    given = Ceiling.objects.create(
        budget=budget,
        source=Source.GENERAL_PUBLIC,
        kind=CeilingKind.PERSONNEL,
        amount=Decimal(1_100_000),
    )
    take(put(budget, State.REVIEWED), Action.SET_CEILING, bureau)
    told = "二上已经开设"
    with pytest.raises(NotReady, match=told):
        take(budget, Action.SEND_BACK, bureau, reason="再核", points=("依据",))
    with pytest.raises(NotReady, match=told):
        take(budget, Action.SET_CEILING, bureau)
    with pytest.raises(NotReady, match=told):
        take(
            budget,
            Action.JUDGE_PERFORMANCE,
            someone_with(Role.PERFORMANCE_REVIEWER),
            opinion=Opinion.OK,
        )
    wanted = Wanted(None, limit_of(given), Decimal(1_100_000), Decimal(1))
    with pytest.raises(NotSet, match=told):
        set_ceilings(budget, [wanted], bureau, reason="压减")
    # Nor is an amount of it granted: 二上 was copied already, and nobody would notice.
    with pytest.raises(NotReady, match=told):
        cut(budget, bureau)
    assert not GrantedAmount.objects.exists()
