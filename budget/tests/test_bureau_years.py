"""The bureau opens a year and, round by round, the budgets of departments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from budget.models import BudgetUnit, BudgetYear, DepartmentBudget, UnitBudget, YearRound
from budget.roles import Role
from budget.terms import Round, State
from budget.tests.people import signed_in, someone_with
from budget.tests.stored import a_budget, a_department, a_unit, a_year

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

FILLED = {
    "year": "2031",
    "edition": "changsha-2023",
    "codes_on": "2031-01-01",
    "approval_days": "20",
    "disclosure_days": "20",
    "has_first_submission": "on",
    "due_first_submission": "2030-09-15",
    "has_second_submission": "on",
    "due_second_submission": "2030-12-10",
}


@pytest.fixture
def reviewer() -> Client:
    """The browser of somebody of the budget division."""
    return signed_in(someone_with(Role.BUDGET_REVIEWER, username="bud"))


def words(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_year_is_opened_with_its_rounds_and_by_whom(reviewer: Client) -> None:
    answer = reviewer.post("/bureau/years/new/", FILLED, follow=True)
    assert answer.redirect_chain == [("/bureau/years/2031/", 302)]
    year = BudgetYear.objects.get(year=2031)
    assert (year.edition, year.codes_on) == ("changsha-2023", date(2031, 1, 1))
    assert year.opened_by is not None
    assert year.opened_by.username == "bud"
    rounds = dict(YearRound.objects.filter(year=year).values_list("round", "due_on"))
    assert rounds == {
        Round.FIRST_SUBMISSION: date(2030, 9, 15),
        Round.SECOND_SUBMISSION: date(2030, 12, 10),
    }
    assert "姓名bud" in words(answer)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"edition": "nowhere"}, "nowhere"),
        ({"year": "20x1"}, "输入整数"),
        ({"has_second_submission": ""}, "“二上”不可缺少"),
        ({"due_second_submission": "2030-08-01"}, "“二上”的日期早于“一上”。"),
        ({"codes_on": "1月1日"}, "输入一个有效的日期"),
        ({"approval_days": "0"}, "1"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    reviewer: Client, changed: dict[str, str], said: str
) -> None:
    filled = {name: text for name, text in {**FILLED, **changed}.items() if text}
    answer = reviewer.post("/bureau/years/new/", filled)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not BudgetYear.objects.exists()


def test_a_year_is_opened_once(reviewer: Client) -> None:
    a_year(2031)
    answer = reviewer.post("/bureau/years/new/", FILLED)
    assert answer.status_code == 422
    assert "2031年已经开设。" in words(answer)


def test_dates_are_changed_and_a_round_in_use_stays(reviewer: Client) -> None:
    reviewer.post("/bureau/years/new/", FILLED)
    a_budget(a_unit("801001"), year=2031, round=Round.FIRST_SUBMISSION)
    shown = words(reviewer.get("/bureau/years/2031/dates/"))
    assert 'value="2030-09-15"' in shown
    without = {name: text for name, text in FILLED.items() if "first" not in name}
    refused = reviewer.post("/bureau/years/2031/dates/", without)
    assert refused.status_code == 422
    assert "已有部门预算处于“一上”" in words(refused)
    later = {**FILLED, "due_second_submission": "2030-12-20", "congress_on": "2031-01-25"}
    page = words(reviewer.post("/bureau/years/2031/dates/", later, follow=True))
    assert "2030-12-20" in page
    # 20 days from the day after 25 January: 14 February.
    assert "2031-02-14" in page


def opened(reviewer: Client, *codes: str, round: Round = Round.SECOND_SUBMISSION) -> Any:
    address = f"/bureau/years/2031/open/{round.value}/"
    return reviewer.post(address, {"departments": codes}, follow=True)


def test_opening_makes_a_draft_with_every_unit(reviewer: Client) -> None:
    reviewer.post("/bureau/years/new/", FILLED)
    a_unit("801001", is_head=True)
    a_unit("801002")
    a_unit("802001")
    answer = opened(reviewer, "801")
    assert "已开设1个部门预算，加入2个单位。" in words(answer)
    budget = DepartmentBudget.objects.get()
    assert (budget.department_id, budget.round, budget.state, budget.version) == (
        "801",
        Round.SECOND_SUBMISSION,
        State.DRAFT,
        1,
    )
    parts = UnitBudget.objects.filter(budget=budget).values_list("unit__code", flat=True)
    assert sorted(parts) == ["801001", "801002"]


def test_opening_again_adds_only_what_is_missing(reviewer: Client) -> None:
    reviewer.post("/bureau/years/new/", FILLED)
    a_unit("801001")
    opened(reviewer, "801")
    DepartmentBudget.objects.update(revision=7)
    a_unit("801002")
    a_unit("802001")
    page = words(reviewer.get("/bureau/years/2031/open/second_submission/"))
    assert "已开设，尚缺：单位801002" in page
    assert "已开设1个部门预算，加入2个单位。" in words(opened(reviewer, "801", "802"))
    assert DepartmentBudget.objects.count() == 2
    assert DepartmentBudget.objects.get(department__code="801").revision == 7
    again = reviewer.get("/bureau/years/2031/open/second_submission/")
    assert "没有可以开设的部门" in words(again)


def test_a_budget_that_left_the_draft_gets_no_unit(reviewer: Client) -> None:
    reviewer.post("/bureau/years/new/", FILLED)
    a_unit("801001")
    opened(reviewer, "801")
    DepartmentBudget.objects.update(state=State.SIGNED)
    a_unit("801002")
    page = words(reviewer.get("/bureau/years/2031/open/second_submission/"))
    assert "已开设（业务科初审中），不再增加：单位801002" in page
    assert opened(reviewer, "801").status_code == 422
    assert UnitBudget.objects.count() == 1


def test_who_is_closed_on_the_day_of_the_codes_takes_no_part(reviewer: Client) -> None:
    reviewer.post("/bureau/years/new/", FILLED)
    a_unit("801001")
    a_unit("801002", closed_on=date(2031, 1, 1))
    a_unit("801003", closed_on=date(2031, 1, 2))
    a_unit("802001")
    gone = a_department("802")
    gone.closed_on = date(2030, 6, 30)
    gone.save()
    opened(reviewer, "801")
    parts = UnitBudget.objects.values_list("unit__code", flat=True)
    assert sorted(parts) == ["801001", "801003"]
    assert opened(reviewer, "802").status_code == 422


def test_a_second_submission_is_not_opened_empty_beside_a_first(reviewer: Client) -> None:
    reviewer.post("/bureau/years/new/", FILLED)
    a_unit("801001", is_head=True)
    compiler = signed_in(someone_with(Role.COMPILER, "801001"))
    assert compiler.get("/entry/801001/2031/basic/").status_code == 404
    opened(reviewer, "801", round=Round.FIRST_SUBMISSION)
    assert opened(reviewer, "801", round=Round.SECOND_SUBMISSION).status_code == 422
    page = words(reviewer.get("/bureau/years/2031/open/second_submission/"))
    assert "一上编制中；下达控制数时由一上转入，不另开设" in page
    assert "一上" in words(compiler.get("/entry/801001/2031/basic/"))
    assert [each.round for each in DepartmentBudget.objects.all()] == [Round.FIRST_SUBMISSION]
    assert reviewer.get("/bureau/years/2031/open/ceiling/").status_code == 404


def test_a_year_of_many_departments_asks_no_more_queries(
    reviewer: Client, django_assert_max_num_queries: Any
) -> None:
    reviewer.post("/bureau/years/new/", FILLED)
    for code in range(801, 841):
        a_unit(f"{code}001")
    opened(reviewer, *(str(code) for code in range(801, 841)))
    assert BudgetUnit.objects.count() == DepartmentBudget.objects.count() == 40
    with django_assert_max_num_queries(20):
        reviewer.get("/bureau/years/2031/")
    with django_assert_max_num_queries(20):
        reviewer.get("/bureau/years/2031/open/second_submission/")
