"""Answers as rows: a list with columns of its own, or a printed table as its files give it.

Both come from the writers of the document's files, so that a figure is the same string here and a
text is no formula.
"""

from __future__ import annotations

import csv as writing
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.document import Cell, CellKind, Column, Disclosure, Part, Row, RowKind, Table
from budget.render import csv, xlsx
from budget.render.naming import table_stem
from budget.terms import Scope

NUMBER = CellKind.AMOUNT
TEXT = CellKind.TEXT
CODE = CellKind.CODE


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a list: its key in the JSON objects, its heading, and what it holds.

    Where ``number`` names another key, the text shows that number; it is one if it says no more.
    """

    key: str
    title: str
    kind: CellKind = TEXT
    width: int = 16
    number: str = ""


@dataclass(frozen=True)
class Listing:
    """Objects as rows. ``year`` dates the workbook, so that the same rows give the same bytes."""

    stem: str
    title: str
    fields: tuple[Field, ...]
    objects: Sequence[Mapping[str, Any]]
    year: int

    def csv(self) -> bytes:
        """Return the rows as CSV with a byte order mark, every field quoted."""
        buffer = io.StringIO()
        writer = writing.writer(buffer, quoting=writing.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow([field.title for field in self.fields])
        for cells in self._cells():
            writer.writerow(map(csv.field, cells))
        return buffer.getvalue().encode(csv.ENCODING)

    def xlsx(self) -> bytes:
        """Return the rows as a workbook of one sheet. Raises RenderError."""
        table = self._table()
        part = Part("list", "", "", tables=(table,))
        [content] = xlsx.render(_around(self.title, self.year, part)).values()
        return content

    def _cells(self) -> Iterator[tuple[Cell, ...]]:
        for each in self.objects:
            yield tuple(_cell(field, each) for field in self.fields)

    def _table(self) -> Table:
        rows = enumerate(self._cells(), start=1)
        heads = (Cell(each.key, each.title, CellKind.HEAD, each.title) for each in self.fields)
        return Table(
            code="list",
            number=1,
            contents_title=self.title,
            title=self.title,
            subject="",
            unit="",
            unit_exponent=0,
            columns=tuple(Column(f.key, (f.title,), f.kind, f.width) for f in self.fields),
            head=(tuple(heads),),
            rows=tuple(Row(str(number), RowKind.ENTRY, cells) for number, cells in rows),
            note="",
            is_empty=False,
            landscape=True,
        )


@dataclass(frozen=True)
class PrintedTable:
    """One table of a document, as its own files give it."""

    disclosure: Disclosure
    table: Table

    @property
    def stem(self) -> str:
        """The name of the table's files."""
        return table_stem(self.disclosure, self.table)

    def csv(self) -> bytes:
        """Return the table's CSV file."""
        [content] = csv.render(self.disclosure, (self.table,)).values()
        return content

    def xlsx(self) -> bytes:
        """Return the table's workbook. Raises RenderError."""
        [content] = xlsx.render(self.disclosure, (self.table,)).values()
        return content


def _cell(field: Field, given: Mapping[str, Any]) -> Cell:
    """Return what an object says in a column: what is no number is a text, None a blank."""
    text = _text(given[field.key])
    number = text if field.kind is NUMBER else _text(given[field.number]) if field.number else ""
    if number and text.replace(",", "") == number:
        return Cell(field.key, text, NUMBER, Decimal(number))
    return Cell(field.key, text, TEXT if field.kind is NUMBER else field.kind, text or None)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (list, tuple)):
        return "、".join(map(_text, value))
    return str(value)


def _around(title: str, year: int, part: Part) -> Disclosure:
    """Return what the writer of workbooks takes: a document with nothing but one part."""
    return Disclosure(
        edition="",
        scope=Scope.DEPARTMENT,
        code="",
        name=title,
        year=year,
        title=title,
        cover=(),
        contents_heading="",
        contents_note="",
        parts=(part,),
    )
