"""JSON: the whole document as data, every figure with its address (docs/disclosure.schema.json).

Numbers are strings that spell the printed number in the printed unit: a program's binary numbers
would change them. Keys stand in a fixed order without any spacing, so that one document has one
digest. The pictures of charts are left out: their data is here, and no drawing is data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from budget.document import (
    Cell,
    CellKind,
    Chart,
    Column,
    Disclosure,
    Figure,
    Gap,
    Paragraph,
    Part,
    Row,
    Run,
    Section,
    Slice,
    Table,
)
from budget.render.naming import stem
from budget.render.registry import Files, renders

CONTENT_TYPE = "application/json"
FORMAT = "departmental-budget-disclosure"
VERSION = 1
"""Goes up when a reader of the old form would go wrong."""

Object = dict[str, Any]


@renders("json", "JSON 数据", CONTENT_TYPE)
def render(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    """Return one file; of some tables alone it has no sentences, in the same schema."""
    written = json.dumps(
        as_object(disclosure, tables), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return {f"{stem(disclosure, tables)}.json": f"{written}\n".encode()}


def as_object(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Object:
    """Return the document as what JSON can say. Raises KeyError for a table not in it."""
    chosen = None if tables is None else _chosen(disclosure, tables)
    return {
        "format": FORMAT,
        "version": VERSION,
        "extent": "document" if tables is None else "tables",
        "edition": disclosure.edition,
        "scope": disclosure.scope.value,
        "code": disclosure.code,
        "name": disclosure.name,
        "year": disclosure.year,
        "title": disclosure.title,
        "cover": list(disclosure.cover),
        "contents_heading": disclosure.contents_heading,
        "contents_note": disclosure.contents_note,
        "parts": [_part(part, chosen) for part in disclosure.parts],
    }


def _part(part: Part, chosen: Mapping[str, Table] | None) -> Object:
    """Return a part, or of some tables alone those of them that stand in it."""
    if chosen is None:
        sections, tables = part.sections, part.tables
    else:
        sections = ()
        tables = tuple(chosen[table.code] for table in part.tables if table.code in chosen)
    return {
        "key": part.key,
        "contents_title": part.contents_title,
        "title": part.title,
        "sections": [_section(section) for section in sections],
        "tables": [table_object(table) for table in tables],
    }


def _chosen(disclosure: Disclosure, tables: tuple[Table, ...]) -> dict[str, Table]:
    """Return tables by code. Raises KeyError for one that is not in the document."""
    for table in tables:
        disclosure.tables_by_code[table.code]
    return {table.code: table for table in tables}


def _section(section: Section) -> Object:
    return {
        "key": section.key,
        "level": section.level,
        "title": section.title,
        "contents_title": section.contents_title,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Paragraph | Chart) -> Object:
    return chart_object(block) if isinstance(block, Chart) else paragraph_object(block)


def paragraph_object(paragraph: Paragraph) -> Object:
    """Return a paragraph: words and figures in their order."""
    return {
        "type": "paragraph",
        "key": paragraph.key,
        "lead": paragraph.lead,
        "runs": list(map(_run, paragraph.text)),
    }


def _run(run: Run) -> object:
    """Return words or a figure; a finished document has no gaps."""
    assert not isinstance(run, Gap), run.text
    return run if isinstance(run, str) else _figure(run)


def _figure(figure: Figure) -> Object:
    return {
        "address": figure.address,
        "key": figure.key,
        "kind": figure.kind.value,
        "text": figure.text,
        "number": _number(figure.value),
        "unit": figure.unit,
    }


def chart_object(chart: Chart) -> Object:
    """Return a chart's data."""
    return {
        "type": "chart",
        "key": chart.code,
        "title": chart.title,
        "unit": chart.unit,
        "description": chart.description,
        "slices": [_slice(one) for one in chart.slices],
    }


def _slice(one: Slice) -> Object:
    return {
        "key": one.key,
        "label": one.label,
        "text": one.amount_text,
        "number": _number(one.amount),
        "share_text": one.share_text,
        "share": _number(one.share),
    }


def table_object(table: Table) -> Object:
    """Return a table as printed: head and rows are dense grids."""
    return {
        "code": table.code,
        "number": table.number,
        "contents_title": table.contents_title,
        "title": table.title,
        "subject": table.subject,
        "unit": table.unit,
        "unit_exponent": table.unit_exponent,
        "is_empty": table.is_empty,
        "landscape": table.landscape,
        "note": table.note,
        "columns": [_column(column) for column in table.columns],
        "head": [[_head_cell(cell) for cell in row] for row in table.head],
        "rows": [_row(row, table) for row in table.rows],
    }


def _column(column: Column) -> Object:
    return {
        "key": column.key,
        "title": list(column.title),
        "kind": column.kind.value,
        "width": column.width,
    }


def _head_cell(cell: Cell) -> Object:
    return {
        "key": cell.key,
        "kind": cell.kind.value,
        "text": cell.text,
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
    }


def _row(row: Row, table: Table) -> Object:
    return {
        "key": row.key,
        "kind": row.kind.value,
        "cells": [cell_object(cell, table) for cell in row.cells],
    }


def cell_object(cell: Cell, table: Table) -> Object:
    """Return a cell of a table's body; the number is the one that is printed."""
    number = _number(cell.value)
    return {
        "address": cell.address,
        "key": cell.key,
        "kind": cell.kind.value,
        "text": cell.text,
        "number": number,
        "unit": table.unit if number is not None and cell.kind is CellKind.AMOUNT else "",
        "rowspan": cell.rowspan,
        "colspan": cell.colspan,
    }


def _number(value: Decimal | str | None) -> str | None:
    """Return a printed number spelled out, None for a text or a blank."""
    return f"{value:f}" if isinstance(value, Decimal) else None
