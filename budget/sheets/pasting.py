"""A block from Excel or WPS as rows of a sheet.

A head line says what its columns are; without one they run on from the cell where the block was
put. Rows are recognised by what identifies them. A block that has none of that, such as a single
column of amounts, goes into the rows as they stand, from that cell down.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from budget.money import MoneyUnit
from budget.sheets.changes import NEW
from budget.sheets.changing import pending_rows
from budget.sheets.headings import Head, Heading, head_of
from budget.sheets.matching import identifies
from budget.sheets.part import Part
from budget.sheets.planning import Given
from budget.sheets.plans import Incoming
from budget.sheets.spec import Column, SheetSpec
from budget.sheets.tabular import parse
from budget.spellings import Unreadable

MOST_ROWS = 5_000
MOST_CHARACTERS = 1_500_000
BY_PLACE = "按所在行对应"
AS_ABOVE = "{}空白，按合并单元格沿用上一行"


class NothingPasted(ValueError):
    """A block cannot be taken as one; the message says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The cell at which a block is put: the row's key and the column's; "" for the first."""

    row: str = ""
    field: str = ""


def pasted(spec: SheetSpec, part: Part, text: str, anchor: Anchor, unit: MoneyUnit) -> Given:
    """Return the rows of a pasted block. Raises NothingPasted."""
    if len(text) > MOST_CHARACTERS:
        raise NothingPasted(f"粘贴的内容超过{MOST_CHARACTERS:,}字，请分几次")
    lines = [
        (number, line)
        for number, line in enumerate(parse(text), start=1)
        if any(map(str.strip, line))
    ]
    if not lines:
        raise NothingPasted("粘贴的内容是空的")
    if len(lines) > MOST_ROWS:
        raise NothingPasted(f"一次最多粘贴{MOST_ROWS:,}行，现有{len(lines):,}行，请分几次")
    head = head_of(spec, part, dict(enumerate(lines[0][1])))
    if head is not None:
        return _Block(spec, part, head, unit, head.at).given(lines[1:])
    at = dict(enumerate(map(Heading, _columns_from(spec, part, anchor.field))))
    return _Block(spec, part, None, unit, at).given(lines, anchor)


def _columns_from(spec: SheetSpec, part: Part, field: str) -> list[Column]:
    columns = [column for column in spec.columns if column.is_for(part)]
    keys = [column.key for column in columns]
    if field and field not in keys:
        raise NothingPasted(f"“{spec.title}”没有栏目 {field}，请刷新页面后重试")
    return columns[keys.index(field) if field else 0 :]


@dataclass(frozen=True)
class _Block:
    spec: SheetSpec
    part: Part
    head: Head | None
    unit: MoneyUnit
    at: Mapping[int, Heading]

    def given(self, lines: Sequence[tuple[int, list[str]]], anchor: Anchor | None = None) -> Given:
        if self.head is not None and self.head.twice:
            raise NothingPasted(f"表头中有重复的栏目：{'、'.join(self.head.twice)}")
        width = max((len(line) for _, line in lines), default=0)
        fields = {each.column.key for place, each in self.at.items() if place < width}
        rows = list(self._carried(self._rows(lines)))
        if not identifies(self.spec, fields):
            rows = list(self._in_place(rows, anchor or Anchor()))
        return Given(self.spec, tuple(rows), notes=tuple(self._notes(width)))

    def _rows(self, lines: Sequence[tuple[int, list[str]]]) -> Iterator[Incoming]:
        for number, line in lines:
            cells = {
                heading.column.key: self._text(heading, line[place])
                for place, heading in self.at.items()
                if place < len(line)
            }
            beyond = [text for place, text in enumerate(line) if self._is_beyond(place)]
            lost = sum(bool(text.strip()) for text in beyond)
            remarks = (f"有{lost}格超出表的右边，没有读取",) if lost else ()
            yield Incoming(f"第{number}行", cells, remarks=remarks)

    def _is_beyond(self, place: int) -> bool:
        return place not in self.at and (self.head is None or place not in self.head.unknown)

    def _text(self, heading: Heading, text: str) -> str:
        """Return a cell in the unit of the act, where its heading states another."""
        if heading.unit is None or heading.unit == self.unit:
            return text
        kind = heading.column.kind
        try:
            return kind.show(kind.read(text, self.part, heading.unit), self.part, self.unit)
        except Unreadable:
            return text

    def _carried(self, rows: Iterator[Incoming]) -> Iterator[Incoming]:
        """Fill blanks that merged cells leave: in what identifies a row and must be there."""
        needed = [
            each.column
            for each in self.at.values()
            if each.column.matches and each.column.required and not each.column.default
        ]
        above: dict[str, str] = {}
        for row in rows:
            blank = [
                each
                for each in needed
                if not row.cells.get(each.key, "").strip() and above.get(each.key)
            ]
            cells = {**row.cells, **{each.key: above[each.key] for each in blank}}
            above = {each.key: cells.get(each.key, "") for each in needed}
            said = tuple(AS_ABOVE.format(f"“{each.title}”") for each in blank)
            yield replace(row, cells=cells, remarks=(*row.remarks, *said)) if blank else row

    def _in_place(self, rows: Sequence[Incoming], anchor: Anchor) -> Iterator[Incoming]:
        """Give rows the keys of the rows that stand in the sheet from the anchor down."""
        stored = [row.key for row in self.spec.store.read(self.part)]
        keys = [*stored, *pending_rows(self.part, self.spec.code)]
        if anchor.row.startswith(NEW):
            start = len(keys)
        elif not anchor.row:
            start = 0
        elif anchor.row in keys:
            start = keys.index(anchor.row)
        else:
            raise NothingPasted("粘贴起点所在的行已被删除，请刷新页面后重试")
        following = islice(keys, start, None)
        for row in rows:
            key = next(following, "")
            yield replace(row, key=key, by=BY_PLACE) if key else row

    def _notes(self, width: int) -> Iterator[str]:
        if self.head is not None and self.head.unknown:
            yield f"没有读取的栏目：{'、'.join(self.head.unknown.values())}"
