"""What is behind figures: exactly what they add up to, or said to be of another kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.behind import Behind, NoFigure, Quantity, behind
from budget.book import BudgetBook, Event, ExecutedFigure, ProcurementItem, VehicleCount
from budget.disclosure import compose
from budget.document import CellKind, Disclosure, Figure, FigureKind, Paragraph
from budget.drafting import draft
from budget.edition import EDITIONS, Each, Edition
from budget.remarks import Remarks
from budget.tables.spec import TABLES, Amount, Setting
from budget.terms import EventKind, Holding, ProcurementKind, VehicleUse
from budget.tests.books import (
    OFFICE,
    PROJECT,
    a_book,
    basic,
    last_year,
    project,
    published,
    running,
    wan,
)
from budget.tests.samples import declared, sample_book, sample_disclosure
from budget.tests.strategies import REMARKS, books

EDITION_CODES = ("changsha-2023", "national-2016", "shanghai-district-2026")


def figures_of(document: Disclosure) -> Iterator[Figure]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from (run for run in block.text if isinstance(run, Figure))


def lines(found: Behind) -> list[object]:
    return [origin.spot for origin in found.origins]


# ---- cells


def test_the_lines_behind_a_cell_are_those_that_it_adds_up() -> None:
    book = a_book(basic("60", sequence=1), project("40", sequence=2))
    document = published(book)
    total = behind("spending/total/total", document, book)
    assert (total.quantity, total.total) == (Quantity.SUM, wan("100"))
    assert lines(total) == [("line", "900001", 1), ("line", "900001", 2)]
    assert lines(behind("spending/total/project", document, book)) == [("line", "900001", 2)]


def test_an_empty_cell_has_nothing_behind_it() -> None:
    book = a_book(basic("60"))
    found = behind("spending/total/project", published(book), book)
    assert (found.quantity, found.origins, found.total) == (Quantity.SUM, (), Decimal(0))


def test_a_score_comes_from_its_indicator() -> None:
    document = sample_disclosure()
    [address] = [
        cell.address
        for row in document.tables_by_code["overall-goals"].rows[:1]
        for cell in row.cells
        if cell.kind is CellKind.SCORE
    ]
    found = behind(address, document, sample_book())
    assert found.quantity is Quantity.TYPED
    [origin] = found.origins
    assert origin.spot[:2] == ("overall_indicator", "157001")
    assert origin.field == "weight"
    assert origin.amount is not None
    assert f"{origin.amount.normalize():f}" == found.text


def test_a_typed_amount_comes_from_its_project() -> None:
    declared()
    told = replace(PROJECT, introduced=True, total_appropriated=wan("9"), total_other=wan("1"))
    book = a_book(project("4", sequence=1), projects=(told,))
    document = published(book, EDITIONS["shanghai-district-2026"])
    sheet = "project-goal-sheet-900001-01"
    found = behind(f"{sheet}/total/first_value", document, book)
    assert (found.quantity, found.total) == (Quantity.TYPED, wan("10"))
    assert [(each.spot, each.field) for each in found.origins] == [
        (("project", "900001", "900001-01"), "total_appropriated"),
        (("project", "900001", "900001-01"), "total_other"),
    ]
    assert lines(behind(f"{sheet}/year/second_value", document, book)) == [("line", "900001", 1)]


def test_what_there_is_not_is_refused() -> None:
    with pytest.raises(NoFigure, match="没有“spending/total/nothing”这个数字"):
        behind("spending/total/nothing", sample_disclosure(), sample_book())


# ---- sentences

PRIOR = (last_year("revenue_total", "90"), last_year("spending_total", "90"))


def test_a_change_shows_both_years() -> None:
    book = a_book(basic("60", sequence=1), project("40", sequence=2), prior=PRIOR)
    document = published(book)
    for key, quantity in (
        ("change", Quantity.DIFFERENCE),
        ("percent", Quantity.RATE),
        ("direction", Quantity.DIRECTION),
    ):
        found = behind(f"revenue-budget/revenue_total.{key}", document, book)
        assert found.quantity is quantity
        assert (found.total, found.total_before) == (wan("100"), wan("90"))
        assert [origin.spot for origin in found.before] == [("prior", None, "revenue_total")]


def test_a_share_shows_the_lines_of_its_amount() -> None:
    book = a_book(basic("60", sequence=1), project("40", sequence=2, function="2030603"))
    found = behind(
        "general-public-spending/general_public_spending.203.share", published(book), book
    )
    assert (found.quantity, lines(found)) == (Quantity.SHARE, [("line", "900001", 2)])


def test_what_a_register_states_shows_its_entries() -> None:
    meeting = Event(
        unit=OFFICE.code,
        sequence=4,
        kind=EventKind.MEETING,
        name="会",
        content="议题",
        attendance=30,
        basic=wan("1"),
        project=wan("2"),
    )
    training = replace(meeting, sequence=5, kind=EventKind.TRAINING)
    bought = ProcurementItem(
        unit=OFFICE.code, sequence=1, kind=ProcurementKind.GOODS, name="电脑", amount=wan("3")
    )
    book = a_book(basic("60"), events=(meeting, training), procurement=(bought,))
    document = published(book)
    meetings = behind("general-expenses/meetings", document, book)
    assert (meetings.quantity, meetings.total) == (Quantity.REGISTER, wan("3"))
    assert lines(meetings) == [("event", "900001", 4)]
    people = behind("general-expenses/meetings.attendance", document, book)
    assert (people.quantity, people.total) == (Quantity.COUNT, Decimal(30))
    assert lines(behind("procurement/procurement", document, book)) == [
        ("procurement", "900001", 1)
    ]


def test_vehicles_are_told_by_holding_and_use() -> None:
    cars = VehicleCount(unit=OFFICE.code, holding=Holding.STOCK, use=VehicleUse.EMERGENCY, count=2)
    book = a_book(basic("60"), vehicles=(cars,))
    found = behind("assets/vehicles.stock", published(book), book)
    assert (found.quantity, found.total) == (Quantity.COUNT, Decimal(2))
    assert lines(found) == [("vehicle", "900001", Holding.STOCK, VehicleUse.EMERGENCY)]


def test_execution_shows_what_was_spent_last_year() -> None:
    declared()
    spent = ExecutedFigure(unit=OFFICE.code, function="2010301", amount=wan("50"))
    book = a_book(basic("60", sequence=7), executions=(spent,))
    document = published(book, EDITIONS["shanghai-district-2026"])
    stated = behind("appropriation-items/execution.2010301", document, book)
    assert (stated.quantity, stated.total) == (Quantity.REGISTER, wan("50"))
    rate = behind("appropriation-items/execution.2010301.percent", document, book)
    assert (rate.quantity, rate.total, rate.total_before) == (Quantity.RATE, wan("60"), wan("50"))


def test_units_stand_behind_last_years_figures_that_are_their_sum() -> None:
    other = replace(OFFICE, code="900002", is_head=False)
    prior = [
        last_year("revenue_total", "40", unit="900001"),
        last_year("revenue_total", "50", unit="900002"),
    ]
    book = a_book(basic("100"), units=(OFFICE, other), prior=prior)
    found = behind("revenue-budget/revenue_total.change", published(book), book)
    assert found.total_before == wan("90")
    assert [origin.spot[1] for origin in found.before] == ["900001", "900002"]


def test_a_gap_has_nothing_behind_it_yet() -> None:
    declared()
    book = a_book(basic("60"), prior=PRIOR)
    document = draft(book, Remarks(), EDITIONS["changsha-2023"])
    found = behind("revenue-budget/revenue_change", document, book)
    assert (found.quantity, found.text) == (Quantity.WORDS, "【待填：收入增减原因】")


# ---- every figure


def exact(book: BudgetBook, edition: Edition) -> dict[str, Decimal]:
    """Return the exact amount, in yuan, of every cell of money by its address."""
    amounts = {}
    for part in edition.parts:
        if book.scope not in part.scopes:
            continue
        projects = [each for each in book.projects if each.introduced]
        for told_of in projects if part.each is Each.PROJECT else [None]:
            for use in (use for use in part.tables if book.scope in use.scopes):
                setting = Setting(book, TABLES[use.table], use, edition, told_of)
                for plan in setting.spec.rows.plans(setting):
                    for column, value in plan.values.items():
                        row = plan.places.get(column, plan.key)
                        if isinstance(value, Amount) and row:
                            amounts[f"{setting.code}/{row}/{column}"] = value.yuan
    return amounts


@settings(max_examples=25, deadline=None)
@given(
    case=st.sampled_from(EDITION_CODES).flatmap(
        lambda code: st.tuples(st.just(code), books(plain=code == "shanghai-district-2026"))
    )
)
def test_lines_add_up_to_every_cell(case: tuple[str, BudgetBook]) -> None:
    declared()
    code, book = case
    edition = EDITIONS[code]
    for seen in (book, *(book.seen_by(unit.code) for unit in book.units[:2])):
        document, amounts = compose(seen, REMARKS, edition), exact(seen, edition)
        money = {
            cell.address
            for table in document.tables
            if not table.is_empty
            for cell in table.cells.values()
            if cell.kind is CellKind.AMOUNT
        }
        assert money <= amounts.keys()
        for address in money:
            found = behind(address, document, seen)
            assert found.quantity in (Quantity.SUM, Quantity.TYPED)
            assert found.total == amounts[address], address


@settings(max_examples=25, deadline=None)
@given(
    case=st.sampled_from(EDITION_CODES).flatmap(
        lambda code: st.tuples(st.just(code), books(plain=code == "shanghai-district-2026"))
    )
)
def test_every_figure_of_a_sentence_can_be_worked_out(case: tuple[str, BudgetBook]) -> None:
    declared()
    code, book = case
    edition = EDITIONS[code]
    document = compose(book, REMARKS, edition)
    for figure in figures_of(document):
        _is_explained(figure, behind(figure.address, document, book), edition)


def _is_explained(figure: Figure, found: Behind, edition: Edition) -> None:
    now = edition.text_unit.printed(found.total)
    before = edition.text_unit.printed(found.total_before)
    if found.quantity in (Quantity.SUM, Quantity.REGISTER):
        assert figure.kind is FigureKind.AMOUNT
        assert figure.value == now, figure.address
    elif found.quantity is Quantity.DIFFERENCE:
        assert figure.value == abs(now - before), figure.address
    elif found.quantity is Quantity.DIRECTION:
        rises = {"增加": True, "增长": True, "减少": False, "下降": False}.get(figure.text)
        assert (rises is None) is (now == before)
        assert rises is None or rises is (now > before)
    elif found.quantity is Quantity.COUNT:
        assert not found.origins or figure.value == found.total
    else:
        assert found.quantity in (Quantity.RATE, Quantity.SHARE)
        assert figure.kind is FigureKind.PERCENT


def test_every_figure_of_the_sample_can_be_worked_out() -> None:
    document, book = sample_disclosure(), sample_book()
    edition = EDITIONS[document.edition]
    for figure in figures_of(document):
        _is_explained(figure, behind(figure.address, document, book), edition)
    assert sum(1 for _ in figures_of(document)) > 50


def test_running_costs_are_told_by_their_lines() -> None:
    book = a_book(basic("60", sequence=1), running("5", sequence=2))
    found = behind("agency-operating-costs/agency_operating_costs", published(book), book)
    assert lines(found) == [("line", "900001", 2)]
