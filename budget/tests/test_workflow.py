"""The way of a budget: who may take which step from where, what must hold, what is kept."""

from dataclasses import replace
from datetime import date
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from budget.actions import Action
from budget.flow.history import history
from budget.models import (
    AuditEntry,
    DepartmentBudget,
    Forbidden,
    Grant,
    OutOfSight,
    PendingRow,
    Refused,
    ReturnPoint,
    StepTaken,
    UnitBudget,
    WrongState,
    require,
)
from budget.roles import Role
from budget.sheets.attaching import Upload
from budget.sheets.changes import Change
from budget.terms import Ground, Opinion, State
from budget.tests.filling import Accountant, an_accountant
from budget.tests.people import REACHING, someone_with
from budget.tests.stored import a_unit
from budget.workflow import advancing, days
from budget.workflow.advancing import advance, answer_point
from budget.workflow.holding import CONDITIONS
from budget.workflow.refusals import NotReady, OwnWork, Stale, Unsaid
from budget.workflow.saying import Said
from budget.workflow.steps import Must

pytestmark = pytest.mark.django_db

EVERYTHING = Said(
    reason="金额与依据不符",
    points=("补充依据", "核对金额"),
    opinion=Opinion.OK,
    number="财预〔2030〕1号",
    date=date(2023, 2, 1),
    reviewer="李某",
    conclusion="不涉密，可以公开",
    ground=Ground.MISTAKE,
    what="第三页的单位名称",
    why="打字错误",
    read="0" * 64,
    sheet=Upload("签字页.pdf", BytesIO(b"%PDF-1.7")),
)

# Typed from the table of actions and states (a8 to a21): who, from where, to where.
WAYS = [
    ("submit", "draft", "submitted", {"compiler", "department_finance"}),
    ("withdraw_submission", "submitted", "draft", {"compiler", "department_finance"}),
    ("send_back", "submitted", "draft", {"head"}),
    ("send_back", "signed", "draft", {"division_reviewer"}),
    ("send_back", "reviewed", "draft", {"budget_reviewer"}),
    ("send_back", "frozen", "draft", {"budget_reviewer"}),
    ("sign", "submitted", "signed", {"head"}),
    ("recall", "signed", "submitted", {"head"}),
    ("pass_first_review", "signed", "reviewed", {"division_reviewer"}),
    ("judge_performance", "signed", "signed", {"performance_reviewer"}),
    ("judge_performance", "reviewed", "reviewed", {"performance_reviewer"}),
    ("pass_final_review", "reviewed", "frozen", {"budget_reviewer"}),
    ("approve", "frozen", "approved", {"budget_reviewer"}),
    ("revoke_approval", "approved", "draft", {"budget_reviewer"}),
    ("prepare_publication", "approved", "ready", {"publisher"}),
    ("send_package_back", "ready", "approved", {"head"}),
    # a22 to a24; what was signed on paper is recorded by the department's finance.
    ("record_signature", "submitted", "signed", {"department_finance"}),
    ("publish", "ready", "published", {"head"}),
    ("record_release", "ready", "published", {"department_finance"}),
    ("withdraw", "published", "published", {"head", "budget_reviewer"}),
    ("confirm_withdrawal", "published", "withdrawn", {"head", "budget_reviewer"}),
    ("drop_withdrawal", "published", "published", {"head", "budget_reviewer"}),
    ("correct_texts", "published", "published", {"compiler", "department_finance"}),
    ("correct_texts", "withdrawn", "withdrawn", {"compiler", "department_finance"}),
    ("correct_amounts", "published", "published", {"budget_reviewer"}),
    ("correct_amounts", "withdrawn", "withdrawn", {"budget_reviewer"}),
    # a27, and the same for corrections; that of texts has a way of its own.
    ("drop_amounts", "draft", "void", {"budget_reviewer"}),
    ("delete", "draft", "void", {"compiler"}),
    # 只做公开: who enters it records the 批复, and the ledger is proven equal to it.
    ("record_approval", "open", "approved", {"compiler", "department_finance"}),
    ("record_approval", "draft", "approved", {"compiler", "department_finance"}),
]
BY_PLACE = {(action, start): (end, roles) for action, start, end, roles in WAYS}
TAKEN = sorted({action for action, *_ in WAYS})


@pytest.fixture
def accountant() -> Accountant:
    return an_accountant()


@pytest.fixture
def nothing_must_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may is tested apart from what must hold, and from what else a step does."""
    monkeypatch.setattr(advancing, "EFFECTS", {})
    monkeypatch.setattr(days, "OF_ACTION", {})
    monkeypatch.setattr(advancing, "require_signer", lambda *_: {})
    monkeypatch.setattr(
        advancing, "CONDITIONS", {must: lambda budget: iter(()) for must in CONDITIONS}
    )


def put(budget: DepartmentBudget, state: State) -> DepartmentBudget:
    DepartmentBudget.everything.filter(pk=budget.pk).update(state=state)
    budget.refresh_from_db()
    return budget


def take(budget: DepartmentBudget, action: Action, by: User, **said: Any) -> StepTaken:
    budget.refresh_from_db()
    told = Said(**said) if said else replace(EVERYTHING, signer=by)
    return advance(budget, action, by, revision=budget.revision, said=told)


@pytest.mark.parametrize("state", list(State), ids=lambda state: state.value)
def test_each_role_takes_each_step_from_where_the_table_says_and_nowhere_else(
    state: State, accountant: Accountant, nothing_must_hold: None
) -> None:
    people = {role: someone_with(role, code) for role, code in REACHING.items()}
    for role, person in people.items():
        for action in TAKEN:
            put(accountant.budget, state)
            end, roles = BY_PLACE.get((action, state.value), ("", set[str]()))
            try:
                with transaction.atomic():
                    taken = take(accountant.budget, Action[action.upper()], person)
                    outcome = taken.end.value
                    transaction.set_rollback(True)
            except Refused:
                outcome = ""
            expected = end if role.value in roles else ""
            assert outcome == expected, (role, action, state)


def test_somebody_of_another_department_does_not_even_see_it(
    accountant: Accountant, nothing_must_hold: None
) -> None:
    a_unit("802001")
    stranger = someone_with(Role.HEAD, "802")
    with pytest.raises(OutOfSight):
        take(put(accountant.budget, State.SUBMITTED), Action.SIGN, stranger)


def test_the_right_person_in_the_wrong_state_is_told_when(
    accountant: Accountant, nothing_must_hold: None
) -> None:
    head = someone_with(Role.HEAD, "801")
    with pytest.raises(WrongState, match="待负责人审签"):
        take(put(accountant.budget, State.DRAFT), Action.SIGN, head)
    with pytest.raises(Forbidden):
        take(put(accountant.budget, State.DRAFT), Action.SUBMIT, head)


def test_what_was_changed_after_it_was_read_is_read_again_first(
    accountant: Accountant, nothing_must_hold: None
) -> None:
    compiler = someone_with(Role.COMPILER, "801001")
    read = accountant.budget.revision
    accountant.new("basic", function="2010301", economic="30101", amount="1")
    with pytest.raises(Stale):
        advance(accountant.budget, Action.SUBMIT, compiler, revision=read)


def test_nobody_signs_what_he_typed(accountant: Accountant, nothing_must_hold: None) -> None:
    head = someone_with(Role.HEAD, "801")
    typing = Accountant(accountant.budget, accountant.unit, user=head)
    typing.new("basic", function="2010301", economic="30101", amount="1")
    with pytest.raises(OwnWork, match="录入过"):
        take(put(accountant.budget, State.SUBMITTED), Action.SIGN, head)


def test_the_final_review_and_the_approval_want_two_persons(
    accountant: Accountant, nothing_must_hold: None
) -> None:
    one, other = (someone_with(Role.BUDGET_REVIEWER, username=name) for name in ("one", "other"))
    take(put(accountant.budget, State.REVIEWED), Action.PASS_FINAL_REVIEW, one)
    with pytest.raises(OwnWork, match="另一人"):
        take(accountant.budget, Action.APPROVE, one)
    taken = take(accountant.budget, Action.APPROVE, other)
    assert taken.snapshot is not None
    accountant.budget.refresh_from_db()
    assert accountant.budget.approval_number == "财预〔2030〕1号"
    assert accountant.budget.approved_on == date(2023, 2, 1)


@pytest.mark.parametrize(
    ("action", "state", "role", "said", "what"),
    [
        (Action.SEND_BACK, State.SUBMITTED, Role.HEAD, {"points": ["一"]}, "理由"),
        (Action.SEND_BACK, State.SUBMITTED, Role.HEAD, {"reason": "一"}, "问题清单"),
        (Action.SEND_BACK, State.SIGNED, Role.DIVISION_REVIEWER, {"reason": " "}, "理由"),
        (Action.APPROVE, State.FROZEN, Role.BUDGET_REVIEWER, {"number": "1"}, "日期"),
        (
            Action.JUDGE_PERFORMANCE,
            State.SIGNED,
            Role.PERFORMANCE_REVIEWER,
            {"reason": "一"},
            "意见",
        ),
        (
            Action.PREPARE_PUBLICATION,
            State.APPROVED,
            Role.PUBLISHER,
            {"reviewer": "甲", "date": date(2030, 3, 1)},
            "保密审查结论",
        ),
    ],
)
def test_a_step_says_what_it_asks_for(
    action: Action,
    state: State,
    role: Role,
    said: dict[str, Any],
    what: str,
    accountant: Accountant,
    nothing_must_hold: None,
) -> None:
    person = someone_with(role, REACHING[role])
    with pytest.raises(Unsaid, match=what):
        take(put(accountant.budget, state), action, person, **said)
    assert not StepTaken.objects.exists()


def test_a_return_lists_points_that_are_answered_before_the_next_submission(
    accountant: Accountant, monkeypatch: pytest.MonkeyPatch
) -> None:
    only = {
        must: CONDITIONS[must] if must is Must.ANSWERED else lambda budget: iter(())
        for must in CONDITIONS
    }
    monkeypatch.setattr(advancing, "CONDITIONS", only)
    head, compiler = someone_with(Role.HEAD, "801"), someone_with(Role.COMPILER, "801001")
    take(put(accountant.budget, State.SUBMITTED), Action.SEND_BACK, head)
    points = list(ReturnPoint.objects.order_by("sequence"))
    assert [point.text for point in points] == ["补充依据", "核对金额"]
    answer_point(points[0], compiler, "已补")
    with pytest.raises(NotReady, match="第2个问题"):
        take(accountant.budget, Action.SUBMIT, compiler)
    with pytest.raises(Unsaid):
        answer_point(points[1], compiler, " ")
    answer_point(points[1], compiler, "已核")
    assert take(accountant.budget, Action.SUBMIT, compiler).end is State.SUBMITTED


def test_an_opinion_stands_beside_the_way_and_falls_with_a_return(
    accountant: Accountant, nothing_must_hold: None
) -> None:
    reviewer = someone_with(Role.PERFORMANCE_REVIEWER)
    take(put(accountant.budget, State.SIGNED), Action.JUDGE_PERFORMANCE, reviewer)
    accountant.budget.refresh_from_db()
    assert (accountant.budget.state, accountant.budget.performance) == (State.SIGNED, Opinion.OK)
    division = someone_with(Role.DIVISION_REVIEWER, "801")
    take(accountant.budget, Action.SEND_BACK, division)
    accountant.budget.refresh_from_db()
    assert accountant.budget.performance is Opinion.PENDING


def reasons(budget: DepartmentBudget, must: Must) -> list[str]:
    return list(CONDITIONS[must](budget))


def test_rows_that_wait_are_told_by_unit_and_sheet(accountant: Accountant) -> None:
    accountant.new("basic", function="2010301")
    accountant.new("basic", amount="3")
    [reason] = reasons(accountant.budget, Must.WHOLE)
    assert reason == "单位801001的“基本支出”还有2行未填完"
    PendingRow.objects.all().delete()
    assert not reasons(accountant.budget, Must.WHOLE)


def test_units_say_that_they_are_complete(accountant: Accountant) -> None:
    [reason] = reasons(accountant.budget, Must.COMPLETE)
    assert "单位801001还没有确认填报完成" in reason
    UnitBudget.objects.update(complete=True)
    assert not reasons(accountant.budget, Must.COMPLETE)


def test_errors_and_unanswered_warnings_stop_a_budget_and_are_named(
    accountant: Accountant,
) -> None:
    told = reasons(accountant.budget, Must.NO_ERRORS)
    assert told
    assert all("测试局的文件有" in each for each in told)
    # Two of its explanations are missing, and the rule is named once.
    assert told[0].count("CMP002") == 1


def test_the_goals_want_their_opinion(accountant: Accountant) -> None:
    assert reasons(accountant.budget, Must.PERFORMANCE_OK) == ["绩效目标审核结论为“待审核”"]


def test_a_step_is_audited_and_cannot_be_rewritten(
    accountant: Accountant, nothing_must_hold: None
) -> None:
    head = someone_with(Role.HEAD, "801")
    taken = take(put(accountant.budget, State.SUBMITTED), Action.SIGN, head)
    entry = AuditEntry.objects.get(act="budget.sign")
    assert (entry.by, entry.subject, entry.detail["to"]) == (head, "801/2030", "signed")
    assert taken.snapshot is not None
    assert entry.detail["snapshot"] == taken.snapshot.digest
    with pytest.raises(DatabaseError), transaction.atomic():
        StepTaken._base_manager.filter(pk=taken.pk)._raw_delete("default")


def test_who_stands_in_is_logged_with_his_days(
    accountant: Accountant, nothing_must_hold: None
) -> None:
    deputy = someone_with(Role.HEAD, "801")
    Grant.objects.filter(user=deputy).update(
        valid_from=date(2026, 1, 1), valid_to=date(2099, 12, 31)
    )
    taken = take(put(accountant.budget, State.SUBMITTED), Action.SIGN, deputy)
    detail = AuditEntry.objects.get(act="budget.sign").detail
    assert detail["as"] == [{"role": "head", "from": "2026-01-01", "to": "2099-12-31"}]
    [entry] = history(taken.budget)
    assert "（部门负责人，授权至2099年12月31日）审签" in entry.sentence


def test_a_submitted_budget_takes_no_more_typing(
    accountant: Accountant, nothing_must_hold: None
) -> None:
    compiler = someone_with(Role.COMPILER, "801001")
    typing = Accountant(
        accountant.budget,
        accountant.unit,
        user=compiler,
        guard=partial(_require, compiler, accountant),
    )
    key = typing.new("basic", function="2010301", economic="30101", amount="1")
    take(accountant.budget, Action.SUBMIT, compiler)
    with pytest.raises(WrongState):
        typing.ask("basic", Change(key, "amount", "1", "2"))


def _require(user: User, accountant: Accountant, budget: DepartmentBudget) -> None:
    require(user, Action.EDIT, budget, accountant.unit)
