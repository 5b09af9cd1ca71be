"""What tables say of being empty and of rounding, in every book and every format (domain C48).

Each statement is held against exact amounts of books in 分, and against printed figures of books
in multiples of 100 元, where print loses nothing.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.document import Table
from budget.tests.drawn_views import (
    a_view,
    in_every_format,
    printed_view,
    summed,
    summed_columns,
)
from budget.tests.formats import DISTRICT, Format
from budget.tests.strategies import FEN, books
from budget.tests.viewing import View

pytestmark = pytest.mark.long


@in_every_format
@given(data=st.data())
def test_a_funds_table_is_empty_exactly_when_nothing_is_spent_from_it(
    form: Format, data: st.DataObject
) -> None:
    # C48
    view = a_view(form, data)
    for table, fund in form.funds.items():
        spent = any(line.source == fund and line.nature.is_spending for line in view.book.lines)
        assert view.table(table).is_empty == (not spent)


EMPTY_BODIES = {
    "changsha-2023": ["", "", "", "", "0", "0", "0"],
    "national-2016": ["", "", "", "合计", "", "", ""],
    "shanghai-district-2026": ["", "", "", "合计", "", "", ""],
}
"""What a table of 政府性基金 without money shows."""


@in_every_format
@given(data=st.data())
def test_an_empty_table_is_one_row_and_says_so_and_a_filled_one_does_not(
    form: Format, data: st.DataObject
) -> None:
    table = a_view(form, data).table("government-fund-spending")
    if table.is_empty:
        body = [[cell.text for cell in row.cells] for row in table.rows]
        assert body == [EMPTY_BODIES[form.edition]]
    if form.edition != "changsha-2023":  # there one note speaks for filled and empty tables
        assert ("空表" in table.note) == table.is_empty


@in_every_format
@given(data=st.data())
def test_tables_whose_amounts_print_without_loss_say_nothing_of_rounding(
    form: Format, data: st.DataObject
) -> None:
    view = printed_view(form, data)
    for code in form.tables:
        assert view.edition.tail_note not in view.table(code).note


@in_every_format
@given(data=st.data())
def test_a_table_that_does_not_add_up_in_print_says_so(form: Format, data: st.DataObject) -> None:
    view = View(data.draw(form.books(grain=FEN)), form, printed=True)
    for code in (*form.trees, form.three_publics):
        if does_not_add_up(view, view.table(code)):
            assert view.edition.tail_note in view.table(code).note


def does_not_add_up(view: View, table: Table) -> bool:
    if table.code == DISTRICT.three_publics:
        row = f"{table.code}/document"
        parts = ("hospitality", "overseas_visits", "vehicles")
        return view(f"{row}/total") != summed_columns(view, row, parts)
    rows = view.rows(table.code)
    top = [row for row in rows if len(row) == 3] if table.code != "three-publics" else rows
    return any(
        view(f"{table.code}/total/{column}") != summed(view, table.code, top, column)
        for column in view.columns(table.code)
    )


@given(books(grain=FEN, plain=True))
def test_a_form_in_yuan_has_no_tails_but_where_it_prints_wan(book: BudgetBook) -> None:
    view = View(book, DISTRICT)
    for code in DISTRICT.tables:
        if code != DISTRICT.three_publics:
            assert view.edition.tail_note not in view.table(code).note
