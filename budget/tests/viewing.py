"""Figures of a book's tables by address, exact or as printed, each table made when it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from budget.book import BudgetBook
from budget.document import Cell, CellKind, RowKind, Table
from budget.edition import EDITIONS
from budget.money import ZERO
from budget.tables.build import build
from budget.tests.formats import CITY, Format
from budget.tests.samples import declared


class View:
    """What the tables of one book say in one format.

    Exact amounts, in yuan, are the answers to the question behind each cell; printed ones are
    what a reader sees, in yuan as well. A cell that is not there, or blank, is zero.
    """

    def __init__(self, book: BudgetBook, form: Format = CITY, *, printed: bool = False) -> None:
        declared()
        self.book = book
        self.form = form
        self.edition = EDITIONS[form.edition]
        self.printed = printed
        self._tables: dict[str, Table] = {}

    def table(self, code: str) -> Table:
        """Return one table of the book."""
        if code not in self._tables:
            uses = enumerate(self.edition.tables, start=1)
            [(number, use)] = [(number, use) for number, use in uses if use.table == code]
            self._tables[code] = build(self.book, self.edition, use, number)
        return self._tables[code]

    def __call__(self, address: str) -> Decimal:
        """Return the amount at table/row/column."""
        cell = self.table(address.partition("/")[0]).cells.get(address)
        return ZERO if cell is None else self.amount(cell)

    def amount(self, cell: Cell) -> Decimal:
        """Return the amount of a cell, in yuan."""
        if self.printed:
            table = self.table(cell.address.partition("/")[0])
            return Decimal(cell.value or 0).scaleb(table.unit_exponent)
        return self.book.ledger.amount(*cell.questions) if cell.questions else ZERO

    def rows(self, code: str) -> tuple[str, ...]:
        """Return the keys of a table's rows that hold figures, without 合计."""
        return tuple(
            row.key
            for row in self.table(code).rows
            if row.kind not in (RowKind.TOTAL, RowKind.EMPTY)
        )

    def columns(self, code: str) -> tuple[str, ...]:
        """Return the keys of a table's money columns."""
        return tuple(
            column.key for column in self.table(code).columns if column.kind is CellKind.AMOUNT
        )

    def money_cells(self) -> Iterator[Cell]:
        """Yield the money cells of all the format's tables that have an address."""
        for code in self.form.tables:
            for row in self.table(code).rows:
                if row.kind is not RowKind.EMPTY:
                    for cell in row.cells:
                        if cell.kind is CellKind.AMOUNT and cell.address:
                            yield cell
