"""Questions asked of the ledger, against a filter that looks at one line after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.ledger import (
    DIMENSIONS,
    EVERYTHING,
    NOTHING,
    Ledger,
    UnknownDimension,
    Where,
    dimensions_of,
    where,
)
from budget.lines import Line
from budget.money import total
from budget.terms import Allotment, Nature, Source, UnitType, Upkeep
from budget.tests.strategies import FEN, books, numbered

Satisfies = Callable[[Mapping[str, object]], bool]


def facts(line: Line, types: Mapping[str, UnitType]) -> dict[str, object]:
    """Return what a line is told apart by, worked out from the line alone."""
    return {
        "unit": line.unit,
        "unit_type": types[line.unit],
        "nature": line.nature,
        "upkeep": line.upkeep,
        "project": line.project,
        "category": line.function[:3],
        "section": line.function[:5],
        "function": line.function,
        "economic_category": line.economic and line.economic[:3],
        "economic": line.economic,
        "source": line.source,
        "carried_over": line.carried_over,
        "allotment": line.allotment,
        "earned": not (line.received_from and line.received_from in types),
        "spent": not (line.paid_to and line.paid_to in types),
    }


@dataclass(frozen=True)
class Asked:
    """A question twice: as the ledger takes it, and as a test of a line's facts."""

    where: Where
    satisfies: Satisfies


def leaf(dimension: str, values: frozenset[object]) -> Asked:
    return Asked(where(**{dimension: values}), lambda line: line[dimension] in values)


def both(left: Asked, right: Asked) -> Asked:
    return Asked(
        left.where & right.where, lambda line: left.satisfies(line) and right.satisfies(line)
    )


def either(left: Asked, right: Asked) -> Asked:
    return Asked(
        left.where | right.where, lambda line: left.satisfies(line) or right.satisfies(line)
    )


VALUES: Mapping[str, tuple[object, ...]] = {
    "unit": ("901001", "901002", "901003"),
    "unit_type": tuple(UnitType),
    "nature": tuple(Nature),
    "upkeep": (*Upkeep, None),
    "project": ("901001-01", "901002-01", None),
    "category": ("201", "205", "208", "212"),
    "section": ("20103", "20502", "20805", "21208"),
    "economic_category": ("301", "302", "303", "310", None),
    "function": ("2010301", "2010302", "2120803"),
    "economic": ("30101", "30201", "30217", None),
    "source": tuple(Source),
    "carried_over": (True, False),
    "allotment": (*Allotment, None),
    "earned": (True, False),
    "spent": (True, False),
}
leaves = st.sampled_from(DIMENSIONS).flatmap(
    lambda dimension: st.builds(
        leaf,
        st.just(dimension),
        st.sets(st.sampled_from(VALUES[dimension])).map(frozenset),
    )
)
ends = st.sampled_from([Asked(EVERYTHING, lambda line: True), Asked(NOTHING, lambda line: False)])
questions = st.recursive(
    leaves | ends,
    lambda inner: st.builds(both, inner, inner) | st.builds(either, inner, inner),
    max_leaves=6,
)


def types_of(book: BudgetBook) -> dict[str, UnitType]:
    return {unit.code: unit.type for unit in book.units}


def found_by_hand(book: BudgetBook, *asked: Asked) -> tuple[Line, ...]:
    types = types_of(book)
    return tuple(
        line
        for line in book.lines
        if all(question.satisfies(facts(line, types)) for question in asked)
    )


def added(lines: tuple[Line, ...]) -> Decimal:
    return total(line.amount for line in lines)


@given(books(grain=FEN), questions)
def test_an_answer_is_the_sum_of_the_lines_that_satisfy_it(book: BudgetBook, asked: Asked) -> None:
    lines = found_by_hand(book, asked)
    assert book.ledger.lines(asked.where) == lines
    assert book.ledger.amount(asked.where) == added(lines)


@given(books(grain=FEN), questions, questions)
def test_two_questions_at_once_are_their_conjunction(
    book: BudgetBook, one: Asked, other: Asked
) -> None:
    lines = found_by_hand(book, one, other)
    assert book.ledger.amount(one.where, other.where) == added(lines)
    assert book.ledger.lines(one.where, other.where) == lines
    assert book.ledger.amount(one.where & other.where) == added(lines)


@given(books(), questions, questions)
def test_either_and_both_together_count_each_question_once(
    book: BudgetBook, one: Asked, other: Asked
) -> None:
    ledger = book.ledger
    apart = ledger.amount(one.where) + ledger.amount(other.where)
    together = ledger.amount(one.where | other.where) + ledger.amount(one.where & other.where)
    assert together == apart


@given(books(), questions)
def test_neutral_questions_change_nothing(book: BudgetBook, asked: Asked) -> None:
    expected = book.ledger.amount(asked.where)
    assert book.ledger.amount(asked.where & EVERYTHING) == expected
    assert book.ledger.amount(asked.where | NOTHING) == expected
    assert book.ledger.amount(asked.where & NOTHING) == 0
    assert book.ledger.amount(asked.where | EVERYTHING) == added(book.lines)


@given(books(grain=FEN), st.sets(st.sampled_from(DIMENSIONS)))
def test_sums_by_any_dimensions_are_those_of_a_plain_loop(
    book: BudgetBook, chosen: set[str]
) -> None:
    dimensions = tuple(sorted(chosen))
    types = types_of(book)
    expected: dict[tuple[object, ...], Decimal] = {}
    for line in book.lines:
        known = facts(line, types)
        key = tuple(known[dimension] for dimension in dimensions)
        expected[key] = expected.get(key, Decimal(0)) + line.amount
    assert book.ledger.sums(dimensions) == expected


@given(books(), st.lists(questions, min_size=2, max_size=5))
def test_what_was_asked_before_changes_no_answer(book: BudgetBook, asked: list[Asked]) -> None:
    answers = [book.ledger.amount(question.where) for question in asked]
    backwards = Ledger(book.lines, types_of(book))
    again = [backwards.amount(question.where) for question in reversed(asked)]
    assert again == answers[::-1]


@given(books(grain=FEN), questions, st.sampled_from(["function", "category", "unit", "source"]))
def test_answers_by_one_dimension_come_in_its_order(
    book: BudgetBook, asked: Asked, dimension: str
) -> None:
    types = types_of(book)
    lines = found_by_hand(book, asked)
    values = sorted({str(facts(line, types)[dimension]) for line in lines})
    expected = [
        (value, added(tuple(line for line in lines if facts(line, types)[dimension] == value)))
        for value in values
    ]
    assert list(book.ledger.by(dimension, asked.where).items()) == expected


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(UnknownDimension):
        where(colour="red")


def test_a_question_names_its_dimensions_in_the_ledgers_order() -> None:
    asked = where(source=Source.OTHER) & where(unit="901001") | where(nature=Nature.BASIC)
    assert dimensions_of(asked) == ("unit", "nature", "source")
    assert dimensions_of(asked, also=("economic",)) == ("unit", "nature", "economic", "source")
    assert dimensions_of(EVERYTHING) == ()


def test_contradictory_questions_name_no_line() -> None:
    assert where(nature=Nature.BASIC) & where(nature=Nature.PROJECT) == NOTHING


# --- transfers among the units of a book ---------------------------------------------------------

PAID = Line(
    unit="901001",
    sequence=1,
    nature=Nature.GRANTS_TO_AFFILIATES,
    function="2010301",
    source=Source.OTHER,
    amount=Decimal("300.00"),
    paid_to="901002",
)
RECEIVED = Line(
    unit="901002",
    sequence=1,
    nature=Nature.BASIC,
    function="2010301",
    source=Source.GRANTS_FROM_SUPERIOR,
    amount=Decimal("300.00"),
    upkeep=Upkeep.OPERATING,
    economic="30201",
    received_from="901001",
)
EARNED, SPENT = where(earned=True), where(spent=True)


def ledger_of(*units: str) -> Ledger:
    lines = [line for line in (PAID, RECEIVED) if line.unit in units]
    return Ledger(lines, dict.fromkeys(units, UnitType.PUBLIC_SERVICE_ONE))


def test_a_transfer_inside_the_book_counts_once_on_either_side() -> None:
    whole = ledger_of("901001", "901002")
    assert whole.lines(EARNED) == (PAID,)
    assert whole.lines(SPENT) == (RECEIVED,)


@pytest.mark.parametrize(("unit", "line"), [("901001", PAID), ("901002", RECEIVED)])
def test_a_transfer_to_outside_the_book_counts_in_full(unit: str, line: Line) -> None:
    alone = ledger_of(unit)
    assert alone.lines(EARNED) == alone.lines(SPENT) == (line,)


def test_lines_of_one_key_are_added_and_stay_apart_as_lines() -> None:
    lines = numbered([RECEIVED, replace(RECEIVED, amount=Decimal("0.01"))])
    ledger = Ledger(lines, {"901002": UnitType.ADMINISTRATIVE})
    assert ledger.amount(EVERYTHING) == Decimal("300.01")
    assert ledger.lines(EVERYTHING) == lines


def test_a_book_without_lines_answers_zero() -> None:
    empty = Ledger((), {})
    assert empty.amount(EVERYTHING) == 0
    assert empty.by("function", EVERYTHING) == {}
