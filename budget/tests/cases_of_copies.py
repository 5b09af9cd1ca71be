"""Cases of rules on tables that a file prints twice: the second time in 元, under its own code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from budget.document import Cell, CellKind, Disclosure, Row, Table
from budget.render.xlsx_yuan import in_yuan
from budget.rules.printed import Subject
from budget.tests.altering import retyped, without_row
from budget.tests.judging import a_subject
from budget.tests.rule_cases import amounts, words
from budget.tests.samples import sample_disclosure

TABLE = "spending"
AGENCY = "2010301"


def again(table: Table, number: int = 2) -> Table:
    """Return a table as a second copy in 元."""
    copy, code = in_yuan(table), f"{table.code}@{number}"

    def moved(address: str) -> str:
        return address and f"{code}{address.removeprefix(table.code)}"

    def row(each: Row) -> Row:
        cells = (replace(cell, address=moved(cell.address)) for cell in each.cells)
        return replace(each, cells=tuple(cells))

    footings = (
        replace(each, total=moved(each.total), items=tuple(map(moved, each.items)))
        for each in copy.footings
    )
    return replace(
        copy,
        code=code,
        contents_title=f"{table.name}（另一份，单位：元）",
        rows=tuple(map(row, copy.rows)),
        footings=tuple(footings),
    )


def with_copy(document: Disclosure, copy: Table | None = None, *, is_exact: bool = True) -> Subject:
    """Return a document with its table of spending printed again, as it is without ``copy``."""
    copies = (copy or again(document.tables_by_code[TABLE]),)
    return replace(a_subject(document), copies=copies, is_exact=is_exact)


def shifted(copy: Table, by: str, **others: str) -> Table:
    """Return a copy whose amounts are so many yuan more, in columns of ``others`` so many."""

    def cell(each: Cell) -> Cell:
        if each.kind is not CellKind.AMOUNT or not isinstance(each.value, Decimal):
            return each
        value = each.value + Decimal(others.get(each.key, by))
        return replace(each, value=value, text=f"{value:,.2f}")

    rows = (replace(row, cells=tuple(map(cell, row.cells))) for row in copy.rows)
    return replace(copy, rows=tuple(rows))


def _sample_copy() -> Table:
    return again(sample_disclosure().tables_by_code[TABLE])


amounts(
    "AGR004",
    passes=lambda: with_copy(sample_disclosure()),
    # 656.38 万元 in the copy, 656.83 in the table.
    fails=lambda: with_copy(
        retyped(sample_disclosure(), f"{TABLE}/{AGENCY}/basic", "656.83"), _sample_copy()
    ),
    # Finer than 0.01 万元 = 100 元 by half of that, everywhere: the amounts were not converted.
    within=lambda: with_copy(sample_disclosure(), shifted(_sample_copy(), "50.00"), is_exact=False),
    beyond=lambda: with_copy(
        sample_disclosure(), shifted(_sample_copy(), "50.00", basic="50.01"), is_exact=False
    ),
    missing=lambda: a_subject(sample_disclosure()),
)
words(
    "AGR005",
    passes=lambda: with_copy(sample_disclosure()),
    fails=lambda: with_copy(without_row(sample_disclosure(), TABLE, AGENCY), _sample_copy()),
    missing=lambda: a_subject(sample_disclosure()),
)
