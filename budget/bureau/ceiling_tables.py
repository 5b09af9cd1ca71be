"""A table of ceilings, pasted or from a file: its rows as texts, by the heads of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from budget.money import YUAN, MoneyUnit
from budget.sheets.headings import UNITS, plain
from budget.sheets.tabular import parse

MOST_ROWS: Final = 5_000
COLUMNS: Final = ("部门或单位编码", "资金来源", "类别", "项目编码", "控制数")
NEEDED: Final = (0, 1, 2, 4)
OTHER_NAMES: Final[Mapping[str, int]] = {
    "单位编码": 0,
    "部门编码": 0,
    "编码": 0,
    "金额": 4,
}


class UnreadableRows(ValueError):
    """What was pasted or uploaded is no table of ceilings; the message says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it came: where it stood, and its five cells as texts."""

    where: str
    cells: tuple[str, str, str, str, str]


def rows_of(lines: Iterable[Sequence[object]]) -> tuple[tuple[Row, ...], MoneyUnit]:
    """Return the rows of a table whose first line is its head, and the unit of its amounts.

    Raises UnreadableRows.
    """
    numbered = [
        (number, [_text(cell) for cell in line])
        for number, line in enumerate(lines, start=1)
        if any(_text(cell) for cell in line)
    ]
    if not numbered:
        raise UnreadableRows("没有内容")
    (_, head), *rest = numbered
    at, unit = _head(head)
    if not rest:
        raise UnreadableRows("只有列名，没有数据")
    if len(rest) > MOST_ROWS:
        raise UnreadableRows(f"一次最多导入{MOST_ROWS:,}行，请分几次")
    return tuple(_row(number, line, at) for number, line in rest), unit


def pasted(text: str) -> tuple[tuple[Row, ...], MoneyUnit]:
    """Return the rows of a block from a spreadsheet. Raises UnreadableRows."""
    return rows_of(parse(text))


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _head(cells: Sequence[str]) -> tuple[dict[int, int], MoneyUnit]:
    """Return which column stands where, and the unit that the amounts' heading states."""
    at: dict[int, int] = {}
    unit = YUAN
    for place, text in enumerate(cells):
        title = plain(text)
        stated = next((name for name in UNITS if title.endswith((f"（{name}）", f"({name})"))), "")
        bare = title.replace(f"（{stated}）", "").replace(f"({stated})", "") if stated else title
        column = OTHER_NAMES.get(bare, COLUMNS.index(bare) if bare in COLUMNS else None)
        if column is None:
            continue
        if column in at:
            raise UnreadableRows(f"“{COLUMNS[column]}”一栏出现了两次")
        at[column] = place
        if column == 4 and stated:
            unit = UNITS[stated]
    missing = [COLUMNS[each] for each in NEEDED if each not in at]
    if missing:
        raise UnreadableRows(f"第1行应为列名，缺少：{'、'.join(missing)}")
    return at, unit


def _row(number: int, line: Sequence[str], at: Mapping[int, int]) -> Row:
    cells = [
        line[at[column]] if column in at and at[column] < len(line) else ""
        for column in range(len(COLUMNS))
    ]
    return Row(f"第{number}行", (cells[0], cells[1], cells[2], cells[3], cells[4]))
