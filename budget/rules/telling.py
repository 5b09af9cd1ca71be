"""How findings tell amounts: both sides as printed, sums and differences in the same unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from budget.money import total, written
from budget.rules.finding import Finding, Side
from budget.rules.printed import Printed, Subject

BLANK: Final = "（空白）"
NUMBER: Final = re.compile(r"(增加|减少|增长|下降|上升)?[+-]?[0-9][0-9,]*(\.[0-9]+)?|持平")
"""A number as a side of a comparison states it: alone, or behind a word of direction."""


def side(printed: Printed) -> Side:
    """Return an amount as it is printed; what is blank has no unit."""
    text, unit = (printed.text, printed.unit) if printed.text else (BLANK, "")
    return Side(printed.label, text, unit, printed.address)


def difference(finding: Finding) -> str:
    """Return by how much both sides differ, with its unit; "" unless both are numbers.

    >>> difference(Finding((), Side("甲", "12.00", "万元"), Side("乙", "10.00", "万元"), "2.00"))
    '2.00万元'
    >>> difference(Finding((), Side("甲", "（空白）"), Side("乙", "10.00", "万元"), "10.00"))
    ''
    """
    if not finding.difference or finding.right is None:
        return ""
    sides = (finding.left, finding.right)
    if not all(NUMBER.fullmatch(each.text) for each in sides):
        return ""
    unit = finding.left.unit or finding.right.unit
    return f"{finding.difference}{'个百分点' if unit == '%' else unit}"


def sum_side(items: Sequence[Printed], label: str = "分项之和") -> Side:
    """Return several amounts as their sum; one alone is told as itself."""
    if len(items) == 1:
        return side(items[0])
    return Side(label, in_unit(total(each.yuan for each in items), items[0]), items[0].unit)


def in_unit(yuan: Decimal, like: Printed) -> str:
    """Return an amount of yuan written in another figure's unit."""
    exponent = 4 if like.unit == "万元" else 0
    return written(_trimmed(yuan.scaleb(-exponent)), grouped=True)


def _trimmed(number: Decimal) -> Decimal:
    """Return a number with two decimals at least and no idle ones beyond."""
    normal = number.normalize()
    places = max(2, -int(normal.as_tuple().exponent))
    return number.quantize(Decimal(1).scaleb(-places))


def addresses(printed: Iterable[Printed]) -> tuple[str, ...]:
    """Return where amounts stand."""
    return tuple(each.address for each in printed)


def asked_of(subject: Subject, **values: object) -> list[Printed]:
    """Return the amounts whose question allows just these values of these dimensions."""
    first, *others = (subject.told_apart.get(limit, []) for limit in values.items())
    wanted = [{each.address for each in other} for other in others]
    return [each for each in first if all(each.address in other for other in wanted)]


def values_asked(subject: Subject, dimension: str) -> list[str]:
    """Return, in order, the values of a dimension by which amounts are told apart."""
    return subject.values.get(dimension, [])
