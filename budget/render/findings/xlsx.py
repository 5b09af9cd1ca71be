"""A report as a workbook to hand on: a row for each finding, rule not checked and rule off.

It is laid out as two tables of words, so that it comes from the same writer as the document's own
workbook and the same report gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from budget.document import Cell, CellKind, Column, Disclosure, Part, Row, RowKind, Table
from budget.render import xlsx
from budget.render.findings.view import Item, View
from budget.render.registry import Files

CONTENT_TYPE = xlsx.CONTENT_TYPE
FINDINGS: Final = (
    ("number", "序号", 5),
    ("severity", "等级", 7),
    ("rule", "规则", 8),
    ("title", "规则内容", 20),
    ("statement", "情况", 34),
    ("difference", "相差", 10),
    ("places", "位置", 30),
    ("advice", "建议", 26),
    ("basis", "依据", 20),
    ("answer", "说明", 20),
)
OFF: Final = (
    ("rule", "规则", 8),
    ("title", "规则内容", 40),
    ("by", "设定人", 20),
    ("at", "设定时间", 16),
)
SKIPPED: Final = (("rule", "规则", 8), ("title", "规则内容", 30), ("reason", "未核对的原因", 40))


def render(told: View, document: Disclosure) -> Files:
    """Return one workbook. Raises RenderError for what a sheet cannot hold."""
    tables: tuple[Table, ...] = (
        _table("findings", 1, "核对结果", told, FINDINGS, [_finding(item) for item in told.items]),
        _table(
            "not-checked",
            2,
            "未核对的规则",
            told,
            SKIPPED,
            [(each.code, each.title, each.reason) for each in told.skipped],
        ),
    )
    if told.off:
        off = [(each.code, each.title, each.by, each.at) for each in told.off]
        tables = (*tables, _table("off", 3, "停用的规则", told, OFF, off))
    report = replace(document, parts=(Part("report", "", "", tables=tables),), lacks=())
    [content] = xlsx.render(report).values()
    return {f"{told.file_stem}.xlsx": content}


def _finding(item: Item) -> tuple[str, ...]:
    more = [f"等{len(item.places) + item.more}处"] if item.more else []
    statement = "；".join(part for part in (item.left, item.right, item.remark) if part)
    advice = "；".join(part for part in (item.advice, item.fix) if part)
    return (
        str(item.number),
        item.severity.label,
        item.code,
        item.title,
        statement,
        item.difference,
        "\n".join([*(place.name for place in item.places), *more]),
        advice or item.explain,
        item.basis,
        item.answer.reason if item.answer else "",
    )


def _table(
    code: str,
    number: int,
    title: str,
    told: View,
    columns: Sequence[tuple[str, str, int]],
    rows: Iterable[Sequence[str]],
) -> Table:
    head = tuple(Cell(key, name, CellKind.HEAD, name) for key, name, _ in columns)
    return Table(
        code=code,
        number=number,
        contents_title=title,
        title=f"{told.title}{title}",
        subject=f"版式：{told.edition_name}",
        unit="",
        unit_exponent=0,
        columns=tuple(Column(key, (name,), CellKind.TEXT, width) for key, name, width in columns),
        head=(head,),
        rows=tuple(_row(place, columns, values) for place, values in enumerate(rows, start=1)),
        note=told.counted,
        is_empty=False,
        landscape=True,
    )


def _row(place: int, columns: Sequence[tuple[str, str, int]], values: Sequence[str]) -> Row:
    cells = (
        Cell(key, value, CellKind.TEXT, value or None)
        for (key, _, _), value in zip(columns, values, strict=True)
    )
    return Row(str(place), RowKind.ENTRY, tuple(cells))
