"""Under which key a row of a book is stored: whoever shows a figure leads to the cell behind it.

A book knows its rows by what they are (unit and sequence, measure, code), sheets by the keys under
which they are stored. Both are read in the same query.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Model

from budget import models
from budget.behind import Spot


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored row: its model, its key, the code of its unit (None: of none), values by field."""

    model: type[Model]
    key: int
    unit: str | None
    values: Mapping[str, Any]


KeptRows = dict[Spot, Kept]
"""Stored rows by what they are known by in a book: their kind, then what tells them apart."""

KNOWN_BY: Final[Mapping[type[Model], tuple[str, Sequence[str]]]] = {
    models.SpendingLine: ("line", ("sequence",)),
    models.RevenueLine: ("estimate", ("source", "carried_over")),
    models.Project: ("project", ("code",)),
    models.Event: ("event", ("sequence",)),
    models.ProcurementItem: ("procurement", ("sequence",)),
    models.VehicleCount: ("vehicle", ("holding", "use")),
    models.EquipmentCount: ("equipment", ("holding", "kind")),
    models.ExecutedFigure: ("execution", ("function",)),
    models.PriorFigure: ("prior", ("measure",)),
}
"""By model, the kind of its rows and the fields that, after the unit, tell them apart."""


def known_by(kept: Kept) -> Spot:
    """Return what a stored row is known by in a book."""
    kind, fields = KNOWN_BY[kept.model]
    return (kind, kept.unit, *(kept.values[name] for name in fields))
