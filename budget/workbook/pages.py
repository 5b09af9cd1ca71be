"""One sheet as a page of the file: title, heads with their notes, rows, what may be chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from budget.imports.xlsx.refusal import letters
from budget.money import YUAN
from budget.render.xlsx_cells import HEAD as HEAD_STYLE
from budget.render.xlsx_cells import LEFT, Style, Styles
from budget.sheets.kinds import Code, Words
from budget.sheets.part import Part
from budget.sheets.spec import Column, SheetSpec
from budget.spellings import Unreadable
from budget.workbook.layout import HEAD, KEY, NAME, REMOVE, columns_for, heading
from budget.workbook.lists import Lists, place, put_text
from budget.workbook.naming import printed

TITLE: Final = Style("left", size=16, bold=True, grid=False)
TEXT: Final = Style("left", "@", "top")
LOCKED: Final = Style("left", "@", "top", shaded=True)
NUMBER_FORMATS: Final = {"money": "#,##0.00", "count": "0", "score": "General"}
WIDTHS: Final = {"money": 18.0, "count": 10.0, "score": 8.0, "day": 13.0, "flag": 9.0}
WIDE: Final = 60.0
AUTHOR: Final = "部门预算填报系统"
TO_REMOVE: Final = "要删除某一行时，在这一栏填“是”；只清空单元格不会删除。"
MORE_ROWS: Final = 1_000
"""Lines below the last row for which choices are offered too."""
LOOKS_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its key, its texts by column in 元, and what people call it."""

    key: str
    texts: Mapping[str, str]
    name: str = ""


@dataclass(frozen=True)
class Page:
    """Writes one sheet."""

    sheet: Worksheet
    spec: SheetSpec
    part: Part
    styles: Styles
    lists: Lists

    def write(self, lines: Sequence[Line]) -> None:
        """Write the page. Raises RenderError for a text that no cell can hold."""
        self._top()
        self._heads()
        for number, line in enumerate(lines, start=HEAD + 1):
            self._line(number, line)
        self._choices(HEAD + len(lines) + MORE_ROWS)
        self.sheet.freeze_panes = f"C{HEAD + 1}"
        self.sheet.column_dimensions["A"].hidden = True

    @property
    def columns(self) -> list[Column]:
        """The columns, from B or C on."""
        return columns_for(self.spec, self.part)

    @property
    def first(self) -> int:
        """The number of the first of them: behind the key and, where rows have one, the name."""
        return 2 if self.spec.names is None else 3

    def _top(self) -> None:
        self._put(
            1, 2, f"{self.part.budget.year_id}年{self.spec.title}　{printed(self.part.name)}", TITLE
        )
        self._put(2, 2, self.spec.note, LEFT)

    def _heads(self) -> None:
        self._put(HEAD, 1, KEY, HEAD_STYLE)
        if self.spec.names is not None:
            self._put(HEAD, 2, NAME, HEAD_STYLE)
            self.sheet.column_dimensions["B"].width = 36
        for number, column in enumerate(self.columns, start=self.first):
            self._put(HEAD, number, heading(column), HEAD_STYLE)
            self._note(number, column)
            dimension = self.sheet.column_dimensions[letters(number)]
            dimension.width = _width(column)
            # Lines that are added later take the column's format: a code stays a text.
            dimension.number_format = _style(column).number_format
        if self.spec.store.grows:
            self._put(HEAD, self._removing, REMOVE, HEAD_STYLE)
            self._remark(
                HEAD, self._removing, "要删除某一行时，在这一栏填“是”；只清空单元格不会删除。"
            )

    @property
    def _removing(self) -> int:
        return self.first + len(self.columns)

    def _note(self, number: int, column: Column) -> None:
        told = [column.note, "必填" if column.required and not column.default else ""]
        if column.default:
            told.append(f"不填时为“{column.default}”")
        if column.locked:
            told.append("这一栏不在这里填写")
        words = "；".join(filter(None, told))
        if words:
            self._remark(HEAD, number, f"{words}。")

    def _line(self, number: int, line: Line) -> None:
        self._put(number, 1, line.key, TEXT)
        if self.spec.names is not None:
            self._put(number, 2, line.name, LOCKED)
        for at, column in enumerate(self.columns, start=self.first):
            self._cell(number, at, column, line.texts.get(column.key, ""))
        if self.spec.store.grows:
            self._put(number, self._removing, "", TEXT)

    def _cell(self, row: int, number: int, column: Column, text: str) -> None:
        style = _style(column)
        digits = _number(column, text, self.part)
        if digits is None:
            self._put(row, number, _told(column, text, self.part), style)
            return
        cell = place(self.sheet, row, number)
        self.styles.dress(cell, style)
        # The type is set after the value: a float would change the digits.
        cell.value = digits
        cell.data_type = "n"

    def _choices(self, last: int) -> None:
        for number, column in enumerate(self.columns, start=self.first):
            source = None if column.locked else self.lists.source(column)
            if source is None:
                continue
            rule = DataValidation(type="list", formula1=source, allow_blank=True)
            # Projects and codes may be typed that the lists do not have.
            rule.showErrorMessage = self.lists.is_closed(column)
            rule.errorTitle, rule.error = "不在可选范围", "请从下拉列表中选择。"
            letter = letters(number)
            rule.add(f"{letter}{HEAD + 1}:{letter}{last}")
            self.sheet.add_data_validation(rule)

    def _put(self, row: int, number: int, text: str, style: Style) -> None:
        """Write a text, which is never a formula whatever it begins with."""
        cell = place(self.sheet, row, number)
        self.styles.dress(cell, style)
        put_text(self.sheet, row, number, escaped(text))

    def _remark(self, row: int, number: int, words: str) -> None:
        comment = Comment(words, AUTHOR)
        comment.width, comment.height = 260, 90
        self.sheet.cell(row, number).comment = comment


def escaped(text: str) -> str:
    """Return a text in which nothing is taken for an escaped character: _x0041_ means A."""
    return LOOKS_ESCAPED.sub("_x005F_", text)


def _style(column: Column) -> Style:
    if column.locked:
        return LOCKED
    if column.kind.name in NUMBER_FORMATS:
        return Style("right", NUMBER_FORMATS[column.kind.name], "top")
    return TEXT


def _width(column: Column) -> float:
    kind = column.kind
    if isinstance(kind, Words) and kind.lines > 1:
        return WIDE
    widest = WIDTHS.get(kind.name, 34.0 if isinstance(kind, Code) else 24.0)
    return max(widest, 2.2 * len(heading(column)) + 2)


def _number(column: Column, text: str, part: Part) -> str | None:
    """Return the digits of a cell that holds a number, None where it holds a text."""
    if column.kind.name not in NUMBER_FORMATS or not text:
        return None
    try:
        value = column.kind.read(text, part, YUAN)
    except Unreadable:
        return None
    return None if value is None else f"{value:f}" if hasattr(value, "as_tuple") else str(value)


def _told(column: Column, text: str, part: Part) -> str:
    """Return a text as the file shows it: a code with its name."""
    kind = column.kind
    return part.codes(kind.scheme).told(text) if isinstance(kind, Code) else text
