"""The sheets of one part of a budget as a file, empty or with what is entered."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.worksheet.worksheet import Worksheet

from budget.money import YUAN
from budget.render.xlsx_cells import Styles
from budget.sheets.changing import pending_rows
from budget.sheets.kinds import Code
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec, sheets_of
from budget.sheets.texts import Texts
from budget.terms import CodeScheme
from budget.workbook.layout import BASE, CODES, OPTIONS, STAMP, columns_for, stamp_of
from budget.workbook.lists import Lists, put_text, write_codes
from budget.workbook.naming import printed
from budget.workbook.pages import Line, Page, escaped

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET: Final = "#"
"""Begins a line of the hidden page that says which columns follow."""


def workbook(part: Part, *, empty: bool = False) -> bytes:
    """Return the file. Raises RenderError for a text that no cell can hold."""
    book = Workbook()
    first = book.worksheets[0]
    styles = Styles(first)
    book.remove(first)
    specs = sheets_of(part.scope)
    pages = {spec.code: book.create_sheet(spec.title) for spec in specs}
    _write_code_pages(book, part, specs, styles)
    lists = Lists(_hidden(book, OPTIONS), part)
    base = _hidden(book, BASE)
    for spec in specs:
        lines = list(_lines(spec, part, empty=empty))
        Page(pages[spec.code], spec, part, styles, lists).write(lines)
        _remember(base, spec, part, lines)
    _write_stamp(_hidden(book, STAMP), part)
    book.properties = _properties(part)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _lines(spec: SheetSpec, part: Part, *, empty: bool) -> Iterator[Line]:
    """Yield the rows, whole ones first. Where rows cannot be added an empty file has them too."""
    texts = Texts(part, YUAN)
    names = spec.names(part) if spec.names is not None else {}
    for row in spec.store.read(part):
        cells = texts.of_values(spec, row.values, YUAN)
        if not empty:
            yield Line(row.key, cells, names.get(row.key, row.key))
        elif not spec.store.grows:
            kept = {name: text for name, text in cells.items() if spec.by_key[name].locked}
            yield Line(row.key, kept, names.get(row.key, row.key))
    if not empty:
        for key, waiting in pending_rows(part, spec.code).items():
            yield Line(key, waiting)


def _remember(base: Worksheet, spec: SheetSpec, part: Part, lines: Sequence[Line]) -> None:
    """Write the keys and the texts of rows as they are now."""
    keys = [column.key for column in columns_for(spec, part)]
    row = base.max_row if base.max_row > 1 or base.cell(1, 1).value else 0
    _put_line(base, row + 1, [SHEET, spec.code, *keys])
    for number, line in enumerate(lines, start=row + 2):
        texts = [escaped(line.texts.get(key, "")) for key in keys]
        _put_line(base, number, [spec.code, line.key, *texts])


def _put_line(sheet: Worksheet, row: int, texts: Sequence[str]) -> None:
    for number, text in enumerate(texts, start=1):
        put_text(sheet, row, number, text)


def _write_code_pages(
    book: Workbook, part: Part, specs: Sequence[SheetSpec], styles: Styles
) -> None:
    kinds = (column.kind for spec in specs for column in spec.columns)
    used: set[CodeScheme] = {kind.scheme for kind in kinds if isinstance(kind, Code)}
    for scheme, title in CODES.items():
        if scheme in used:
            write_codes(book.create_sheet(title), part.codes(scheme), styles)


def _write_stamp(sheet: Worksheet, part: Part) -> None:
    for row, (name, text) in enumerate(stamp_of(part).as_texts().items(), start=1):
        _put_line(sheet, row, [name, text])


def _hidden(book: Workbook, title: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    sheet.sheet_state = "hidden"
    return sheet


def _properties(part: Part) -> DocumentProperties:
    """Return what the file says of itself; the first of the year stands in for its dates."""
    new_year = datetime(part.budget.year_id, 1, 1)  # noqa: DTZ001 openpyxl's are UTC without saying so
    return DocumentProperties(
        title=f"{printed(part.name)}{part.budget.year_id}年预算填报",
        creator=printed(part.budget.department.name),
        language="zh-CN",
        created=new_year,
        modified=new_year,
    )
