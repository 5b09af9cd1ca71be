"""A workbook that came back: what it says of itself, its pages, and what stood in it at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budget.imports.xlsx.limited import read_cells
from budget.imports.xlsx.passing import Cells
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.imports.xlsx.sheets import Sheet
from budget.sheets.headings import plain
from budget.workbook.cells import unescaped
from budget.workbook.layout import BASE, STAMP, NotOurs, Stamp, stamp_from
from budget.workbook.writing import SHEET

NOT_OURS = "文件不是从本系统下载的填报工作簿（没有“{}”页），请先下载工作簿，在其中填写后上传"
Base = Mapping[str, Mapping[str, Mapping[str, str]]]
"""By sheet and row key the texts of a row by column."""


@dataclass(frozen=True)
class Opened:
    """A workbook: what it was made of, its pages by plain title, and the texts it was given."""

    stamp: Stamp
    pages: Mapping[str, Sheet]
    base: Base
    counts_from_1904: bool


def opened(content: bytes, name: str = "") -> Opened:
    """Return a workbook that came back. Raises UnreadableWorkbook."""
    cells = read_cells(content, name)
    pages = _pages(cells)
    if plain(STAMP) not in pages:
        raise UnreadableWorkbook(NOT_OURS.format(STAMP))
    try:
        stamp = stamp_from(dict(_pairs(pages[plain(STAMP)])))
    except NotOurs as error:
        raise UnreadableWorkbook(str(error)) from error
    if plain(BASE) not in pages:
        raise UnreadableWorkbook(NOT_OURS.format(BASE))
    return Opened(stamp, pages, _base(pages[plain(BASE)]), cells.counts_from_1904)


def _pages(cells: Cells) -> dict[str, Sheet]:
    pages: dict[str, Sheet] = {}
    for sheet in cells.sheets:
        title = plain(sheet.name)
        if title in pages:
            raise UnreadableWorkbook(f"有两张名为“{sheet.name.strip()}”的工作表，请删去一张")
        pages[title] = sheet
    return pages


def _pairs(sheet: Sheet) -> Iterator[tuple[str, str]]:
    for row in sheet.rows:
        name, value = (sheet.value(row, column) for column in (1, 2))
        if name is not None:
            yield name.text, "" if value is None else unescaped(value.text)


def _base(sheet: Sheet) -> Base:
    """Return what stood in the sheets: a line of columns, then a line for each row."""
    base: dict[str, dict[str, dict[str, str]]] = {}
    columns: dict[int, str] = {}
    for row in sorted(sheet.rows):
        texts = {number: unescaped(value.text) for number, value in sheet.rows[row].items()}
        if texts.get(1) == SHEET:
            columns = {number: text for number, text in texts.items() if number > 2}
            base.setdefault(texts.get(2, ""), {})
        else:
            cells = {columns[number]: text for number, text in texts.items() if number in columns}
            base.setdefault(texts.get(1, ""), {})[texts.get(2, "")] = cells
    return base
