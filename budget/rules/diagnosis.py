"""From equations that do not hold to their causes: one cause, one finding.

A wrong figure breaks every equation that it stands in. So each broken equation is put down to the
figure that explains most of them: the one that, changed by one amount, would mend them all, and
that stands in the fewest equations that hold. What it explains is told once; what is left is
diagnosed again. A figure that would have to become negative explains nothing.

Where several figures explain the same equations equally well, nobody can know which is wrong, and
where a total exceeds its rows a row may be missing: the cause is then in doubt, and is told of the
total. Which causes are one is found out in budget/rules/joining.py.
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

    ``gap`` is total − items; ``slack`` how much rounding in print alone may explain; ``amounts``
    are those of its addresses, the total's first.
    """

    rule: str
    equation: Equal
    gap: Decimal
    slack: Decimal
    amounts: tuple[Decimal, ...]

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

    @property
    def summed_row(self) -> tuple[str, str] | None:
        """The table and row of a total of rows below it; None for any other equation."""
        table, row, _ = parts(self.equation.total)
        below = [parts(item) for item in self.equation.items]
        is_sum = bool(below) and all(each[0] == table and each[1] != row for each in below)
        return (table, row) if is_sum and row else None

    @property
    def crossed_row(self) -> tuple[str, str] | None:
        """The table and row whose columns are added up; None for any other equation."""
        table, row, _ = parts(self.equation.total)
        beside = (parts(item)[:2] for item in self.equation.items)
        return (table, row) if row and all(each == (table, row) for each in beside) else None


@dataclass(frozen=True, slots=True)
class Cause:
    """A figure that is likely wrong: by how much, and the equations that it breaks.

    ``doubt`` are the figures any of which may be the wrong one, empty where one alone can be: the
    address is then that of the total. ``along`` are other figures that the cause has made wrong,
    each with its correction.
    """

    address: str
    correction: Decimal
    broken: tuple[Stated, ...]
    doubt: tuple[str, ...] = ()
    along: tuple[tuple[str, Decimal], ...] = ()

    @property
    def is_certain(self) -> bool:
        """True where no other figure explains what is broken as well."""
        return not self.doubt


def stated(rule: str, equation: Equal, figures: Mapping[str, Printed]) -> Stated:
    """Return an equation measured on printed figures. A figure that is not there is a KeyError."""
    whole = figures[equation.total]
    items = [figures[item] for item in equation.items]
    amounts = (whole.yuan, *(item.yuan for item in items))
    gap = whole.yuan - total(amounts[1:])
    slack = total((whole.half, *(item.half for item in items)))
    return Stated(rule, equation, gap, slack, amounts)


def causes(equations: Sequence[Stated], suspects: frozenset[str] = frozenset()) -> list[Cause]:
    """Return the likely causes of the equations that do not hold, most broken first.

    ``suspects`` are addresses with something else wrong: of equals they are blamed first.
    """
    broken = [each for each in equations if not each.holds]
    if not broken:
        return []
    candidates = _Candidates(
        broken, _standing_in(each for each in equations if each.holds), suspects
    )
    found: list[Cause] = []
    while (cause := candidates.take_best()) is not None:
        found.append(cause)
    return found


Rank = tuple[int, int, bool]
"""How many equations a change would leave broken net of those it mends, then fewest, a suspect."""


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
        self._amounts = {
            address: amount
            for each in broken
            for address, amount in zip(each.addresses, each.amounts, strict=True)
        }
        self._last: dict[str, Cause | None] = {}
        self._heap: list[tuple[tuple[Rank, int, int], Cause]] = []
        self._numbers = count()
        for address in self._stated:
            self._weigh(address)

    def take_best(self) -> Cause | None:
        """Return the likeliest cause and put away what it explains; None when all is explained."""
        while self._heap:
            _, cause = heappop(self._heap)
            if self._last[cause.address] is cause:
                judged = self._judged(cause)
                self._put_away(cause)
                return judged
        return None

    def _judged(self, cause: Cause) -> Cause:
        """Return a cause as it is, or as one in doubt where it is not the only explanation."""
        first = cause.broken[0]
        rivals = [address for address in first.addresses if self._rivals(address, cause)]
        if len(rivals) == 1 and not (cause.address not in self._suspects and _may_miss_row(cause)):
            return cause
        shared = set(first.addresses).intersection(*(each.addresses for each in cause.broken))
        doubt = tuple(address for address in first.addresses if address in shared)
        return Cause(first.equation.total, -first.gap, cause.broken, doubt)

    def _rivals(self, address: str, cause: Cause) -> bool:
        """True where a figure explains the same equations and contradicts no more than the best."""
        other = self._last.get(address)
        if other is None or self._rank(other) > self._rank(cause):
            return False
        return {id(each) for each in other.broken} == {id(each) for each in cause.broken}

    def _put_away(self, cause: Cause) -> None:
        explained = set(map(id, cause.broken))
        for address in dict.fromkeys(a for each in cause.broken for a in each.addresses):
            left = [each for each in self._stated[address] if id(each) not in explained]
            self._stated[address] = left
            self._weigh(address)

    def _weigh(self, address: str) -> None:
        """Put the best that can be said of a figure on the heap, the likeliest first."""
        stated_there = self._stated[address]
        mending = [
            _mending(address, first, stated_there)
            for first in stated_there
            if self._may_be(address, first)
        ]
        best = max(mending, key=lambda cause: len(cause.broken), default=None)
        self._last[address] = best
        if best is not None:
            placed = (self._rank(best), self._order[address], next(self._numbers))
            heappush(self._heap, (placed, best))

    def _may_be(self, address: str, first: Stated) -> bool:
        """True where a figure, changed as an equation asks, would not become negative."""
        amount = self._amounts[address]
        return amount < 0 or amount + first.correction(address) >= -first.slack

    def _rank(self, cause: Cause) -> Rank:
        number = len(cause.broken)
        trusted = self._trusted.get(cause.address, 0)
        return trusted - number, -number, cause.address not in self._suspects


def _may_miss_row(cause: Cause) -> bool:
    """True where all that is broken are totals of one row that exceed the rows below it."""
    rows = {each.summed_row for each in cause.broken}
    return len(rows) == 1 and None not in rows and all(each.gap > 0 for each in cause.broken)


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


def parts(address: str) -> tuple[str, str, str]:
    """Return the table, row and column of a cell; a figure of a sentence has no row."""
    table, _, rest = address.partition("/")
    row, _, column = rest.rpartition("/")
    return table, row, column
