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
from heapq import heappop, heappush
from itertools import count

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

    @property
    def addresses(self) -> tuple[str, ...]:
        """The places of the total and of its items."""
        return (self.equation.total, *self.equation.items)

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
    candidates = _Candidates(
        broken, _standing_in(each for each in equations if each.holds), suspects
    )
    found: list[Cause] = []
    while (cause := candidates.take_best()) is not None:
        found.append(cause)
    return found


class _Candidates:
    """What may be the cause of broken equations, the likeliest on top of a heap.

    Taking one touches only the figures that its equations name, so that a document in which
    everything is wrong takes no longer per finding than one with a slip. An entry of the heap that
    is older than its address's last change is passed over.
    """

    def __init__(
        self, broken: Sequence[Stated], trusted: Mapping[str, int], suspects: frozenset[str]
    ) -> None:
        self._trusted = trusted
        self._suspects = suspects
        self._stated: dict[str, list[Stated]] = {}
        for each in broken:
            for address in each.addresses:
                self._stated.setdefault(address, []).append(each)
        self._order = {address: place for place, address in enumerate(self._stated)}
        self._last: dict[str, Cause | None] = {}
        self._heap: list[tuple[tuple[int, int, bool, int, int], Cause]] = []
        self._numbers = count()
        for address in self._stated:
            self._weigh(address)

    def take_best(self) -> Cause | None:
        """Return the likeliest cause and put away what it explains; None when all is explained."""
        while self._heap:
            _, cause = heappop(self._heap)
            if self._last[cause.address] is cause:
                self._put_away(cause)
                return cause
        return None

    def _put_away(self, cause: Cause) -> None:
        explained = set(map(id, cause.broken))
        for address in dict.fromkeys(a for each in cause.broken for a in each.addresses):
            left = [each for each in self._stated[address] if id(each) not in explained]
            self._stated[address] = left
            self._weigh(address)

    def _weigh(self, address: str) -> None:
        """Put the best that can be said of a figure on the heap, the likeliest first."""
        stated_there = self._stated[address]
        mending = [_mending(address, first, stated_there) for first in stated_there]
        best = max(mending, key=lambda cause: len(cause.broken), default=None)
        self._last[address] = best
        if best is not None:
            number = len(best.broken)
            rank = (self._trusted.get(address, 0) - number, -number)
            is_free = address not in self._suspects
            placed = (*rank, is_free, self._order[address], next(self._numbers))
            heappush(self._heap, (placed, best))


def _standing_in(equations: Iterable[Stated]) -> Mapping[str, int]:
    """Return in how many equations each figure stands, those of nothing but zeros left out."""
    counts: dict[str, int] = {}
    for each in equations:
        for address in each.addresses:
            counts[address] = counts.get(address, 0) + 1
    return counts


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
    by_column: dict[tuple[str, str], list[int]] = {}
    for cause in found:
        table, _, column = _parts(cause.address)
        places = by_column.setdefault((table, column), [])
        place = next((place for place in places if _is_one(kept[place], cause)), None)
        if place is None:
            places.append(len(kept))
            kept.append(cause)
        else:
            other = kept[place]
            kept[place] = Cause(other.address, other.correction, (*other.broken, *cause.broken))
    return kept


def _is_one(first: Cause, second: Cause) -> bool:
    """True for causes of one column that blame one figure, or differ by the same amount."""
    slack = max(each.slack for each in (*first.broken, *second.broken))
    return (
        first.address == second.address
        or abs(abs(first.correction) - abs(second.correction)) <= slack
    )


def _parts(address: str) -> tuple[str, str, str]:
    table, _, rest = address.partition("/")
    row, _, column = rest.rpartition("/")
    return table, row, column
