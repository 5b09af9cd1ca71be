"""In which sheet, and in which row of it, something of a book was typed.

A book knows its rows by what they are (unit and sequence, measure, code), sheets by the keys under
which they are stored. Whoever shows a figure asks here for the way to the cell behind it. Where
rows are kept was read with the book, so that it takes no query; stores of other packages may ask.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol, runtime_checkable

from budget.behind import Spot
from budget.lines import Line, RevenueEstimate
from budget.load import Whole
from budget.load.kept import KNOWN_BY
from budget.models import DepartmentBudget
from budget.sheets.part import Part
from budget.sheets.spec import SHEETS, SheetSpec
from budget.sheets.stores import RowsOf

Placed = tuple[Spot, str, str | None]
"""A row: what it is known by, its key in the sheet, the code of its unit (None: of none)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a sheet; ``unit`` is the code of whose part it is in, None for the department's."""

    sheet: str
    row: str
    unit: str | None


@runtime_checkable
class Locating(Protocol):
    """A store that says by itself where its rows are; ``kinds`` are those of their spots."""

    @property
    def kinds(self) -> Collection[str]:
        """Return with which words the spots of its rows begin."""

    def places(self, budget: DepartmentBudget, whole: Whole) -> Iterator[Placed]:
        """Yield each row of a budget: its spot, its key, and the code of its unit."""


@runtime_checkable
class Counting(Protocol):
    """A store of which a version that was read whole says how many rows hold something."""

    def filled(self, part: Part, whole: Whole) -> int:
        """Return how many of a part's rows hold something."""


Told = Mapping[Spot, list[Place]]


@dataclass(frozen=True)
class Places:
    """Where the rows of a version are. What two sheets show has a place in each."""

    budget: DepartmentBudget
    whole: Whole
    told: dict[str, Told] = field(default_factory=dict)

    def of(self, spot: Spot) -> tuple[Place, ...]:
        """Return the places of what is known by a spot, in the order of sheets; () for none."""
        return tuple(
            place for spec in self._sheets.get(spot[0], ()) for place in self._of_sheet(spec, spot)
        )

    @cached_property
    def _sheets(self) -> Mapping[object, list[SheetSpec]]:
        """The sheets in order by the kind of rows that they show."""
        found: dict[object, list[SheetSpec]] = {}
        for spec in SHEETS.values():
            for kind in _kinds(spec.store):
                found.setdefault(kind, []).append(spec)
        return found

    def _of_sheet(self, spec: SheetSpec, spot: Spot) -> Iterator[Place]:
        if isinstance(spec.store, RowsOf):
            kept = self.whole.kept.get(spot)
            if kept is not None and spec.store.has(kept.values):
                yield Place(spec.code, str(kept.key), kept.unit)
        elif isinstance(spec.store, Locating):
            if spec.code not in self.told:
                self.told[spec.code] = self._told(spec.code, spec.store)
            yield from self.told[spec.code].get(spot, ())

    def _told(self, sheet: str, store: Locating) -> Told:
        found: dict[Spot, list[Place]] = {}
        for spot, row, unit in store.places(self.budget, self.whole):
            found.setdefault(spot, []).append(Place(sheet, row, unit))
        return found


def _kinds(store: object) -> Collection[str]:
    """Return the kinds of rows that a store has."""
    if isinstance(store, RowsOf):
        return (KNOWN_BY[store.model][0],) if store.model in KNOWN_BY else ()
    return store.kinds if isinstance(store, Locating) else ()


def spot_of(row: Line | RevenueEstimate) -> Spot:
    """Return what a line or an estimate of a book is known by."""
    if isinstance(row, Line):
        return ("line", row.unit, row.sequence)
    return ("estimate", row.unit, row.source, row.carried_over)


def has_column(place: Place, field: str) -> bool:
    """True where the place's sheet shows a field."""
    return field in SHEETS[place.sheet].by_key
