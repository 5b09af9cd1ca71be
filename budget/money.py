"""The only place where money is rounded, printed or compared in print.

Amounts are ``Decimal`` yuan everywhere in Python and integer 分 in the database. They become
万元 once, when printed, half up, straight from the exact amount (docs/decisions/0002-rounding.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

ZERO = Decimal(0)
LARGEST = Decimal("9999999999999.99")
"""The largest amount that may be stored, in yuan; the smallest is its negative."""
HUNDRED = Decimal(100)
EXACT = Context(prec=60)
"""Digits to spare for any quotient of amounts, whatever the caller's own context says."""


class InexactAmount(ValueError):
    """An amount has more than two decimals or is out of range, so it is not a number of 分."""


def fen(yuan: Decimal) -> int:
    """Return an amount of yuan as whole 分, exactly.

    Raises InexactAmount when the amount is finer than 分 or beyond ±9,999,999,999,999.99 元.

    >>> fen(Decimal("1561.09"))
    156109
    """
    if not yuan.is_finite() or abs(yuan) > LARGEST:
        raise InexactAmount(f"金额 {yuan} 超出可存储的范围（±9,999,999,999,999.99 元）")
    scaled = yuan.scaleb(2)
    if scaled != scaled.to_integral_value():
        raise InexactAmount(f"金额 {yuan} 不是整分")
    return int(scaled)


def yuan(fen_amount: int) -> Decimal:
    """Return whole 分 as yuan with two places.

    >>> yuan(156109)
    Decimal('1561.09')
    """
    return Decimal(fen_amount).scaleb(-2)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum of amounts, Decimal(0) when there are none."""
    return sum(amounts, ZERO)


def half_up(number: Decimal, places: int) -> Decimal:
    """Return the number rounded half away from zero to so many places, never as minus zero.

    >>> half_up(Decimal("-0.004"), 2)
    Decimal('0.00')
    """
    rounded = number.quantize(_step(places), ROUND_HALF_UP, EXACT)
    return abs(rounded) if rounded.is_zero() else rounded


@lru_cache(maxsize=8)
def _step(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


@dataclass(frozen=True, slots=True)
class MoneyUnit:
    """How amounts are printed: the unit's name, yuan in one of it, and decimals.

    The unit is a power of ten of yuan, so that shifting the point is exact.

    >>> WAN.printed(Decimal("15610949.99"))
    Decimal('1561.09')
    >>> WAN.text(Decimal("15610949.99"), grouped=True)
    '1,561.09'
    """

    label: str
    exponent: int
    places: int

    def printed(self, amount: Decimal) -> Decimal:
        """Return an exact amount of yuan as the number that is printed, in this unit."""
        return half_up(amount.scaleb(-self.exponent), self.places)

    def text(self, amount: Decimal, *, grouped: bool) -> str:
        """Return an exact amount of yuan as the string that is printed."""
        return written(self.printed(amount), grouped=grouped)

    def shows_all_of(self, amount: Decimal) -> bool:
        """True where printing an amount of yuan in this unit loses nothing."""
        return EXACT.remainder(amount, _step(self.places - self.exponent)) == 0

    def without_decimals(self) -> MoneyUnit:
        """Return the same unit printed in whole numbers."""
        return replace(self, places=0)

    def in_yuan(self, printed: Decimal) -> Decimal:
        """Return a printed number of this unit as yuan."""
        return printed.scaleb(self.exponent)


YUAN = MoneyUnit("元", exponent=0, places=2)
WAN = MoneyUnit("万元", exponent=4, places=2)


def written(printed: Decimal, *, grouped: bool) -> str:
    """Return a number that is rounded already as text, with or without thousands separators.

    >>> written(Decimal("1561.09"), grouped=True)
    '1,561.09'
    """
    return f"{printed:,f}" if grouped else f"{printed:f}"


def whole_or_full(printed: Decimal, *, grouped: bool = False) -> str:
    """Return a printed number without its decimals when they are all zero: 35, but 35.50.

    >>> whole_or_full(Decimal("35.00")), whole_or_full(Decimal("35.50"))
    ('35', '35.50')
    """
    whole = printed.to_integral_value()
    return written(whole if whole == printed else printed, grouped=grouped)


def percent(part: Decimal, base: Decimal) -> Decimal:
    """Return part ÷ base × 100 with two places; both are printed numbers of one unit.

    Raises ZeroDivisionError when the base is zero: the caller has words for that.

    >>> percent(Decimal("162.77"), Decimal("1398.32"))
    Decimal('11.64')
    """
    if base == 0:
        raise ZeroDivisionError("a percentage of zero has no value; say it in words")
    return half_up(EXACT.divide(EXACT.multiply(part, HUNDRED), base), 2)


def shares(parts: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Return each part's percentage of their sum, two places, adding to exactly 100.00.

    The residue of rounding goes to the largest part (the first of equals): the one place where a
    printed number is not simply rounded. Empty or all-zero parts give zeros.

    >>> shares([Decimal(1), Decimal(1), Decimal(1)])
    (Decimal('33.34'), Decimal('33.33'), Decimal('33.33'))
    """
    whole = total(parts)
    if whole == 0:
        return tuple(half_up(ZERO, 2) for _ in parts)
    rounded = [percent(part, whole) for part in parts]
    largest = max(range(len(parts)), key=lambda place: (abs(parts[place]), -place))
    rounded[largest] += HUNDRED - total(rounded)
    return tuple(rounded)
