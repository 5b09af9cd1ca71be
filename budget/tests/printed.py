"""Small printed tables and documents typed out cell by cell, for tests of single formats.

Rows are tuples of cells; ``amount`` and ``word`` and ``code`` make them from what is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budget.document import (
    Cell,
    CellKind,
    Chart,
    Column,
    Disclosure,
    Figure,
    FigureKind,
    Paragraph,
    Part,
    Row,
    RowKind,
    Section,
    Slice,
    Table,
)
from budget.terms import Scope

COLUMNS = (
    Column("code", ("科目", "编码"), CellKind.CODE, 10),
    Column("name", ("科目", "名称"), CellKind.TEXT, 30),
    Column("total", ("总计",), CellKind.AMOUNT, 14),
)


def amount(text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    """Return a cell that prints an amount, or nothing."""
    value = Decimal(text.replace(",", "")) if text else None
    return Cell("total", text, CellKind.AMOUNT, value, rowspan=rowspan, colspan=colspan)


def word(text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    """Return a cell of text."""
    return Cell("name", text, CellKind.TEXT, text or None, rowspan=rowspan, colspan=colspan)


def code(text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    """Return a cell that prints a code."""
    return Cell("code", text, CellKind.CODE, text or None, rowspan=rowspan, colspan=colspan)


def head_cell(text: str, rowspan: int = 1, colspan: int = 1) -> Cell:
    """Return a cell of the head."""
    return Cell("", text, CellKind.HEAD, text, rowspan=rowspan, colspan=colspan)


HEAD = (
    (head_cell("科目", colspan=2), head_cell("科目", colspan=0), head_cell("总计", rowspan=2)),
    (head_cell("编码"), head_cell("名称"), head_cell("总计", rowspan=0)),
)
"""科目 over 编码 and 名称; 总计 two rows high."""


def a_printed_table(*rows: Sequence[Cell], **changes: object) -> Table:
    """Return a table of code, name and total; its rows are r1, r2 …, the first a total."""
    table = Table(
        code="spending",
        number=3,
        contents_title="部门支出总表",
        title="2023年部门支出总体情况表",
        subject="部门名称：某单位",
        unit="万元",
        unit_exponent=4,
        columns=COLUMNS,
        head=HEAD,
        rows=(),
        note="注：本表反映部门本年度各项支出情况。",
        is_empty=False,
        landscape=False,
    )
    table = replace(table, **changes)  # type: ignore[arg-type]
    return replace(table, rows=tuple(_row(table, n, row) for n, row in enumerate(rows, 1)))


def _row(table: Table, number: int, cells: Sequence[Cell]) -> Row:
    keys = [column.key for column in table.columns]
    addressed = tuple(
        replace(cell, key=key, address="" if cell.is_covered else f"{table.code}/r{number}/{key}")
        for key, cell in zip(keys, cells, strict=True)
    )
    return Row(f"r{number}", RowKind.TOTAL if number == 1 else RowKind.ITEM, addressed)


def a_section() -> Section:
    """Return a section with a sentence of one amount and a chart of two slices."""
    figure = Figure(
        "revenue_total",
        "1,561.09",
        FigureKind.AMOUNT,
        Decimal("1561.09"),
        "万元",
        "revenue-budget/revenue_total",
    )
    chart = Chart(
        code="revenue",
        title="收入预算图",
        unit="万元",
        slices=(
            Slice("a", "甲", Decimal("3.00"), "3.00", Decimal("75.00"), "75.00%"),
            Slice("b", "乙", Decimal("1.00"), "1.00", Decimal("25.00"), "25.00%"),
        ),
        description="甲占75.00%，乙占25.00%",
        svg="<svg></svg>",
    )
    paragraph = Paragraph("revenue-budget", "（一）收入预算：", ("收入", figure, "万元。"))
    return Section("totals", 2, "三、收支总体情况", "三、收支总体情况", (paragraph, chart))


def a_printed_document(*tables: Table, sections: tuple[Section, ...] = ()) -> Disclosure:
    """Return a document of these tables."""
    return Disclosure(
        edition="changsha-2023",
        scope=Scope.DEPARTMENT,
        code="157",
        name="某单位",
        year=2023,
        title="某单位2023年部门预算公开",
        cover=("某单位", "2023年部门预算公开"),
        contents_heading="目录",
        contents_note="注：空表表示没有相关收支。",
        parts=(
            Part("narrative", "第一部分 说明", "第一部分 公开说明", sections=sections),
            Part("tables", "第二部分 表", "第二部分 预算表", tables=tables),
        ),
    )
