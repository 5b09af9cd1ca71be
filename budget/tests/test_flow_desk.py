"""待我办理: what waits for a person, by its day, and nothing else; in a few queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budget.flow.deadlines import deadlines
from budget.flow.waiting import counted, due_on, waiting_for
from budget.models import BudgetYear, DepartmentBudget, YearRound
from budget.roles import Role
from budget.terms import Opinion, Round, State
from budget.tests.filling import Accountant
from budget.tests.people import a_grant, a_person, signed_in, someone_with
from budget.tests.plainly import plain
from budget.tests.stored import YEAR, a_budget, a_unit, a_year

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
TODAY = date(YEAR, 1, 10)


def a_waiting(code: str, state: State, **values: Any) -> DepartmentBudget:
    unit = a_unit(f"{code}001", is_head=True)
    return a_budget(unit, state=state, **values)


def told(user: User) -> list[tuple[str, list[str], int | None]]:
    """Return what waits: department, actions, days left."""
    return [
        (each.budget.department_id, [action.value for action in each.actions], each.left)
        for each in waiting_for(user, TODAY)
    ]


def test_the_first_due_stands_first_and_those_without_a_day_last_by_code() -> None:
    head = a_person("head")
    for code, year, due in (
        ("801", 2030, None),
        ("802", 2031, date(2030, 1, 20)),
        ("803", 2032, date(2030, 1, 8)),
        ("804", 2030, None),
    ):
        a_waiting(code, State.SUBMITTED, year=year)
        if due:
            YearRound.objects.create(year=a_year(year), round=Round.SECOND_SUBMISSION, due_on=due)
        a_grant(head, Role.HEAD, code)
    steps = ["send_back", "sign"]
    assert told(head) == [
        ("803", steps, -2),
        ("802", steps, 10),
        ("801", steps, None),
        ("804", steps, None),
    ]
    page = signed_in(head).get("/flow/").content.decode()
    assert page.index("803 ") < page.index("802 ") < page.index("801 ") < page.index("804 ")


def test_what_one_could_take_back_does_not_wait_for_him() -> None:
    budget = a_waiting("801", State.SUBMITTED)
    compiler, head = someone_with(Role.COMPILER, "801001"), someone_with(Role.HEAD, "801")
    assert told(compiler) == []
    budget.state = State.SIGNED
    budget.save()
    assert told(head) == []
    division = someone_with(Role.DIVISION_REVIEWER, "801")
    performance = someone_with(Role.PERFORMANCE_REVIEWER)
    assert told(division) == [("801", ["send_back", "pass_first_review"], None)]
    assert told(performance) == [("801", ["judge_performance"], None)]
    budget.performance = Opinion.OK
    budget.save()
    assert told(performance) == []


def test_what_must_be_another_s_does_not_wait_for_him() -> None:
    budget = a_waiting("801", State.DRAFT)
    unit = budget.unit_budgets.get().unit
    both = someone_with(Role.COMPILER, "801001")
    a_grant(both, Role.HEAD, "801")
    assert told(both) == [("801", ["submit"], None)]
    Accountant(budget, unit, user=both).new("basic", function="2010301")
    DepartmentBudget.objects.update(state=State.SUBMITTED)
    assert told(both) == []
    page = signed_in(both).get(f"/flow/801/{YEAR}/").content.decode()
    assert "您录入过这个版本，不能再由您“审签并报送”" in page
    assert "/take/sign/" not in page


def test_an_accountant_of_one_unit_of_two_sees_the_way_but_submits_nothing() -> None:
    a_budget(a_unit("801001", is_head=True), a_unit("801002"), state=State.DRAFT)
    one = someone_with(Role.COMPILER, "801001")
    assert told(one) == [("801", ["complete_unit"], None)]  # his own part, not the department's
    page = signed_in(one).get(f"/flow/801001/{YEAR}/")
    assert page.status_code == 200
    assert "没有需要您办理的事" in page.content.decode()
    assert signed_in(one).get(f"/flow/801/{YEAR}/").status_code == 404


def test_a_version_that_another_has_taken_the_place_of_does_not_wait() -> None:
    a_waiting("801", State.DRAFT, round=Round.FIRST_SUBMISSION)
    unit = DepartmentBudget.objects.get().unit_budgets.get().unit
    finance = someone_with(Role.DEPARTMENT_FINANCE, "801")
    assert len(told(finance)) == 1
    a_budget(unit, state=State.OPEN, round=Round.SECOND_SUBMISSION)
    assert told(finance) == []


@pytest.mark.parametrize(
    ("state", "round_", "due"),
    [
        (State.DRAFT, Round.FIRST_SUBMISSION, date(2029, 9, 10)),
        (State.SUBMITTED, Round.SECOND_SUBMISSION, date(2029, 12, 5)),
        (State.SIGNED, Round.FIRST_SUBMISSION, date(2029, 10, 31)),
        # 20 days from the congress of 25 January.
        (State.REVIEWED, Round.SECOND_SUBMISSION, date(2030, 2, 14)),
        (State.FROZEN, Round.SECOND_SUBMISSION, date(2030, 2, 14)),
        # 20 days from the 批复 of 10 February.
        (State.APPROVED, Round.SECOND_SUBMISSION, date(2030, 3, 2)),
        (State.PUBLISHED, Round.SECOND_SUBMISSION, None),
    ],
)
def test_each_is_shown_the_day_that_binds_him(
    state: State, round_: Round, due: date | None
) -> None:
    budget = a_waiting("801", state, round=round_, approved_on=date(2030, 2, 10))
    BudgetYear.objects.update(congress_on=date(2030, 1, 25))
    for each, day in (
        (Round.FIRST_SUBMISSION, date(2029, 9, 10)),
        (Round.CEILING, date(2029, 10, 31)),
        (Round.SECOND_SUBMISSION, date(2029, 12, 5)),
    ):
        YearRound.objects.create(year=budget.year, round=each, due_on=day)
    assert due_on(DepartmentBudget.objects.get()) == due


@pytest.mark.parametrize("path", ["/flow/", "/entry/"])
def test_the_lists_take_as_many_queries_for_thirty_as_for_one(path: str) -> None:
    reviewer = signed_in(someone_with(Role.BUDGET_REVIEWER))
    counted: list[int] = []
    for number in (1, 30):
        for code in range(700 + len(counted), 700 + number):
            a_waiting(f"{code}", State.REVIEWED)
        with CaptureQueriesContext(connection) as queries:
            page = reviewer.get(path).content.decode()
        counted.append(len(queries))
        assert page.count("/flow/7") == number
    assert counted[0] == counted[1] <= 17


def test_days_left_are_said_in_words() -> None:
    reviewer = signed_in(someone_with(Role.BUDGET_REVIEWER))
    budget = a_waiting("801", State.FROZEN)
    for days, words in ((3, "还有3天"), (0, "今天"), (-2, "已过2天")):
        day = timezone.localdate() + timedelta(days=days)
        YearRound.objects.update_or_create(
            year=budget.year, round=Round.APPROVAL, defaults={"due_on": day}
        )
        assert words in reviewer.get("/flow/").content.decode()


def test_it_is_counted_how_urgently_budgets_wait() -> None:
    head = a_person("head")
    for code, year, left in (("801", 2030, -1), ("802", 2031, 0), ("803", 2032, 7)):
        a_waiting(code, State.SUBMITTED, year=year)
        due = TODAY + timedelta(days=left)
        YearRound.objects.create(year=a_year(year), round=Round.SECOND_SUBMISSION, due_on=due)
        a_grant(head, Role.HEAD, code)
    a_waiting("804", State.SUBMITTED, year=2033)
    a_grant(head, Role.HEAD, "804")
    found = counted(waiting_for(head, TODAY))
    assert (found.late, found.soon, found.undated) == (1, 2, 1)


def test_every_last_day_is_told_with_whom_it_binds_or_what_is_missing() -> None:
    budget = a_budget(a_unit(is_head=True), a_unit("801002"), state=State.FROZEN)
    year = budget.year
    YearRound.objects.create(
        year=year, round=Round.SECOND_SUBMISSION, due_on=date(YEAR - 1, 12, 15)
    )
    told = {each.what: (each.due, each.told) for each in deadlines(budget)}
    assert told == {
        "二上截止": (date(2029, 12, 15), "预算科设定"),
        "批复": (None, "人大批准日期还没有登记"),
        "向所属单位批复": (None, "收到批复后15日内，还没有批复"),
        "公开": (None, "批复后20日内，还没有批复"),
    }
    # From 1 February: 20 days are 21 February; from the 10th 15 days are the 25th, 20 days 2 March.
    year.congress_on = date(2030, 2, 1)
    budget.approved_on = date(2030, 2, 10)
    told = {each.what: (each.due, each.told) for each in deadlines(budget)}
    assert told["批复"] == (date(2030, 2, 21), "人大批准后20日内")
    assert told["向所属单位批复"] == (date(2030, 2, 25), "收到批复后15日内")
    assert told["公开"] == (date(2030, 3, 2), "批复后20日内")


def test_the_page_of_a_budget_shows_its_last_days() -> None:
    budget = a_waiting("801", State.SUBMITTED)
    page = signed_in(someone_with(Role.HEAD, "801")).get(f"/flow/801/{budget.year_id}/")
    words = plain(page)
    assert "公开 主管部门及所属单位 未定 批复后20日内，还没有批复" in words
    assert "向所属单位批复" not in words  # it is one unit
