"""A cell of a spreadsheet as the text that a column reads, or why it cannot be one.

Numbers are taken exactly, as far as a spreadsheet keeps them (15 digits). What shows something else
than it holds (a percentage, a date among amounts, a truth value) is never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from budget.imports.xlsx.sheets import Value
from budget.money import YUAN
from budget.sheets.spec import Column
from budget.spellings import Unreadable, amount_text, number

ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
DAY_ZERO: Final = date(1899, 12, 30)
"""Days of the 1900 system are counted from here; it holds from 1 March 1900 on."""
BETWEEN_SYSTEMS: Final = 1462
"""Days between the 1900 and the 1904 system."""
FIRST_DAY, LAST_DAY = 61, 2_958_465
NUMERIC: Final = frozenset({"money", "count", "score"})
DATE: Final = "是日期，请改成{}"
PERCENT: Final = "显示的与存的不是同一个数（百分比、千元等格式），请改为常规格式并填实际的数"


class Faulty(ValueError):
    """A cell holds what is no text of its column; the message says what in Chinese."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the cells of one workbook."""

    counts_from_1904: bool

    def text(self, column: Column, value: Value) -> str:
        """Return the text of a cell. Raises Faulty."""
        if value.fault:
            raise Faulty(value.fault)
        kind = column.kind.name
        if value.is_truth and kind != "flag":
            raise Faulty("是逻辑值（TRUE/FALSE），请改成文字或数")
        if value.number is None:
            return unescaped(value.text)
        if kind == "day":
            return self._day(value)
        if value.shown.is_date:
            raise Faulty(DATE.format("数" if kind in NUMERIC else "文本"))
        if value.shown.is_other:
            raise Faulty(PERCENT)
        return _amount(value) if kind == "money" else value.text

    def _day(self, value: Value) -> str:
        assert value.number is not None
        if not value.shown.is_date:
            return value.text
        days = value.number + (BETWEEN_SYSTEMS if self.counts_from_1904 else 0)
        if days != days.to_integral_value() or not FIRST_DAY <= days <= LAST_DAY:
            raise Faulty("不是完整的日期，请按“年-月-日”填写")
        return (DAY_ZERO + timedelta(days=int(days))).isoformat()


def _amount(value: Value) -> str:
    assert value.number is not None
    try:
        return amount_text(number(value.number, YUAN), YUAN)
    except Unreadable as error:
        raise Faulty(str(error)) from error


def unescaped(text: str) -> str:
    """Return a text with characters that the format writes as their numbers.

    >>> unescaped("_x005F_x0041_"), unescaped("a_x000D_b")
    ('_x0041_', 'a\\rb')
    """
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
