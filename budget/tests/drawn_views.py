"""Random books as seen in a format, and the sums that identities ask of what they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import strategies as st

from budget.money import total
from budget.tests.formats import FORMATS, WITH_CARRYOVER, Format
from budget.tests.strategies import FEN, HUNDRED_YUAN
from budget.tests.viewing import View

FUNDS: Final = ("general_public", "government_fund", "state_capital")

in_every_format = pytest.mark.parametrize("form", FORMATS, ids=str)
with_carryover = pytest.mark.parametrize("form", WITH_CARRYOVER, ids=str)


def exact_view(form: Format, data: st.DataObject) -> View:
    """Return the exact amounts of a book in 分."""
    return View(data.draw(form.books(grain=FEN)), form)


def printed_view(form: Format, data: st.DataObject) -> View:
    """Return the printed amounts of a book in multiples of 100 元."""
    return View(data.draw(form.books(grain=HUNDRED_YUAN)), form, printed=True)


def a_view(form: Format, data: st.DataObject) -> View:
    """Return either."""
    return (exact_view if data.draw(st.booleans()) else printed_view)(form, data)


def summed(view: View, table: str, rows: Iterable[str], column: str) -> Decimal:
    """Return the sum of rows in a column, in yuan."""
    return total(view(f"{table}/{row}/{column}") for row in rows)


def with_total(view: View, table: str) -> Iterator[str]:
    """Yield 合计 and the keys of the rows."""
    yield "total"
    yield from view.rows(table)


def categories_of(view: View, table: str) -> list[str]:
    """Return the 类 that a table of two halves prints: rows of its right half named by a code."""
    keys = (address.split("/")[1] for address in view.table(table).cells)
    return list(dict.fromkeys(key for key in keys if key.isdigit()))


def summed_columns(view: View, row: str, columns: Iterable[str]) -> Decimal:
    """Return the sum of columns in a row, given as table/row, in yuan."""
    return total(view(f"{row}/{column}") for column in columns)
