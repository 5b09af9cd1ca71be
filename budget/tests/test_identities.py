"""In every book each line is in exactly the cells that it belongs to, and nothing else is.

Together with test_identities_tables.py: what holds by construction, on random books, in every
format. The two formats of eight tables place lines alike.
"""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.document import Table
from budget.ledger import where
from budget.lines import Line
from budget.measures.registry import MEASURES
from budget.money import total
from budget.terms import Scope
from budget.tests import placing, placing_district
from budget.tests.drawn_views import in_every_format
from budget.tests.formats import CITY, DISTRICT, Format
from budget.tests.samples import sample_book
from budget.tests.strategies import FEN, HUNDRED_YUAN, books
from budget.tests.viewing import View

pytestmark = pytest.mark.long


def places_in(form: Format, book: BudgetBook, line: Line) -> frozenset[str]:
    """Return the cells that a line adds to, by the second opinion on the format's tables."""
    types = {unit.code: unit.type for unit in book.units}
    if form is DISTRICT:
        return placing_district.places(line, types[line.unit])
    return placing.places(line, frozenset(types))


def cells_of(form: Format, book: BudgetBook) -> dict[str, Decimal]:
    """Return the exact amount of every cell that is not zero, by address, in yuan."""
    amounts: dict[str, Decimal] = {}
    for line in book.lines:
        for address in places_in(form, book, line):
            amounts[address] = amounts.get(address, Decimal(0)) + line.amount
    return amounts


def shown(form: Format, book: BudgetBook) -> dict[str, str]:
    """Return what the money cells print that are not blank."""
    return {cell.address: cell.text for cell in View(book, form).money_cells() if cell.text}


def exact(form: Format, book: BudgetBook) -> dict[str, Decimal]:
    view = View(book, form)
    amounts = {cell.address: view.amount(cell) for cell in view.money_cells()}
    return {address: amount for address, amount in amounts.items() if amount}


def internal(book: BudgetBook) -> Decimal:
    """Return what units of the book pay to each other."""
    codes = {unit.code for unit in book.units}
    return total(line.amount for line in book.lines if line.paid_to in codes)


@in_every_format
@given(data=st.data())
def test_every_cell_holds_the_lines_that_belong_to_it_and_no_others(
    form: Format, data: st.DataObject
) -> None:
    book = data.draw(form.books(grain=FEN))
    assert exact(form, book) == cells_of(form, book)


def test_every_cell_of_the_sample_holds_the_lines_that_belong_to_it() -> None:
    assert exact(CITY, sample_book()) == cells_of(CITY, sample_book())


@in_every_format
@given(data=st.data())
def test_every_cell_prints_the_amount_that_belongs_to_it(form: Format, data: st.DataObject) -> None:
    # Half up from the exact amount; an amount that is not zero is never printed as blank.
    book = data.draw(form.books(grain=FEN))
    view = View(book, form)
    expected = {
        address: printed(amount, view.table(address.partition("/")[0]), whole=form is DISTRICT)
        for address, amount in cells_of(form, book).items()
    }
    assert shown(form, book) == expected


def printed(amount: Decimal, table: Table, *, whole: bool) -> str:
    """Return an amount in the table's unit; ``whole`` drops the decimals where none has any."""
    if table.unit == "万元":
        return f"{(amount / 10_000).quantize(FEN, ROUND_HALF_UP):,}"
    cells = [cell.value for cell in table.cells.values() if isinstance(cell.value, Decimal)]
    all_whole = whole and all(value % 1 == 0 for value in cells)
    return f"{amount.quantize(Decimal(1) if all_whole else FEN, ROUND_HALF_UP):,}"


@in_every_format
@given(data=st.data())
def test_a_line_moves_exactly_the_cells_that_it_belongs_to(
    form: Format, data: st.DataObject
) -> None:
    book = data.draw(form.books())
    assume(book.lines)
    place = data.draw(st.integers(0, len(book.lines) - 1))
    line = book.lines[place]
    more = replace(line, amount=line.amount + HUNDRED_YUAN)
    moved = replace(book, lines=(*book.lines[:place], more, *book.lines[place + 1 :]))
    before, after = shown(form, book), shown(form, moved)
    changed = {address for address, text in after.items() if before.get(address) != text}
    assert changed == places_in(form, book, line)
    assert before.keys() == after.keys()


@in_every_format
@given(data=st.data())
def test_the_order_of_lines_changes_nothing(form: Format, data: st.DataObject) -> None:
    book = data.draw(form.books())
    other = replace(book, lines=tuple(data.draw(st.permutations(book.lines))))
    for code in form.tables:
        assert View(other, form).table(code) == View(book, form).table(code)


@in_every_format
@given(data=st.data())
def test_splitting_lines_changes_nothing(form: Format, data: st.DataObject) -> None:
    book = data.draw(form.books(grain=FEN))
    halves = tuple(
        replace(line, amount=amount)
        for line in book.lines
        for amount in (line.amount - FEN, FEN)
        if amount
    )
    other = replace(book, lines=halves)
    for code in form.tables:
        assert View(other, form).table(code) == View(book, form).table(code)


@in_every_format
@given(data=st.data())
def test_a_units_document_is_that_of_a_book_with_its_lines_alone(
    form: Format, data: st.DataObject
) -> None:
    book = data.draw(form.books(fewest_units=2))
    for unit in book.units:
        alone = replace(
            book,
            scope=Scope.UNIT,
            units=(unit,),
            lines=tuple(line for line in book.lines if line.unit == unit.code),
            projects=tuple(each for each in book.projects if each.unit == unit.code),
            prior=(),
        )
        for code in form.tables:
            own = View(book.seen_by(unit.code), form).table(code)
            assert own == View(alone, form).table(code)


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


@in_every_format
@given(data=st.data())
def test_the_lines_behind_a_figure_add_up_to_it(form: Format, data: st.DataObject) -> None:
    book = data.draw(form.books())
    view = View(book, form)
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
@in_every_format
@settings(max_examples=300)
@given(data=st.data())
def test_every_cell_of_a_large_book_holds_the_lines_that_belong_to_it(
    form: Format, data: st.DataObject
) -> None:
    book = data.draw(form.books(grain=FEN, fewest_units=3, most_lines=120))
    assert exact(form, book) == cells_of(form, book)
