"""What a 批复 settles: no amount of a book is left out, and no word is an amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any, get_type_hints

import pytest

from budget.amounts import differing
from budget.book import BudgetBook, ExecutedFigure, PriorFigure, ProcurementItem
from budget.terms import ProcurementKind
from budget.tests.samples import sample_book

CENT = Decimal("0.01")
ASKED_FOR = "requested"
"""What was asked for before it was granted: told inside the house, printed nowhere."""


def a_full_book() -> BudgetBook:
    """Return the sample with a row of everything that states an amount."""
    book = sample_book()
    unit = book.units[0].code
    grain = Decimal(1)
    prior = PriorFigure(measure="m", amount=Decimal(5), precision=grain, origin="表", unit=unit)
    bought = ProcurementItem(
        unit=unit, sequence=1, kind=ProcurementKind.GOODS, name="物", amount=Decimal(9)
    )
    executed = ExecutedFigure(unit=unit, function="2010301", amount=Decimal(7))
    project = replace(book.projects[0], total_appropriated=Decimal(1), total_other=Decimal(2))
    return replace(
        book,
        projects=(project, *book.projects[1:]),
        procurement=(bought,),
        prior=(prior, *book.prior),
        executions=(executed, *book.executions),
    )


def rows(book: BudgetBook) -> Iterator[tuple[str, Any]]:
    """Yield the first row of each register, with the register's name."""
    for each in fields(book):
        value = getattr(book, each.name)
        if each.name != "units" and isinstance(value, tuple) and value:
            yield each.name, value[0]


def with_first(book: BudgetBook, name: str, row: Any) -> BudgetBook:
    changes: dict[str, Any] = {name: (row, *getattr(book, name)[1:])}
    return replace(book, **changes)


def typed(kind: object) -> list[tuple[str, str]]:
    """Return register and field of everything of a type in the full book."""
    return [
        (name, each)
        for name, row in rows(a_full_book())
        for each, hint in get_type_hints(type(row)).items()
        if hint in (kind, kind | None) and each != ASKED_FOR  # type: ignore[operator]
    ]


@pytest.mark.parametrize(("register", "field"), typed(Decimal))
def test_an_amount_that_differs_by_a_fen_is_told(register: str, field: str) -> None:
    book = a_full_book()
    row = getattr(book, register)[0]
    other = with_first(book, register, replace(row, **{field: getattr(row, field) + CENT}))
    # Where it was and where it is: two statements that only one side makes.
    assert len(differing(book, other)) == 2


def test_every_register_that_states_money_was_asked() -> None:
    assert {register for register, _ in typed(Decimal)} == {
        "lines",
        "estimates",
        "projects",
        "events",
        "procurement",
        "prior",
        "executions",
    }


WORDS = [
    ("projects", "name"),
    ("projects", "purpose"),
    ("projects", "overview"),
    ("events", "name"),
    ("events", "content"),
    ("procurement", "name"),
    ("prior", "origin"),
]


@pytest.mark.parametrize(("register", "field"), WORDS)
def test_a_word_is_no_amount(register: str, field: str) -> None:
    book = a_full_book()
    row = getattr(book, register)[0]
    other = with_first(book, register, replace(row, **{field: "另一个说法"}))
    assert differing(book, other) == ()


def test_an_amount_that_moves_to_another_code_is_told_though_the_total_stays() -> None:
    book = a_full_book()
    other = with_first(book, "lines", replace(book.lines[0], function="2010399"))
    assert len(differing(book, other)) == 2


def test_the_order_of_lines_and_idle_zeros_do_not_matter() -> None:
    book = a_full_book()
    first = replace(book.lines[0], amount=Decimal(f"{book.lines[0].amount:f}") + Decimal("0.000"))
    other = replace(book, lines=(*book.lines[1:], first))
    assert differing(book, other) == ()
