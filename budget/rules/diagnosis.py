"""From equations that do not hold to their causes: one cause, one finding.

A wrong figure breaks every equation that it stands in. So each broken equation is put down to the
figure that explains most of them: the one that, changed by one amount, would mend them all, and
that stands in the fewest equations that hold. What it explains is told once; what is left is
diagnosed again. Then a finding whose figure merely carries the same difference up (a subtotal, a
total, the same row in another column) joins the one below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.money import total
from budget.rules.finding import Equal
from budget.rules.printed import Printed


@dataclass(frozen=True, slots=True)
class Stated:
    """An equation, the code of the rule that states it, and how far it is from holding (yuan).

    ``gap`` is total − items; ``slack`` how much rounding in print alone may explain.
    """

    rule: str
    equation: Equal
    gap: Decimal
    slack: Decimal

    @property
    def holds(self) -> bool:
        """True where the difference is no more than rounding explains."""
        return abs(self.gap) <= self.slack

    def correction(self, address: str) -> Decimal:
        """Return by how much the figure at an address would have to change, in yuan."""
        return -self.gap if address == self.equation.total else self.gap


@dataclass(frozen=True, slots=True)
class Cause:
    """A figure that is likely wrong: by how much, and the equations that it breaks."""

    address: str
    correction: Decimal
    broken: tuple[Stated, ...]


def stated(rule: str, equation: Equal, figures: Mapping[str, Printed]) -> Stated:
    """Return an equation measured on printed figures. A figure that is not there is a KeyError."""
    whole = figures[equation.total]
    items = [figures[item] for item in equation.items]
    gap = whole.yuan - total(item.yuan for item in items)
    slack = total((whole.half, *(item.half for item in items)))
    return Stated(rule, equation, gap, slack)


def causes(equations: Sequence[Stated], suspects: frozenset[str] = frozenset()) -> list[Cause]:
    """Return the likely causes of the equations that do not hold, most broken first.

    ``suspects`` are addresses with something else wrong: of equals they are blamed first.
    """
    broken = [each for each in equations if not each.holds]
    trusted = _standing_in(each for each in equations if each.holds)
    found: list[Cause] = []
    while broken:
        cause = _best(broken, trusted, suspects)
        found.append(cause)
        explained = set(map(id, cause.broken))
        broken = [each for each in broken if id(each) not in explained]
    return found


def _standing_in(equations: Iterable[Stated]) -> Mapping[str, int]:
    """Return in how many equations each figure stands, those of nothing but zeros left out."""
    counts: dict[str, int] = {}
    for each in equations:
        for address in (each.equation.total, *each.equation.items):
            counts[address] = counts.get(address, 0) + 1
    return counts


def _best(broken: Sequence[Stated], trusted: Mapping[str, int], suspects: frozenset[str]) -> Cause:
    by_address: dict[str, list[Stated]] = {}
    for each in broken:
        for address in (each.equation.total, *each.equation.items):
            by_address.setdefault(address, []).append(each)
    candidates = (
        _mending(address, first, stated_there)
        for address, stated_there in by_address.items()
        for first in stated_there
    )
    return max(
        candidates,
        key=lambda cause: (
            len(cause.broken) - trusted.get(cause.address, 0),
            len(cause.broken),
            cause.address in suspects,
        ),
    )


def _mending(address: str, first: Stated, stated_there: Iterable[Stated]) -> Cause:
    """Return what one change of a figure would mend: the change that ``first`` asks for.

    Where figures are rounded, equations ask for nearly the same change.
    """
    correction = first.correction(address)
    mended = (
        each
        for each in stated_there
        if abs(each.correction(address) - correction) <= first.slack + each.slack
    )
    return Cause(address, correction, tuple(mended))


def merged(found: Sequence[Cause]) -> list[Cause]:
    """Return causes with those joined that only pass one difference on, or blame one figure.

    Two causes are one where their figures stand in a column together and the difference is the
    same: someone changed a figure and its sum, but not the other places that state them.
    """
    kept: list[Cause] = []
    for cause in found:
        place = next((n for n, other in enumerate(kept) if _is_one(other, cause)), None)
        if place is None:
            kept.append(cause)
        else:
            other = kept[place]
            kept[place] = Cause(other.address, other.correction, (*other.broken, *cause.broken))
    return kept


def _is_one(first: Cause, second: Cause) -> bool:
    return first.address == second.address or _passes_on(first, second)


def _passes_on(first: Cause, second: Cause) -> bool:
    slack = max(each.slack for each in (*first.broken, *second.broken))
    if abs(abs(first.correction) - abs(second.correction)) > slack:
        return False
    table, _, column = _parts(first.address)
    other_table, _, other_column = _parts(second.address)
    return (table, column) == (other_table, other_column)


def _parts(address: str) -> tuple[str, str, str]:
    table, _, rest = address.partition("/")
    row, _, column = rest.rpartition("/")
    return table, row, column
