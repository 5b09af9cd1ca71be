"""One fact asked in two ways is one question."""

from __future__ import annotations

from budget.ledger import EVERYTHING, NOTHING, where
from budget.questions import APPROPRIATED, BASIC, EARNED, PROJECT, SPENT, SPENT_THIS_YEAR
from budget.rules.questions import normal, only, widened
from budget.terms import Nature, Source, Upkeep


def test_appropriated_income_is_appropriated_spending() -> None:
    assert normal([EARNED, APPROPRIATED]) == normal([SPENT, APPROPRIATED])


def test_all_income_is_not_all_spending() -> None:
    assert normal([EARNED]) != normal([SPENT])


def test_the_order_of_questions_does_not_matter() -> None:
    assert normal([SPENT, BASIC, where(unit="1")]) == normal([where(unit="1"), SPENT, BASIC])


def test_people_cost_basic_money() -> None:
    people = where(upkeep=Upkeep.PERSONNEL)
    assert normal([people]) == normal([people, BASIC])


def test_a_project_costs_project_money() -> None:
    assert normal([where(project="1")]) == normal([where(project="1"), PROJECT])


def test_to_ask_for_every_nature_asks_nothing() -> None:
    assert normal([where(nature=frozenset(Nature))]) == normal([EVERYTHING])


def test_to_ask_for_the_only_unit_asks_nothing() -> None:
    of_unit = where(unit="900001")
    assert normal([SPENT, of_unit], "900001") == normal([SPENT], "900001")
    assert normal([SPENT, of_unit], "900002") != normal([SPENT], "900002")


def test_what_cannot_be_is_no_question() -> None:
    assert normal([BASIC, PROJECT]) == NOTHING


def test_the_one_value_of_a_dimension() -> None:
    question = normal([SPENT_THIS_YEAR, where(function="2010301")])
    assert only(question, "function") == "2010301"
    assert only(question, "economic") is None


def test_of_several_values_none_is_the_one() -> None:
    assert only(where(source=(Source.OTHER, Source.BUSINESS)), "source") is None
    assert only(where(category="201") | where(category="202"), "category") is None
    assert only(where(category="201") | where(source=Source.OTHER), "category") is None


def test_a_question_without_a_dimension_is_wider() -> None:
    narrow = normal([SPENT_THIS_YEAR, where(function="2010301")])
    assert widened(narrow, "function") == normal([SPENT_THIS_YEAR])
    assert widened(narrow, "economic") == narrow
