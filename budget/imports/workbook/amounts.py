"""What a cell under a money column states, as the printed number of the table's unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from budget.imports.workbook.words import plain
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.imports.xlsx.sheets import Value
from budget.money import MoneyUnit, half_up

AMOUNT: Final = re.compile(r"[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")
TOO_LARGE: Final = Decimal(10) ** 15
"""A spreadsheet keeps 15 digits: from here on it has no whole numbers any more."""
DASHES: Final = re.compile("[-—–−]+")
"""What people write for nothing; a dash is as blank as a blank cell."""
MINUS: Final = str.maketrans("−–—－", "----")


def amount(value: Value, unit: MoneyUnit, where: str) -> Decimal | None:
    """Return the printed number, None for a dash.

    A number counts as it is shown; one without a format of its own has at least the decimals that
    the table's unit prints. Raises UnreadableWorkbook for what is no amount, naming the cell.

    >>> from budget.money import WAN
    >>> amount(Value("1,561.1"), WAN, "A1"), amount(Value("—"), WAN, "A1")
    (Decimal('1561.10'), None)
    """
    if value.shown.is_other:
        raise UnreadableWorkbook(
            f"{where} 的数字格式显示的不是所存的数（{value.text}），请改为普通数字格式"
        )
    number = _typed(value, unit, where) if value.number is None else value.number
    if number is None:
        return None
    if abs(number) >= TOO_LARGE:
        raise UnreadableWorkbook(f"{where} 的金额 {value.text} 超出可核对的范围")
    return half_up(number, _places(number, value.shown.places, unit))


def _typed(value: Value, unit: MoneyUnit, where: str) -> Decimal | None:
    words = plain(value.text).removesuffix(unit.label)
    if DASHES.fullmatch(words):
        return None
    words = words.translate(MINUS)
    if not AMOUNT.fullmatch(words):
        raise UnreadableWorkbook(f"{where} 应为金额，而填的是“{value.text.strip()}”")
    return Decimal(words.replace(",", ""))


def _places(number: Decimal, shown: int | None, unit: MoneyUnit) -> int:
    """Return the decimals that a number shows; none is finer than 分."""
    finest = unit.exponent + 2
    if shown is not None:
        return min(shown, finest)
    exponent = number.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    return min(max(own, unit.places), finest)


def are_whole(numbers: Iterable[Decimal | None]) -> bool:
    """True where no printed number of a table has decimals that count."""
    return all(number is None or number == number.to_integral_value() for number in numbers)
