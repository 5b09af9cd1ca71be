"""Tables 9 and 10 hold the money of the ledger and each indicator once (domain C49 to C62)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.lines import Line
from budget.money import total
from budget.terms import Nature, Source
from budget.tests.strategies import FEN, HUNDRED_YUAN
from budget.tests.viewing import View
from performance.goals import Goals
from performance.tests.strategies import books_with_goals

exact_views = books_with_goals(grain=FEN).map(View)
printed_views = books_with_goals(grain=HUNDRED_YUAN).map(lambda book: View(book, printed=True))
views = st.one_of(exact_views, printed_views)
BY_SOURCE = ("general_public", "government_fund", "special_account", "other_funds")


def goals_in(book: BudgetBook) -> Goals:
    return book.part(Goals, "goals")


def added(book: BudgetBook, wanted: Callable[[Line], bool]) -> Decimal:
    """Return the sum of lines, payments between the book's own units left out."""
    codes = {unit.code for unit in book.units}
    return total(line.amount for line in book.lines if line.paid_to not in codes and wanted(line))


@given(views)
def test_project_money_is_the_sum_of_units_and_of_projects(view: View) -> None:
    # C49, C50, C51
    table = "project-goals"
    whole = view(f"{table}/total/total")
    assert whole == view("spending/total/project")
    assert whole == total(view(f"{table}/{unit.code}/total") for unit in view.book.units)
    for unit in view.book.units:
        own = [project.code for project in view.book.projects if project.unit == unit.code]
        assert view(f"{table}/{unit.code}/total") == total(
            view(f"{table}/{code}/total") for code in own
        )
    for project in view.book.projects:
        lines = added(view.book, lambda line, code=project.code: line.project == code)  # type: ignore[misc]
        assert view(f"{table}/{project.code}/total") == lines


@given(views)
def test_a_units_money_is_what_it_uses_by_source_and_by_nature(view: View) -> None:
    # C59 to C62, unit by unit
    for unit in view.book.units:
        own = [line for line in view.book.lines if line.unit == unit.code]
        book = replace(view.book, lines=tuple(own))
        row = f"overall-goals/{unit.code}"
        assert view(f"{row}/total") == added(book, lambda line: True)
        assert view(f"{row}/total") == total(view(f"{row}/{column}") for column in BY_SOURCE)
        assert view(f"{row}/basic") == added(book, lambda line: line.nature is Nature.BASIC)
        assert view(f"{row}/project") == added(book, lambda line: line.nature is Nature.PROJECT)
        for column, source in (
            ("general_public", Source.GENERAL_PUBLIC),
            ("government_fund", Source.GOVERNMENT_FUND),
            ("special_account", Source.SPECIAL_ACCOUNT),
        ):
            assert view(f"{row}/{column}") == added(
                book,
                lambda line, source=source: line.source is source and not line.carried_over,  # type: ignore[misc]
            )


@given(views)
def test_all_units_together_use_the_whole_budget(view: View) -> None:
    # C60
    used = total(view(f"overall-goals/{unit.code}/total") for unit in view.book.units)
    assert used == view("summary/spending_total/spending")


@given(views)
def test_every_indicator_is_printed_once_in_its_order(view: View) -> None:
    goals = goals_in(view.book)
    printed = [row.key for row in view.table("overall-goals").rows]
    expected = []
    by_unit = {goal.unit: goal for goal in goals.overall}
    for unit in view.book.units:
        indicators = by_unit[unit.code].indicators if unit.code in by_unit else ()
        expected += [f"{unit.code}.{each.code}" for each in indicators] or [unit.code]
    assert printed == expected


@given(views)
def test_an_indicator_shows_its_words_whatever_stands_beside_it(view: View) -> None:
    table = view.table("project-goals")
    rows = {row.key: {cell.key: cell.text for cell in row.cells} for row in table.rows}
    for goal in goals_in(view.book).projects:
        for each in goal.indicators:
            shown = rows[f"{goal.project}.{each.code}"]
            assert shown["dimension"] == each.dimension.label
            assert shown["aspect"] == each.aspect.label
            assert shown["indicator"] == each.name
            assert shown["target"] == each.target
            assert shown["weight"] == ("" if each.weight is None else str(each.weight))
            assert shown["goal"] == goal.goal


@given(views)
def test_tall_cells_cover_the_table_without_gaps(view: View) -> None:
    for code in ("project-goals", "overall-goals"):
        table = view.table(code)
        for place in range(len(table.columns)):
            reach = 0
            for row, cells in enumerate(row.cells for row in table.rows):
                if cells[place].rowspan > 0:
                    assert row == reach
                    reach = row + cells[place].rowspan
            assert reach == len(table.rows)


@given(books_with_goals())
def test_goals_seen_by_a_unit_are_its_own(book: BudgetBook) -> None:
    for unit in book.units:
        goals = goals_in(book.seen_by(unit.code))
        assert goals.projects == tuple(
            goal for goal in goals_in(book).projects if goal.unit == unit.code
        )
        assert [goal.unit for goal in goals.overall] in ([], [unit.code])
