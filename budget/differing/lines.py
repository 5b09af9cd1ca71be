"""Two ledgers, line by line: what the same money is now, told by all that tells lines apart.

A line's sequence says nothing of it, so lines are matched by what they are: unit, nature, project,
codes and source. Several lines of one kind are one change, with the lines on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from budget.book import BudgetBook
from budget.differing.presence import Amounts
from budget.lines import Line
from budget.money import total
from budget.terms import Allotment, Nature, Source, Upkeep

Kind = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChange(Amounts):
    """What one kind of line amounts to in two books, exactly, in yuan.

    ``lines`` are the later book's lines of the kind, ``were`` the earlier one's.
    """

    unit: str
    nature: Nature
    upkeep: Upkeep | None
    project: str | None
    function: str
    economic: str | None
    source: Source
    carried_over: bool
    allotment: Allotment | None
    paid_to: str | None
    received_from: str | None
    lines: tuple[Line, ...]
    were: tuple[Line, ...]


KINDS = (
    *("unit", "nature", "upkeep", "project", "function", "economic", "source"),
    *("carried_over", "allotment", "paid_to", "received_from"),
)
_kind_of = attrgetter(*KINDS)


def line_differences(before: BudgetBook, after: BudgetBook) -> tuple[LineChange, ...]:
    """Return the kinds of line that amount to something else, the largest difference first."""
    was, now = _by_kind(before.lines), _by_kind(after.lines)
    found = [_change(kind, was.get(kind, ()), now.get(kind, ())) for kind in {**now, **was}]
    return tuple(
        sorted((each for each in found if each.difference), key=lambda each: -abs(each.difference))
    )


def _by_kind(lines: Iterable[Line]) -> dict[Kind, tuple[Line, ...]]:
    found: dict[Kind, list[Line]] = {}
    for line in lines:
        found.setdefault(_kind_of(line), []).append(line)
    return {kind: tuple(of_kind) for kind, of_kind in found.items()}


def _change(kind: Kind, was: tuple[Line, ...], now: tuple[Line, ...]) -> LineChange:
    stands = (*now, *was)[0]
    return LineChange(
        **{name: getattr(stands, name) for name in KINDS},
        before=_sum(was),
        after=_sum(now),
        lines=now,
        were=was,
    )


def _sum(lines: tuple[Line, ...]) -> Decimal | None:
    return total(line.amount for line in lines) if lines else None
