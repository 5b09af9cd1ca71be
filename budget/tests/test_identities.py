"""In every book each line is in exactly the cells that it belongs to, and nothing else is.

Together with test_identities_tables.py: what holds by construction, on random books.
"""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.ledger import where
from budget.measures.registry import MEASURES
from budget.money import total
from budget.terms import Scope
from budget.tests.expected import BUDGET_TABLES
from budget.tests.placing import cells_of, places
from budget.tests.samples import sample_book
from budget.tests.strategies import FEN, HUNDRED_YUAN, books
from budget.tests.viewing import View


def shown(book: BudgetBook) -> dict[str, str]:
    """Return what the money cells print that are not blank."""
    return {cell.address: cell.text for cell in View(book).money_cells() if cell.text}


def exact(book: BudgetBook) -> dict[str, Decimal]:
    view = View(book)
    amounts = {cell.address: view.amount(cell) for cell in view.money_cells()}
    return {address: amount for address, amount in amounts.items() if amount}


def internal(book: BudgetBook) -> Decimal:
    """Return what units of the book pay to each other."""
    codes = {unit.code for unit in book.units}
    return total(line.amount for line in book.lines if line.paid_to in codes)


@given(books(grain=FEN))
def test_every_cell_holds_the_lines_that_belong_to_it_and_no_others(book: BudgetBook) -> None:
    assert exact(book) == cells_of(book)


def test_every_cell_of_the_sample_holds_the_lines_that_belong_to_it() -> None:
    assert exact(sample_book()) == cells_of(sample_book())


@given(books(grain=FEN))
def test_every_cell_prints_the_amount_that_belongs_to_it(book: BudgetBook) -> None:
    # Half up from the exact amount; an amount that is not zero is never printed as blank.
    unit = View(book).edition.text_unit
    expected = {
        address: unit.text(amount, grouped=True) for address, amount in cells_of(book).items()
    }
    assert shown(book) == expected


@given(books(grain=HUNDRED_YUAN), st.data())
def test_a_line_moves_exactly_the_cells_that_it_belongs_to(
    book: BudgetBook, data: st.DataObject
) -> None:
    assume(book.lines)
    place = data.draw(st.integers(0, len(book.lines) - 1))
    line = book.lines[place]
    more = replace(line, amount=line.amount + HUNDRED_YUAN)
    moved = replace(book, lines=(*book.lines[:place], more, *book.lines[place + 1 :]))
    before, after = shown(book), shown(moved)
    changed = {address for address, text in after.items() if before.get(address) != text}
    assert changed == places(line, frozenset(unit.code for unit in book.units))
    assert before.keys() == after.keys()


@given(books(), st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_nothing(book: BudgetBook, random: Random) -> None:
    shuffled = list(book.lines)
    random.shuffle(shuffled)
    other = replace(book, lines=tuple(shuffled))
    for code in BUDGET_TABLES:
        assert View(other).table(code) == View(book).table(code)


@given(books(grain=FEN))
def test_splitting_lines_changes_nothing(book: BudgetBook) -> None:
    halves = tuple(
        replace(line, amount=amount)
        for line in book.lines
        for amount in (line.amount - FEN, FEN)
        if amount
    )
    other = replace(book, lines=halves)
    for code in BUDGET_TABLES:
        assert View(other).table(code) == View(book).table(code)


@given(books(fewest_units=2))
def test_a_units_document_is_that_of_a_book_with_its_lines_alone(book: BudgetBook) -> None:
    for unit in book.units:
        alone = replace(
            book,
            scope=Scope.UNIT,
            units=(unit,),
            lines=tuple(line for line in book.lines if line.unit == unit.code),
            projects=tuple(each for each in book.projects if each.unit == unit.code),
            prior=(),
        )
        for code in BUDGET_TABLES:
            assert View(book.seen_by(unit.code)).table(code) == View(alone).table(code)


@given(books(fewest_units=2, grain=FEN))
def test_the_department_is_the_sum_of_its_units_less_transfers_among_them(
    book: BudgetBook,
) -> None:
    units = [book.seen_by(unit.code) for unit in book.units]
    for code in ("revenue_total", "current_revenue", "spending_total", "current_spending"):
        measure = MEASURES[code]
        assert total(measure.amount(unit) for unit in units) == measure.amount(book) + internal(
            book
        )


@given(books(fewest_units=2, grain=FEN))
def test_what_no_transfer_touches_adds_up_over_units(book: BudgetBook) -> None:
    # Received money is 单位资金 of this year, and what is paid on is neither 基本 nor 项目支出.
    units = [book.seen_by(unit.code) for unit in book.units]
    for code in (
        *("appropriation", "special_account_revenue", "carryover_in", "basic_spending"),
        *("project_spending", "business_spending", "surplus_distribution", "carryover_out"),
        *("general_public_spending", "three_publics", "agency_operating_costs"),
    ):
        measure = MEASURES[code]
        assert total(measure.amount(unit) for unit in units) == measure.amount(book)


@given(books(grain=FEN))
def test_agency_operating_costs_are_of_agencies_only(book: BudgetBook) -> None:
    agencies = {
        unit.code for unit in book.units if unit.type in ("administrative", "civil_service_managed")
    }
    expected = total(
        line.amount
        for line in book.lines
        if line.unit in agencies
        and line.source == "general_public"
        and line.nature == "basic"
        and line.upkeep == "operating"
    )
    assert MEASURES["agency_operating_costs"].amount(book) == expected


@given(books())
def test_the_lines_behind_a_figure_add_up_to_it(book: BudgetBook) -> None:
    view = View(book)
    for cell in view.money_cells():
        assert cell.questions
        behind = book.ledger.lines(*cell.questions)
        assert total(line.amount for line in behind) == view.amount(cell)


@given(books(fewest_units=2))
def test_a_question_about_one_unit_is_answered_from_its_lines(book: BudgetBook) -> None:
    for unit in book.units:
        own = total(line.amount for line in book.lines if line.unit == unit.code)
        assert book.ledger.amount(where(unit=unit.code)) == own


@pytest.mark.long
@settings(max_examples=300)
@given(books(grain=FEN, fewest_units=3, most_lines=120))
def test_every_cell_of_a_large_book_holds_the_lines_that_belong_to_it(book: BudgetBook) -> None:
    assert exact(book) == cells_of(book)
