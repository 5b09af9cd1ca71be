"""CSV: one file for each table, for spreadsheets and for programs (docs/formats.md).

UTF-8 with a byte order mark, without which Excel takes it for another encoding; lines end in CRLF;
every field is quoted. The printed columns come first, under their full headings; after them each
row says which row of which table it is and in which unit its amounts are, so that files of many
departments can be put under each other.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from budget.document import Cell, CellKind, Disclosure, RowKind, Table
from budget.render.cells import printed_number
from budget.render.naming import table_stem
from budget.render.registry import Files, renders

CONTENT_TYPE = "text/csv; charset=utf-8; header=present"
ENCODING = "utf-8-sig"
ABOUT_ROW = ("行标识", "行类别", "表号", "表名", "金额单位", "年度", "公开主体")
"""Headings of what follows the printed columns."""

_FORMULA_LEADS = tuple("=+-@＝＋－＠\t\r\n")
_HARMLESS = "'"
"""Put before a text that a spreadsheet would otherwise calculate."""


@renders("csv", "CSV 数据", CONTENT_TYPE)
def render(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    """Return a file for each table."""
    chosen = disclosure.tables if tables is None else tables
    return {f"{table_stem(disclosure, table)}.csv": _content(disclosure, table) for table in chosen}


def _content(disclosure: Disclosure, table: Table) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(map(harmless, (*column_headings(table), *ABOUT_ROW)))
    writer.writerows(_rows(disclosure, table))
    return buffer.getvalue().encode(ENCODING)


def column_headings(table: Table) -> list[str]:
    """Return one heading a column, groups joined with “/”, each different from all others.

    A heading that stands twice, or is one of ABOUT_ROW, gets the column's key after it.
    """
    titles = ["/".join(column.title) for column in table.columns]
    counts = Counter((*titles, *ABOUT_ROW))
    return [
        title if counts[title] == 1 else f"{title}（{column.key}）"
        for title, column in zip(titles, table.columns, strict=True)
    ]


def _rows(disclosure: Disclosure, table: Table) -> Iterator[list[str]]:
    about = (str(table.number), table.title, table.unit, str(disclosure.year), disclosure.name)
    closing = [harmless(text) for text in about]
    for row in table.rows:
        yield [*map(field, row.cells), harmless(row.key), row.kind.label, *closing]
    if not table.rows:
        yield [*("" for _ in table.columns), "", RowKind.EMPTY.label, *closing]


def field(cell: Cell) -> str:
    """Return what a cell says in its row.

    Below a tall cell its text is said again, so that rows can be sorted and filtered; a number is
    not, so that adding up a column counts it once. Beside a wide cell nothing is said again.
    """
    is_number = cell.kind in (CellKind.AMOUNT, CellKind.SCORE)
    if cell.colspan == 0 or (cell.rowspan == 0 and is_number):
        return ""
    return cell.text if printed_number(cell) is not None else harmless(cell.text)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("公务接待费")
    ("'=1+1", '公务接待费')
    """
    stripped = text.lstrip(" \u3000\ufeff")
    return f"{_HARMLESS}{text}" if stripped.startswith(_FORMULA_LEADS) else text
