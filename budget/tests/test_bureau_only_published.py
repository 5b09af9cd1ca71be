"""The bureau says which departments of a year are 只做公开, and when that is fixed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from budget.actions import Action
from budget.ceilings import Limit
from budget.models import (
    AuditEntry,
    Ceiling,
    Department,
    DepartmentBudget,
    DisclosureOnly,
    StepTaken,
    YearRound,
)
from budget.roles import Role
from budget.sheets.publishable import why_not_only_published
from budget.terms import CeilingKind, Round, Source, State
from budget.tests.people import a_person, signed_in, someone_with
from budget.tests.stored import a_budget, a_unit, a_year
from budget.trail.telling import act_in_words
from budget.workflow.ceilings import NotSet, Wanted, set_ceilings

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
PAGE = "/bureau/years/2031/only-published/"
OPEN = "/bureau/years/2031/open/"


@pytest.fixture
def reviewer() -> Client:
    """Somebody of the budget division, and a year of all rounds with two departments."""
    year = a_year(2031)
    for each in Round:
        YearRound.objects.create(year=year, round=each)
    a_unit("801001")
    a_unit("802001")
    Department.objects.filter(code="802").update(name="别的局")
    return signed_in(someone_with(Role.BUDGET_REVIEWER, username="bud"))


def save(browser: Client, *chosen: str, was: tuple[str, ...] = ()) -> Any:
    return browser.post(PAGE, {"departments": list(chosen), "was": list(was)})


def declared() -> list[str]:
    return [each.department_id for each in DisclosureOnly.objects.all()]


def a_budget_of(code: str, **values: Any) -> DepartmentBudget:
    unit = Department.objects.get(code=code).units.get()
    return a_budget(unit, year=2031, **values)


def took(budget: DepartmentBudget, action: Action) -> None:
    StepTaken.objects.create(
        budget=budget,
        action=action,
        start=State.DRAFT,
        end=State.DRAFT,
        by=a_person(action.value),
        revision=0,
    )


def refused(answer: Any, *reasons: str) -> None:
    """Assert that the page says why nothing was saved."""
    assert answer.status_code == 422
    for reason in reasons:
        assert reason in answer.content.decode()


def test_a_department_is_declared_by_whom_and_when_and_another_is_not(reviewer: Client) -> None:
    ours, other = a_budget_of("801"), a_budget_of("802")
    for budget in (ours, other):
        assert any("2031年设有“一上”" in why for why in why_not_only_published(budget))
    assert save(reviewer, "801").status_code == 302
    assert list(why_not_only_published(ours)) == []
    assert any("2031年设有“一上”" in why for why in why_not_only_published(other))
    assert "姓名bud" in reviewer.get(PAGE).content.decode()
    entry = AuditEntry.objects.latest("number")
    assert (act_in_words(entry.act), entry.subject) == ("登记为只做公开的部门", "801/2031")
    assert entry.by is not None
    assert entry.by.username == "bud"
    assert "只做公开的部门（1个）" in reviewer.get("/bureau/years/2031/").content.decode()


def test_what_was_declared_is_taken_back_while_no_approval_is_recorded(reviewer: Client) -> None:
    budget = a_budget_of("801")
    save(reviewer, "801")
    assert save(reviewer, was=("801",)).status_code == 302
    assert declared() == []
    assert act_in_words(AuditEntry.objects.latest("number").act) == "取消只做公开的部门"
    assert list(why_not_only_published(budget)) != []


def test_once_the_approval_is_recorded_it_stays_declared(reviewer: Client) -> None:
    budget = a_budget_of("801")
    save(reviewer, "801")
    DepartmentBudget.objects.filter(pk=budget.pk).update(disclosure_only=True)
    refused(save(reviewer, was=("801",)), "测试局：已经登记批复，不能取消")
    assert declared() == ["801"]
    page = reviewer.get(PAGE).content.decode()
    assert 'value="801"' not in page
    assert "已经登记批复，不能取消" in page


@pytest.mark.parametrize("action", [Action.SUBMIT, Action.SEND_BACK, Action.APPROVE])
def test_what_has_begun_its_way_over_the_bureau_is_not_declared(
    reviewer: Client, action: Action
) -> None:
    took(a_budget_of("801"), action)
    refused(save(reviewer, "801", "802"), "测试局：本预算已经上报过", f"{action.label}）")
    assert declared() == []  # nor the other one of the same page


def test_what_has_ceilings_or_a_first_submission_is_not_declared(reviewer: Client) -> None:
    Ceiling.objects.create(
        budget=a_budget_of("801"),
        source=Source.GENERAL_PUBLIC,
        kind=CeilingKind.PERSONNEL,
        amount="1",
    )
    a_budget_of("802", round=Round.FIRST_SUBMISSION)
    refused(save(reviewer, "801", "802"), "测试局：本预算已有控制数", "别的局：已经开设一上")
    assert declared() == []


def test_who_is_declared_gets_no_ceilings_that_would_bring_him_here(reviewer: Client) -> None:
    ours, other = a_budget_of("801"), a_budget_of("802")
    save(reviewer, "801")
    words = "登记为只做公开"
    assert words in reviewer.get("/bureau/years/2031/ceilings/801/").content.decode()
    assert words not in reviewer.get("/bureau/years/2031/ceilings/802/").content.decode()
    wanted = [Wanted(None, Limit(Source.GENERAL_PUBLIC, CeilingKind.PERSONNEL), None, Decimal(9))]
    bureau = User.objects.get(username="bud")
    with pytest.raises(NotSet, match=words):
        set_ceilings(ours, wanted, bureau)
    set_ceilings(other, wanted, bureau)
    assert [each.budget for each in Ceiling.objects.all()] == [other]


def test_no_first_submission_is_opened_for_who_is_only_published(reviewer: Client) -> None:
    save(reviewer, "801")
    page = reviewer.get(f"{OPEN}first_submission/").content.decode()
    assert "测试局：只做公开，不经一上，只开设二上" in page
    reviewer.post(f"{OPEN}first_submission/", {"departments": ["802"]})
    reviewer.post(f"{OPEN}second_submission/", {"departments": ["801"]})
    found = DepartmentBudget.objects.values_list("department", "round").order_by("department")
    assert list(found) == [("801", Round.SECOND_SUBMISSION), ("802", Round.FIRST_SUBMISSION)]


def test_two_of_the_bureau_who_save_do_not_undo_each_other(reviewer: Client) -> None:
    """Both have the page open on which nobody is declared; each chooses one department."""
    save(reviewer, "801")
    assert save(reviewer, "802").status_code == 302
    assert declared() == ["801", "802"]
    save(reviewer, "801")  # who is declared already is declared once
    assert declared() == ["801", "802"]


@pytest.mark.parametrize("codes", [("803",), ("",), ("801x",)])
def test_a_department_that_the_year_has_not_is_refused(
    reviewer: Client, codes: tuple[str, ...]
) -> None:
    Department.objects.create(code="803", name="已撤销的局", closed_on=date(2030, 1, 1))
    refused(save(reviewer, *codes), "没有编码为")
    assert declared() == []


def test_the_page_says_where_everybody_may(reviewer: Client) -> None:
    assert "本年度只设“二上”" not in reviewer.get(PAGE).content.decode()
    YearRound.objects.exclude(round=Round.SECOND_SUBMISSION).delete()
    assert "本年度只设“二上”" in reviewer.get(PAGE).content.decode()


def test_the_page_asks_the_same_number_of_questions_for_many(
    reviewer: Client, django_assert_max_num_queries: Any
) -> None:
    a_budget_of("801")
    with django_assert_max_num_queries(30) as few:
        reviewer.get(PAGE)
    for code in range(810, 830):
        a_budget(a_unit(f"{code}001"), year=2031)
    with django_assert_max_num_queries(len(few)):
        reviewer.get(PAGE)
