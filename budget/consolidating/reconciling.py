"""What the units of a department add up to, what is eliminated, and what the department has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from budget.book import BudgetBook
from budget.document import Cell, CellKind, Row, Table
from budget.edition import Edition, TableUse
from budget.ledger import Where
from budget.lines import Line
from budget.money import total
from budget.rules.places import column_name, row_name
from budget.tables.build import build


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """One figure of a department's table, exactly, in yuan.

    ``units`` is the sum of what the units say in their own documents, ``eliminated`` that of the
    lines which the department does not count, ``department`` what it says in its own.
    """

    address: str
    row: str
    column: str
    units: Decimal
    eliminated: Decimal
    department: Decimal
    lines: tuple[Line, ...]

    @property
    def holds(self) -> bool:
        """True where the units without what is eliminated are the department."""
        return self.units - self.eliminated == self.department


def eliminated(book: BudgetBook) -> tuple[Line, ...]:
    """Return the lines of transfers between units of a book, in their order.

    Each transfer is two lines: who pays, and who receives and spends.
    """
    units = {unit.code for unit in book.units}
    return tuple(
        line for line in book.lines if line.paid_to in units or line.received_from in units
    )


def reconciled(book: BudgetBook, edition: Edition, use: TableUse) -> tuple[Reconciled, ...]:
    """Return every figure of one of a department's tables beside the sum of its units.

    The rows are those that the units have: one that is eliminated whole is there too. Money that
    the table has no place for is left to the draft, which tells of it.
    """
    apart = _apart(book)
    views = [book.seen_by(unit.code) for unit in book.budget_units]
    table = build(apart, edition, use, 1, losing=_leave)
    columns = {column.key: column_name(column) for column in table.columns}
    return tuple(
        _figure(row_name(table, row), columns[cell.key], cell, book, apart, views)
        for row, cell in _asked(table)
        if row.key and cell.address
    )


def _leave(error: ValueError) -> None:
    """Leave money without a place to the draft."""


def _apart(book: BudgetBook) -> BudgetBook:
    """Return the book as if its units had nothing to do with each other: nothing is eliminated."""
    lines = tuple(replace(line, paid_to=None, received_from=None) for line in book.lines)
    return replace(book, lines=lines)


def _asked(table: Table) -> Iterator[tuple[Row, Cell]]:
    """Yield the cells that answer questions of the ledger."""
    for row in table.rows:
        for cell in row.cells:
            if cell.kind is CellKind.AMOUNT and cell.questions:
                yield row, cell


def _figure(
    row: str,
    column: str,
    cell: Cell,
    book: BudgetBook,
    apart: BudgetBook,
    views: list[BudgetBook],
) -> Reconciled:
    units = total(view.ledger.amount(*cell.questions) for view in views)
    department = book.ledger.amount(*cell.questions)
    lines = _left_out(cell.questions, book, apart) if units != department else ()
    return Reconciled(
        address=cell.address,
        row=row,
        column=column,
        units=units,
        eliminated=total(line.amount for line in lines),
        department=department,
        lines=lines,
    )


def _left_out(
    questions: tuple[Where, ...], book: BudgetBook, apart: BudgetBook
) -> tuple[Line, ...]:
    """Return the lines that answer for the units and not for the department."""
    counted = {(line.unit, line.sequence) for line in book.ledger.lines(*questions)}
    return tuple(
        line for line in apart.ledger.lines(*questions) if (line.unit, line.sequence) not in counted
    )
