"""控制数: what the lines use of each ceiling, what is left of it, and how it is split. Pure.

A ceiling limits what is planned with one source of money for one kind of use. Money carried over
from last year was given out then, so it uses nothing of this year's ceilings for people, running
costs and projects; “三公” items are limited as they are printed, carried-over money included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget import questions
from budget.lines import Line
from budget.money import ZERO, total
from budget.terms import CeilingKind, Nature, Source, Upkeep

SOURCES: Final = {each.value: each for each in Source}
KINDS: Final = {each.value: each for each in CeilingKind}
IN_ORDER: Final = [*SOURCES, *KINDS]
WHOLE: Final = "whole"
"""The word for the department as a whole, where otherwise the code of a unit stands."""

UPKEEPS: Final[Mapping[CeilingKind, Upkeep]] = {
    CeilingKind.PERSONNEL: Upkeep.PERSONNEL,
    CeilingKind.OPERATING: Upkeep.OPERATING,
}
ITEMS: Final[Mapping[CeilingKind, frozenset[str]]] = {
    CeilingKind.OVERSEAS_VISITS: questions.OVERSEAS_CODES,
    CeilingKind.HOSPITALITY: questions.HOSPITALITY_CODES,
    CeilingKind.VEHICLE_PURCHASE: questions.VEHICLE_PURCHASE_CODES,
    CeilingKind.VEHICLE_RUNNING: questions.VEHICLE_RUNNING_CODES,
}
"""By “三公” item, the economic codes that it is spent under."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a ceiling limits; without a ``project`` all projects together."""

    source: Source
    kind: CeilingKind
    project: str = ""

    def counts(self, line: Line) -> bool:
        """Return whether a line uses some of it."""
        if line.source is not self.source:
            return False
        if self.kind in ITEMS:
            return line.nature.is_spending and line.economic in ITEMS[self.kind]
        if line.carried_over:
            return False
        if self.kind is CeilingKind.PROJECT:
            return line.nature is Nature.PROJECT and self.project in ("", line.project)
        return line.nature is Nature.BASIC and line.upkeep is UPKEEPS[self.kind]

    @property
    def label(self) -> str:
        """What people call it: source, kind, and the code of a project."""
        return f"{self.source.label}　{self.kind.label}{f' {self.project}' if self.project else ''}"

    @property
    def order(self) -> tuple[int, int, str]:
        """What limits are sorted by."""
        source, kind = IN_ORDER.index(self.source), IN_ORDER.index(self.kind)
        return source, kind, self.project


Place = tuple[str | None, Limit]
"""Whose ceiling, by the code of a unit (None: the whole department), and what it limits."""


def key_of(place: Place) -> str:
    """Return how a ceiling is named in forms and answers.

    >>> key_of((None, Limit(Source.GENERAL_PUBLIC, CeilingKind.PROJECT, "P1")))
    'whole|general_public|project|P1'
    """
    unit, limit = place
    return "|".join((unit or WHOLE, limit.source.value, limit.kind.value, limit.project))


def place_of(key: str) -> Place | None:
    """Return the ceiling that a name in a form means, None for none of ours."""
    parts = key.split("|", 3)
    if len(parts) != 4 or parts[1] not in SOURCES or parts[2] not in KINDS:
        return None
    unit, source, kind, project = parts
    return (None if unit == WHOLE else unit, Limit(SOURCES[source], KINDS[kind], project))


@dataclass(frozen=True, slots=True)
class Ceiling:
    """How much may be planned, in yuan, by a unit or (None) by the whole department."""

    limit: Limit
    amount: Decimal
    unit: str | None = None

    @property
    def place(self) -> Place:
        """Whose ceiling, and what it limits."""
        return self.unit, self.limit


@dataclass(frozen=True, slots=True)
class Standing:
    """A ceiling and what the lines use of it, in yuan."""

    ceiling: Ceiling
    used: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be planned, below zero where too much is."""
        return self.ceiling.amount - self.used

    @property
    def excess(self) -> Decimal:
        """What is planned beyond the ceiling, zero where nothing is."""
        return max(ZERO, -self.left)


def standings(lines: Iterable[Line], ceilings: Iterable[Ceiling]) -> tuple[Standing, ...]:
    """Return what a department's lines use of its ceilings, in the order of the ceilings."""
    every = tuple(lines)
    return tuple(Standing(each, _used(every, each)) for each in ceilings)


def _used(lines: Sequence[Line], ceiling: Ceiling) -> Decimal:
    return total(
        line.amount
        for line in lines
        if ceiling.unit in (None, line.unit) and ceiling.limit.counts(line)
    )


@dataclass(frozen=True, slots=True)
class Split:
    """What a department was given as a whole, and what of it each unit has, in yuan."""

    limit: Limit
    whole: Decimal
    parts: Mapping[str, Decimal]

    @property
    def left(self) -> Decimal:
        """What no unit has yet, below zero where the units have more than there is."""
        return self.whole - total(self.parts.values())


def splits(ceilings: Iterable[Ceiling]) -> tuple[Split, ...]:
    """Return how the department's own ceilings are split among units, in their order."""
    every = tuple(ceilings)
    parts: dict[Limit, dict[str, Decimal]] = {}
    for each in every:
        if each.unit is not None:
            parts.setdefault(each.limit, {})[each.unit] = each.amount
    return tuple(
        Split(each.limit, each.amount, parts.get(each.limit, {}))
        for each in every
        if each.unit is None
    )
