"""Tables that a workbook holds twice, such as the set in 元 of our own files.

The copy in the edition's unit is the table; any other gets a code of its own, so that the rules can
hold the two against each other and name a place in either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from budget.document import Cell, Footing, Row, Table
from budget.imports.workbook.placing import TableRead

MARK = "@"
"""Stands in the code of a copy between the table's own code and its number: ``spending@2``."""


def told_apart(read: Iterable[TableRead]) -> tuple[list[TableRead], list[TableRead]]:
    """Return each table once, and the further copies of tables."""
    first: dict[str, TableRead] = {}
    copies: dict[str, list[TableRead]] = {}
    for each in sorted(read, key=_is_converted):
        code = each.table.code
        if first.setdefault(code, each) is not each:
            others = copies.setdefault(code, [])
            others.append(_renamed(each, f"{code}{MARK}{len(others) + 2}"))
    return list(first.values()), [each for others in copies.values() for each in others]


def _is_converted(table: TableRead) -> bool:
    return table.located.unit != table.located.form.use.unit.label


def _renamed(read: TableRead, code: str) -> TableRead:
    """Return a table under another code, which its addresses begin with; its name says why."""
    table = read.table

    def moved(address: str) -> str:
        return f"{code}{address.removeprefix(table.code)}" if address else ""

    def row(each: Row) -> Row:
        return Row(each.key, each.kind, tuple(map(cell, each.cells)))

    def cell(each: Cell) -> Cell:
        if not each.address:
            return each
        return Cell(  # ``replace`` would take three times as long
            each.key,
            each.text,
            each.kind,
            each.value,
            moved(each.address),
            each.rowspan,
            each.colspan,
            each.questions,
            each.loss,
        )

    def footing(each: Footing) -> Footing:
        return Footing(moved(each.total), tuple(map(moved, each.items)), each.kind)

    copy: Table = replace(
        table,
        code=code,
        contents_title=f"{table.name}（另一份，单位：{table.unit}）",
        rows=tuple(map(row, table.rows)),
        footings=tuple(map(footing, table.footings)),
    )
    return replace(
        read, table=copy, spots={moved(place): spot for place, spot in read.spots.items()}
    )
