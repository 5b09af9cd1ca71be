"""What people call the places of a table: its rows by their own words, its columns by their heads.

A row is called by the words that stand nearest to the left in a column that names rows: a table of
two sides names each side by itself, an indicator's row by the indicator and not by its sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from budget.document import Cell, CellKind, Column, Disclosure, Row, Table
from budget.measures.registry import MEASURES

HAN_GAP: Final = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
NO_NAMES: Final = frozenset({"", "无", "/", "-", "—", "——", "不适用"})
INNER: Final = str.maketrans("“”", "‘’")
TOTAL_ROW: Final = "total"


def closed_up(text: str) -> str:
    """Return words without the blanks that only set them wide.

    >>> closed_up("收 入 总 计"), closed_up("PDF 文件")
    ('收入总计', 'PDF 文件')
    """
    words = text.strip()
    return HAN_GAP.sub("", words) if len(words.split(None, 1)) > 1 else words


def quoted(words: str) -> str:
    """Return words in quotation marks; those inside them become single ones.

    >>> quoted("“三公”经费")
    '“‘三公’经费”'
    """
    return f"“{words.translate(INNER)}”"


def named_cells(table: Table) -> Iterator[tuple[Cell, str]]:
    """Yield each cell that has an address and what it is called: table, row and column."""
    titles = {column.key: column_name(column) for column in table.columns}
    naming = _naming(table)
    for row in table.rows:
        words = {cell.key: _words(cell) for cell in row.cells if cell.key in naming}
        nearest = _first_of(words.values(), row)
        for cell in row.cells:
            nearest = words.get(cell.key) or nearest
            if cell.address:
                yield cell, f"{table.name}{_quoted(nearest)}{titles[cell.key]}"


def called_row(table: Table, row: Row) -> str:
    """Return what a row is called: table and row."""
    return f"{table.name}{_quoted(row_name(table, row))}"


def row_name(table: Table, row: Row) -> str:
    """Return the words that a row goes by, its code where it has none, "" where it has neither."""
    naming = _naming(table)
    return _first_of((_words(cell) for cell in row.cells if cell.key in naming), row)


def missing_row(document: Disclosure, key: str) -> str:
    """Return what a row that is not there would be called, by what the document says elsewhere."""
    if key == TOTAL_ROW:
        return "合计"
    if key in MEASURES:
        return MEASURES[key].title
    rows = ((table, row) for table in document.tables for row in table.rows if row.key == key)
    name = next(filter(None, (row_name(table, row) for table, row in rows)), "")
    return " ".join(dict.fromkeys(filter(None, (key if key[:1].isdigit() else "", name))))


def column_name(column: Column) -> str:
    """Return a column's headings from the top down; a sheet's without a head has none."""
    return "/".join(filter(None, map(closed_up, column.title)))


def _first_of(words: Iterable[str], row: Row) -> str:
    """Return the first words that say something, else the row's last code."""
    codes = (_words(cell) for cell in reversed(row.cells) if cell.kind is CellKind.CODE)
    return next(filter(None, chain(words, codes)), "")


def _naming(table: Table) -> frozenset[str]:
    return frozenset(
        column.key for column in table.columns if column.kind is CellKind.TEXT and column.names_rows
    )


def _words(cell: Cell) -> str:
    """Return what a cell says, covered or not; words that say nothing name nothing."""
    words = closed_up(cell.text or (cell.value if isinstance(cell.value, str) else ""))
    return "" if words in NO_NAMES else words


def _quoted(name: str) -> str:
    return quoted(name) if name else ""
