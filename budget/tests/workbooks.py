"""Workbooks for tests: our own files, changed cell by cell as people change them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Any

from openpyxl import Workbook, load_workbook

from budget.config.packages import PACKAGES
from budget.document import Cell, CellKind, Disclosure
from budget.edition import EDITIONS
from budget.imports.workbook import UnreadableWorkbook, WorkbookRead, read_workbook
from budget.imports.workbook.categories import category_names
from budget.registry import discover
from budget.render import xlsx
from budget.rules.checking import Report, check
from budget.rules.printed import Subject
from budget.tests.samples import CODES, declared, sample_disclosure

Change = Callable[[Workbook], None]
names = partial(category_names, CODES.parent)


@cache
def known() -> None:
    """Make every edition, rule and reader of workbooks known."""
    declared()
    discover(PACKAGES, ("workbooks",))


def xlsx_of(document: Disclosure) -> bytes:
    """Return a document's workbook."""
    [content] = xlsx.render(document).values()
    return content


def read(content: bytes, edition: str | None = None, year: int | None = None) -> WorkbookRead:
    """Return a workbook read, in one edition or in whichever fits."""
    known()
    editions = [EDITIONS[edition]] if edition else list(EDITIONS.values())
    return read_workbook(content, editions, names, year)


def refusal(content: bytes, edition: str | None = None) -> str:
    """Return why a workbook is refused; one that is read fails the test."""
    try:
        read(content, edition)
    except UnreadableWorkbook as error:
        return str(error)
    raise AssertionError("the workbook was read")


def changed(change: Change, content: bytes | None = None) -> bytes:
    """Return a workbook, the sample's without another, after a change by hand.

    The second set of sheets, in 元, is taken out first: who makes tables by hand makes them once.
    """
    book = load_workbook(io.BytesIO(xlsx_of(sample_disclosure()) if content is None else content))
    for name in [name for name in book.sheetnames if "(元)" in name]:
        del book[name]
    change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def put(sheet: int, cell: str, value: Any) -> Change:
    """Return the change that puts a value into a cell; sheets are counted from 1."""

    def change(book: Workbook) -> None:
        book.worksheets[sheet - 1][cell] = value

    return change


def with_part(content: bytes, name: str, edit: Callable[[str], str]) -> bytes:
    """Return a workbook with the XML of one part edited."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            text = old.read(each)
            new.writestr(each, edit(text.decode()).encode() if each == name else text)
    return written.getvalue()


def report_on(read: WorkbookRead) -> Report:
    """Return what the rules say of a workbook."""
    return check(Subject(read.document, read.edition, is_exact=False, copies=read.copies))


def report_on_tables(document: Disclosure) -> Report:
    """Return what the rules say of a document's tables alone, taken as rounded."""
    tables = replace(
        document,
        cover=(),
        contents_heading="",
        contents_note="",
        parts=tuple(replace(part, sections=()) for part in document.parts if part.tables),
    )
    return check(Subject(tables, EDITIONS[document.edition], is_exact=False))


def shown(document: Disclosure) -> dict[str, list[Cell]]:
    """Return the cells of each table by their place in it, addresses left out.

    Of a blank cell nobody can see whether an amount or a word is missing.
    """
    return {
        table.title: [_seen(cell) for row in table.rows for cell in row.cells]
        for table in document.tables
    }


def _seen(cell: Cell) -> Cell:
    kind = CellKind.TEXT if cell.value is None else cell.kind
    return replace(cell, address="", kind=kind)


def told(report: Report) -> list[tuple[str, str, str, str]]:
    """Return findings as code, both sides and difference, in order."""
    return sorted(
        (
            found.rule.code,
            found.finding.left.text,
            found.finding.right.text if found.finding.right else "",
            found.finding.difference,
        )
        for found in report.found
    )


def cells(book: Workbook) -> Iterator[Any]:
    """Yield every cell of every sheet."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            yield from row
