"""In which sheet, and in which row of it, something of a book was typed.

A book knows its rows by what they are (unit and sequence, measure, code), sheets by the keys under
which they are stored. Whoever shows a figure asks here for the way to the cell behind it: one
query per sheet that has something to tell, however many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol, runtime_checkable

from django.db.models import Model

from budget import models
from budget.lines import Line, RevenueEstimate
from budget.models import DepartmentBudget
from budget.sheets.spec import SHEETS
from budget.sheets.stores import RowsOf

Spot = tuple[object, ...]
"""What a row is known by in a book: its kind, then what tells it apart (budget/behind.py)."""

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
    """A store that says by itself where its rows are."""

    def places(self, budget: DepartmentBudget) -> Iterator[Placed]:
        """Yield each row of a budget: its spot, its key, and the code of its unit."""


UNIT: Final = "unit__code"
KNOWN_BY: Final[dict[type[Model], tuple[str, tuple[str, ...]]]] = {}
"""By model, the kind of its rows and the fields that, after the unit, tell them apart."""


def known_by(model: type[Model], kind: str, *fields: str) -> None:
    """Declare what the rows of a model are known by in books."""
    KNOWN_BY[model] = (kind, fields)


known_by(models.SpendingLine, "line", UNIT, "sequence")
known_by(models.RevenueLine, "estimate", UNIT, "source", "carried_over")
known_by(models.Project, "project", UNIT, "code")
known_by(models.Event, "event", UNIT, "sequence")
known_by(models.ProcurementItem, "procurement", UNIT, "sequence")
known_by(models.VehicleCount, "vehicle", UNIT, "holding", "use")
known_by(models.EquipmentCount, "equipment", UNIT, "holding", "kind")
known_by(models.ExecutedFigure, "execution", UNIT, "function")
known_by(models.PriorFigure, "prior", UNIT, "measure")


def spot_of(row: Line | RevenueEstimate) -> Spot:
    """Return what a line or an estimate of a book is known by."""
    if isinstance(row, Line):
        return ("line", row.unit, row.sequence)
    return ("estimate", row.unit, row.source, row.carried_over)


def locate(budget: DepartmentBudget) -> Mapping[Spot, tuple[Place, ...]]:
    """Return the places of all rows of a budget. What two sheets show has a place in each."""
    found: dict[Spot, list[Place]] = {}
    for spec in SHEETS.values():
        for spot, row, unit in _rows(spec.store, budget):
            found.setdefault(spot, []).append(Place(spec.code, row, unit))
    return {spot: tuple(places) for spot, places in found.items()}


def _rows(store: object, budget: DepartmentBudget) -> Iterator[Placed]:
    if isinstance(store, Locating):
        yield from store.places(budget)
    elif isinstance(store, RowsOf) and store.model in KNOWN_BY:
        kind, fields = KNOWN_BY[store.model]
        stored: Any = store.model._default_manager.filter(
            store.among, budget=budget, **store.fixed
        ).order_by()
        for pk, unit, *told in stored.values_list("pk", UNIT, *fields):
            yield (kind, *told), str(pk), unit


def has_column(place: Place, field: str) -> bool:
    """True where the place's sheet shows a field."""
    return field in SHEETS[place.sheet].by_key
