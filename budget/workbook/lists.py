"""What may be chosen in cells: pages of codes with their hierarchy, and a hidden page of lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from budget.codes import LEVELS
from budget.imports.xlsx.refusal import letters
from budget.render.xlsx_cells import HEAD, Style, Styles, as_text
from budget.sheets.codes import CodeList
from budget.sheets.kinds import NO, YES, Choice, Code, Flag, Option
from budget.sheets.part import Part
from budget.sheets.spec import Column
from budget.workbook.layout import OPTIONS

CODE_HEADS: Final = ("编码", "名称", "级次", "上级科目", "填报")
CODE_WIDTHS: Final = (12, 44, 8, 60, 10)
TEXT: Final = Style("left", "@")


class Lists:
    """The lists that cells choose from, each once, as columns of one hidden page."""

    def __init__(self, sheet: Worksheet, part: Part) -> None:
        self._sheet, self._part = sheet, part
        self._sources: dict[tuple[str, ...], str] = {}

    def source(self, column: Column) -> str | None:
        """Return the range that a column's cells choose from, None where they are free."""
        words = tuple(self._words(column))
        if not words:
            return None
        if words not in self._sources:
            self._sources[words] = self._written(words)
        return self._sources[words]

    def is_closed(self, column: Column) -> bool:
        """True where nothing else may be typed."""
        return isinstance(column.kind, (Choice, Flag))

    def _words(self, column: Column) -> Iterator[str]:
        kind = column.kind
        if isinstance(kind, Flag):
            yield from (YES, NO)
        elif isinstance(kind, (Choice, Option)):
            yield from kind.options(self._part).values()
        elif isinstance(kind, Code):
            known = self._part.codes(kind.scheme)
            for code in known.names:
                if len(code) in kind.lengths and known.is_leaf(code):
                    yield known.told(code)

    def _written(self, words: tuple[str, ...]) -> str:
        number = len(self._sources) + 1
        for row, word in enumerate(words, start=1):
            put_text(self._sheet, row, number, word)
        letter = letters(number)
        return f"'{OPTIONS}'!${letter}$1:${letter}${len(words)}"


def write_codes(sheet: Worksheet, known: CodeList, styles: Styles) -> None:
    """Write a page of codes: each with its level, what it stands under, and whether it is used."""
    for number, (title, width) in enumerate(zip(CODE_HEADS, CODE_WIDTHS, strict=True), start=1):
        put_text(sheet, 1, number, title)
        styles.dress(place(sheet, 1, number), HEAD)
        sheet.column_dimensions[letters(number)].width = width
    for row, texts in enumerate(_lines(known), start=2):
        for number, text in enumerate(texts, start=1):
            put_text(sheet, row, number, text)
            styles.dress(place(sheet, row, number), TEXT)
    sheet.freeze_panes = "A2"


def _lines(known: CodeList) -> Iterable[tuple[str, ...]]:
    for each in known.choices():
        depth = "　" * len(each["path"])
        level = LEVELS[len(each["code"])].label
        used = "待预算科确认" if each["proposed"] else "可填" if each["usable"] else "有下级"
        yield each["code"], f"{depth}{each['name']}", level, " › ".join(each["path"]), used


def put_text(sheet: Worksheet, row: int, number: int, text: str) -> None:
    """Write a text that is never a formula."""
    if text:
        cell = place(sheet, row, number)
        cell.value = as_text(text, f"“{sheet.title}”第{row}行")
        cell.data_type = "s"


def place(sheet: Worksheet, row: int, number: int) -> Cell:
    """Return a cell of a page on which nothing is merged."""
    cell = sheet.cell(row, number)
    assert isinstance(cell, Cell)
    return cell
