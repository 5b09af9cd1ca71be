"""Several bodies as one: cell by cell the sum of its parts, less what goes between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook, Department, Unit
from budget.consolidating import NoBooks, eliminated, reconciled, tables_of, united
from budget.document import CellKind, Table
from budget.edition import EDITIONS, Edition, TableUse
from budget.ledger import Where
from budget.lines import Line
from budget.money import total
from budget.tables.build import build
from budget.terms import Nature, Source, UnitType
from budget.tests.books import (
    OFFICE,
    PROJECT,
    SCHOOL,
    a_book,
    basic,
    last_year,
    other_use,
    project,
    wan,
)
from budget.tests.samples import declared, sample_edition
from budget.tests.strategies import books
from performance.goals import Goals, ProjectGoal

declared()
EDITION = sample_edition()
FORMS = [(edition, use) for edition in EDITIONS.values() for use in tables_of(edition)]
TWO = (OFFICE, SCHOOL)


def use_of(code: str) -> TableUse:
    [found] = [use for use in EDITION.tables if use.table == code]
    return found


def a_transfer() -> tuple[Line, Line]:
    """某局 gives 某校 12 万元: it pays, the school receives and spends."""
    paid = other_use("12", Nature.GRANTS_TO_AFFILIATES, Source.GENERAL_PUBLIC, paid_to=SCHOOL.code)
    spent = basic(
        "12", unit=SCHOOL.code, source=Source.GRANTS_FROM_SUPERIOR, received_from=OFFICE.code
    )
    return paid, spent


def two_units() -> BudgetBook:
    """某局 with 100 万元 of its own, 某校 with 50, and 12 from the one to the other."""
    return a_book(basic("100"), basic("50", unit=SCHOOL.code), *a_transfer(), units=TWO)


# ---- a department and its units


def test_a_transfer_is_two_lines_and_they_are_listed() -> None:
    book = two_units()
    assert eliminated(book) == book.lines[2:]
    assert eliminated(book.seen_by(OFFICE.code)) == ()


def test_units_less_what_is_eliminated_are_the_department() -> None:
    rows = {each.address: each for each in reconciled(two_units(), EDITION, use_of("spending"))}
    # The office spends 100 and gives 12, the school spends 50 and the 12: 174 in all. The
    # department spends 100 + 50 + 12; giving 12 to its own unit is no spending of the whole.
    whole = rows["spending/total/total"]
    assert (whole.units, whole.eliminated, whole.department) == (wan("174"), wan("12"), wan("162"))
    given_away = rows["spending/total/grants_to_affiliates"]
    assert (given_away.units, given_away.eliminated, given_away.department) == (
        wan("12"),
        wan("12"),
        Decimal(0),
    )
    assert [line.paid_to for line in given_away.lines] == [None]  # as if the units were strangers
    assert (whole.row, whole.column) == ("合计", "总计")
    kept = rows["spending/total/basic"]
    assert (kept.units, kept.eliminated, kept.lines) == (wan("162"), Decimal(0), ())


@given(books(fewest_units=2), st.sampled_from(FORMS))
def test_every_figure_of_every_table_is_reconciled(
    book: BudgetBook, form: tuple[Edition, TableUse]
) -> None:
    edition, use = form
    rows = reconciled(book, edition, use)
    assert all(each.holds for each in rows)
    table = build(book, edition, use, 1, losing=lambda error: None)
    by_address = {each.address: each for each in rows}
    for cell in table.cells.values():
        if cell.kind is CellKind.AMOUNT and cell.questions:
            assert by_address[cell.address].department == book.ledger.amount(*cell.questions)


# ---- sets


def of_department(book: BudgetBook, code: str) -> BudgetBook:
    """Return the same book as another department's."""

    def moved(unit: str | None) -> str | None:
        return f"{code}{unit[3:]}" if unit else None

    return replace(
        book,
        department=Department(code=code, name=f"部门{code}"),
        units=tuple(replace(unit, code=f"{code}{unit.code[3:]}") for unit in book.units),
        lines=tuple(
            replace(
                line,
                unit=f"{code}{line.unit[3:]}",
                project=moved(line.project),
                paid_to=moved(line.paid_to),
                received_from=moved(line.received_from),
            )
            for line in book.lines
        ),
        projects=tuple(
            replace(each, unit=f"{code}{each.unit[3:]}", code=f"{code}{each.code[3:]}")
            for each in book.projects
        ),
        prior=tuple(replace(each, unit=moved(each.unit)) for each in book.prior),
    )


def exact(table: Table, book: BudgetBook) -> dict[str, Decimal]:
    """Return the exact amounts of a table's cells by address."""
    return {
        cell.address: book.ledger.amount(*cell.questions)
        for cell in table.cells.values()
        if cell.kind is CellKind.AMOUNT and cell.questions
    }


def amounts(books_: Sequence[BudgetBook], questions: tuple[Where, ...]) -> Decimal:
    return total(book.ledger.amount(*questions) for book in books_)


@given(st.lists(books(), min_size=2, max_size=3), st.sampled_from(FORMS))
def test_a_table_of_a_set_is_the_sum_of_its_departments_cell_by_cell(
    drawn: list[BudgetBook], form: tuple[Edition, TableUse]
) -> None:
    edition, use = form
    parts = [of_department(book, f"90{number}") for number, book in enumerate(drawn)]
    whole = united(parts, "汇总")
    table = build(whole, edition, use, 1, losing=lambda error: None)
    sums: dict[str, Decimal] = {}
    for part in parts:
        own = build(part, edition, use, 1, losing=lambda error: None)
        for address, amount in exact(own, part).items():
            sums[address] = sums.get(address, Decimal(0)) + amount
    found = exact(table, whole)
    for address in found.keys() | sums.keys():
        assert found.get(address, Decimal(0)) == sums.get(address, Decimal(0)), address


@given(st.lists(books(), min_size=2, max_size=3), st.data())
def test_some_units_of_several_departments_are_summed_as_they_stand(
    drawn: list[BudgetBook], data: st.DataObject
) -> None:
    parts = [of_department(book, f"90{number}") for number, book in enumerate(drawn)]
    views = [part.seen_by(unit.code) for part in parts for unit in part.budget_units]
    chosen = [view for view in views if data.draw(st.booleans())] or views[:1]
    whole = united(chosen, "汇总")
    assert {unit.code for unit in whole.units} == {view.units[0].code for view in chosen}
    table = build(whole, EDITION, use_of("spending"), 1, losing=lambda error: None)
    inside = eliminated(whole)
    for cell in table.cells.values():
        if cell.kind is CellKind.AMOUNT and cell.questions:
            both = amounts(chosen, cell.questions)
            out = [line for line in inside if line.paid_to]
            assert both - whole.ledger.amount(*cell.questions) in {
                Decimal(0),
                *_sums(line.amount for line in out),
            }


def _sums(numbers: object) -> set[Decimal]:
    """Return every sum of some of the numbers."""
    found = {Decimal(0)}
    for number in numbers:  # type: ignore[attr-defined]
        found |= {each + number for each in found}
    return found


def test_transfers_to_another_department_stay() -> None:
    here = a_book(basic("100"), units=(OFFICE,))
    there_unit = Unit(code="902001", name="外局", type=UnitType.ADMINISTRATIVE, is_head=True)
    gift = other_use(
        "12", Nature.GRANTS_TO_AFFILIATES, Source.GENERAL_PUBLIC, paid_to=there_unit.code
    )
    there = replace(
        a_book(
            basic(
                "12",
                unit=there_unit.code,
                source=Source.GRANTS_FROM_SUPERIOR,
                received_from=OFFICE.code,
            ),
            units=(there_unit,),
        ),
        department=Department(code="902", name="外局"),
        projects=(),
    )
    whole = united([replace(here, lines=(*here.lines, gift)), there], "两个部门")
    assert eliminated(whole) == ()
    table = build(whole, EDITION, use_of("spending"), 1)
    # 100 of one's own, 12 given, and the 12 that the other spends.
    assert exact(table, whole)["spending/total/total"] == wan("124")


def test_one_department_of_a_set_has_its_transfers_eliminated() -> None:
    whole = united([two_units()], "某局")
    table = build(whole, EDITION, use_of("spending"), 1)
    assert exact(table, whole)["spending/total/total"] == wan("162")


def test_projects_of_one_code_in_two_departments_are_told_apart() -> None:
    goal = ProjectGoal(unit=OFFICE.code, project=PROJECT.code, goal="目标", indicators=())
    first = a_book(project("3"), parts={"goals": Goals(projects=(goal,))})
    second = replace(
        of_department(a_book(), "902"),
        lines=tuple(replace(line, unit="902001") for line in first.lines),
        projects=tuple(replace(each, unit="902001") for each in first.projects),
        parts=first.parts,
    )
    whole = united([first, second], "两个部门")
    codes = [each.code for each in whole.projects]
    assert codes == ["900-900001-01", "902-900001-01"]
    assert [line.project for line in whole.lines] == codes
    goals = whole.part(Goals, "goals")
    assert [each.project for each in goals.projects] == codes
    assert len({(each.unit, each.code) for each in whole.projects}) == 2


def test_last_years_figures_are_summed_where_all_state_them() -> None:
    first = a_book(basic("1"), prior=[last_year("revenue_total", "5"), last_year("a", "1")])
    second = of_department(a_book(basic("1"), prior=[last_year("revenue_total", "7")]), "902")
    whole = united([first, second], "两个部门")
    assert {key: each.amount for key, each in whole.prior_figures.items()} == {
        "revenue_total": wan("12")
    }


def test_nothing_is_no_set() -> None:
    with pytest.raises(NoBooks, match="没有选中任何单位"):
        united([], "无")
