"""The printed tables once more in 元: the printed figures with the point moved, nothing finer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from budget.document import Cell, CellKind, Row, Table
from budget.money import YUAN, half_up, written
from budget.render.cells import printed_number


def has_other_unit(table: Table) -> bool:
    """True for a table that prints amounts in another unit than 元."""
    return table.unit_exponent != 0 and any(
        _amount(cell) is not None for row in table.rows for cell in row.cells
    )


def in_yuan(table: Table) -> Table:
    """Return the table with its printed amounts in 元 and a note that says so."""
    return replace(
        table,
        unit=YUAN.label,
        unit_exponent=YUAN.exponent,
        rows=tuple(_row_in_yuan(row, table.unit_exponent) for row in table.rows),
        note=f"{table.note}\n{_explanation(table)}".strip(),
    )


def _explanation(table: Table) -> str:
    return (
        f"换算说明：本表金额由第{table.number}表所印数字（单位：{table.unit}）"
        "换算为元，不含比所印数字更细的金额。"
    )


def _row_in_yuan(row: Row, exponent: int) -> Row:
    return replace(row, cells=tuple(_cell_in_yuan(cell, exponent) for cell in row.cells))


def _cell_in_yuan(cell: Cell, exponent: int) -> Cell:
    printed = _amount(cell)
    if printed is None:
        return cell
    value = half_up(printed.scaleb(exponent), YUAN.places)
    return replace(cell, value=value, text=written(value, grouped=True))


def _amount(cell: Cell) -> Decimal | None:
    return printed_number(cell) if cell.kind is CellKind.AMOUNT else None
