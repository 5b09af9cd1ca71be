"""The cells of a sheet: texts and numbers by place, and which of them are merged.

A formula counts by the result that is stored with it; without one, or where it is an error, the
sheet is refused with the cell's name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, InvalidOperation
from typing import Final
from xml.sax.handler import ContentHandler

from budget.imports.xlsx.comments import read_comments
from budget.imports.xlsx.formats import Shown
from budget.imports.xlsx.limits import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGES,
    MOST_ROWS,
    Package,
)
from budget.imports.xlsx.parts import Parts
from budget.imports.xlsx.refusal import UnreadableWorkbook, at, letters
from budget.imports.xlsx.xml import local, read_into

PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
KEPT: Final = Context(prec=15)
"""A spreadsheet keeps 15 digits of a number; what stands behind them is noise of its arithmetic."""
PLAIN: Final = Shown()


Spot = tuple[int, int]
"""A place of a sheet: row and column, counted from 1."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell holds: a text, or a number and how it is shown.

    ``is_truth`` marks a truth value, read as 是 or 否. ``fault`` says why a cell cannot be read; it
    is set where faults are kept, for whoever knows which cells matter.
    """

    text: str
    number: Decimal | None = None
    shown: Shown = PLAIN
    is_truth: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, first and last row and column, all counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet's name, its filled cells by row and column, and its merged ranges."""

    name: str
    rows: Mapping[int, Mapping[int, Value]]
    merges: tuple[Merge, ...] = ()
    comments: Mapping[str, str] = field(default_factory=dict)

    def value(self, row: int, column: int) -> Value | None:
        """Return what a cell holds, None where it is blank."""
        return self.rows.get(row, {}).get(column)

    def comment(self, row: int, column: int) -> str:
        """Return what a comment beside a cell says, "" where there is none."""
        return self.comments.get(f"{letters(column)}{row}", "") if self.comments else ""


def read_sheets(package: Package, parts: Parts, *, faults_kept: bool = False) -> tuple[Sheet, ...]:
    """Return the sheets of cells in their order. Raises UnreadableWorkbook.

    A cell that cannot be read refuses the workbook, unless faults are kept in their cells.
    """
    room = _Room()
    sheets = []
    for name, part in parts.sheets:
        handler = _Cells(name, parts, room, faults_kept)
        read_into(handler, package.part(part), part)
        comments = read_comments(package, part)
        sheets.append(Sheet(name, handler.rows, tuple(handler.merges), comments))
    return tuple(sheets)


@dataclass
class _Room:
    """How many cells all sheets together still may have, blank ones counted."""

    left: int = MOST_CELLS

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise UnreadableWorkbook(f"工作簿超过{MOST_CELLS:,}个单元格，不能读取")


@dataclass
class _Open:
    """A cell while it is being read."""

    row: int
    column: int
    kind: str
    style: int
    has_formula: bool = False
    text: list[str] = field(default_factory=list)


class _Cells(ContentHandler):
    """Collects the cells and merged ranges of one sheet."""

    def __init__(self, name: str, parts: Parts, room: _Room, faults_kept: bool) -> None:
        super().__init__()
        self._faults_kept = faults_kept
        self.rows: dict[int, dict[int, Value]] = {}
        self.merges: list[Merge] = []
        self._name = name
        self._parts = parts
        self._room = room
        self._row = 0
        self._column = 0
        self._cell: _Open | None = None
        self._in_text = False
        self._in_reading = False

    def startElement(self, name: str, attrs: Mapping[str, str]) -> None:  # type: ignore[override]
        kind = local(name)
        if kind == "c":
            self._begin(attrs)
        elif kind in ("v", "t"):
            self._in_text = not self._in_reading
        elif kind == "f" and self._cell is not None:
            self._cell.has_formula = True
        elif kind == "row":
            number = attrs.get("r", "")
            self._row = int(number) if number.isdigit() else self._row + 1
            self._column = 0
        elif kind == "rPh":
            self._in_reading = True
        elif kind == "mergeCell":
            self._merge(attrs.get("ref", ""))

    def characters(self, content: str) -> None:
        if self._in_text and self._cell is not None:
            self._cell.text.append(content)

    def endElement(self, name: str) -> None:
        kind = local(name)
        if kind in ("v", "t"):
            self._in_text = False
        elif kind == "rPh":
            self._in_reading = False
        elif kind == "c" and self._cell is not None:
            self._end(self._cell)
            self._cell = None

    def _begin(self, attrs: Mapping[str, str]) -> None:
        self._room.take()
        place = PLACE.fullmatch(attrs.get("r", ""))
        if place:
            self._column, self._row = _number(place[1]), int(place[2])
        else:
            self._column += 1
        style = attrs.get("s", "")
        self._cell = _Open(
            self._row, self._column, attrs.get("t", "n"), int(style) if style.isdigit() else 0
        )

    def _end(self, cell: _Open) -> None:
        where = at(self._name, cell.row, cell.column)
        try:
            value = self._checked(cell, where)
        except UnreadableWorkbook as error:
            if not self._faults_kept:
                raise
            value = Value("", fault=str(error).removeprefix(where).strip())
        if value is None:
            return
        if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS:
            raise UnreadableWorkbook(
                f"{where} 超出可读取的范围（{MOST_ROWS:,}行、{MOST_COLUMNS}列）"
            )
        self.rows.setdefault(cell.row, {})[cell.column] = value

    def _checked(self, cell: _Open, where: str) -> Value | None:
        """Return what a cell holds, None for a blank one. Raises UnreadableWorkbook."""
        text = "".join(cell.text)
        if cell.kind == "e" or (cell.kind == "str" and text.startswith("#REF!")):
            raise UnreadableWorkbook(f"{where} 是错误值 {text or '#?'}，请更正后重试")
        if cell.has_formula and cell.kind != "str" and not text.strip():
            raise UnreadableWorkbook(
                f"{where} 是没有计算结果的公式，请在表格软件中打开并保存，或改为数字"
            )
        return self._value(cell, text, where)

    def _value(self, cell: _Open, text: str, where: str) -> Value | None:
        """Return what a cell holds, None for a blank one. Raises UnreadableWorkbook."""
        if cell.kind == "s":
            text = self._shared(text, where)
        elif cell.kind == "n":
            return self._number(cell, text, where) if text.strip() else None
        elif cell.kind == "b":
            return Value("是" if text.strip() == "1" else "否", is_truth=True)
        return Value(text) if text.strip() else None

    def _shared(self, text: str, where: str) -> str:
        if not text.isdigit() or int(text) >= len(self._parts.texts):
            raise UnreadableWorkbook(f"{where} 已损坏，请重新保存后再试")
        return self._parts.texts[int(text)]

    def _number(self, cell: _Open, text: str, where: str) -> Value:
        try:
            number = KEPT.create_decimal(text.strip())
        except InvalidOperation as error:
            raise UnreadableWorkbook(f"{where} 的数字“{text}”无法识别") from error
        if not number.is_finite() or number.adjusted() > KEPT.prec:
            raise UnreadableWorkbook(f"{where} 的数字“{text}”超出可读取的范围")
        styles = self._parts.styles
        shown = styles[cell.style] if cell.style < len(styles) else PLAIN
        whole = number == number.to_integral_value()
        return Value(f"{number.to_integral_value() if whole else number:f}", number, shown)

    def _merge(self, reference: str) -> None:
        if len(self.merges) >= MOST_MERGES:
            raise UnreadableWorkbook(f"工作表“{self._name}”的合并单元格过多，不能读取")
        first, _, last = reference.partition(":")
        start, end = PLACE.fullmatch(first), PLACE.fullmatch(last or first)
        if not start or not end:
            raise UnreadableWorkbook(f"工作表“{self._name}”的合并区域“{reference}”无法识别")
        self.merges.append(Merge(int(start[2]), _number(start[1]), int(end[2]), _number(end[1])))


def _number(name: str) -> int:
    """Return the number of a column's letters.

    >>> _number("AB"), letters(28)
    (28, 'AB')
    """
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
