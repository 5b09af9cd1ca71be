"""The rows of one budget as frozen values, without model instances in between.

Rows come in an order that their meaning gives (unit, sequence, vocabulary), never in the order
in which they were typed: what is equal freezes to equal bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Model

from budget import models
from budget.book import (
    EquipmentCount,
    Event,
    ExecutedFigure,
    PriorFigure,
    ProcurementItem,
    Project,
    Unit,
    VehicleCount,
)
from budget.lines import Line, RevenueEstimate
from budget.load.granting import Granted
from budget.load.kept import Kept, KeptRows, known_by
from budget.load.stacked import Rows, Stack
from budget.models import DepartmentBudget
from budget.models.projects import PROJECT_FIELDS
from budget.terms import Term

Codes = dict[int | None, Any]
"""Codes of units or projects by database key; None stands for itself."""

STACK: Final = Stack(
    {
        models.SpendingLine: (
            *("sequence", "nature", "function", "source", "amount", "upkeep", "project_id"),
            *("economic", "carried_over", "allotment", "paid_to_id", "received_from_id"),
        ),
        models.RevenueLine: ("source", "amount", "carried_over"),
        models.Event: ("sequence", "kind", "name", "content", "attendance", "basic", "project"),
        models.ProcurementItem: (
            *("sequence", "kind", "name", "amount", "economic", "reserved", "reserved_small"),
            "project_id",
        ),
        models.VehicleCount: ("holding", "use", "count"),
        models.EquipmentCount: ("holding", "kind", "count"),
        models.ExecutedFigure: ("function", "amount"),
        models.PriorFigure: ("measure", "amount", "precision", "origin"),
    }
)
"""What is read in one query, with the fields of each after its unit."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the rows of one budget; knows the codes of its units and projects by their keys.

    ``granted`` says which amounts the bureau let stand instead of those that were asked for;
    ``kept`` gathers where each row that was read is stored.
    """

    budget: DepartmentBudget
    units: Codes
    projects: Codes
    granted: Granted = field(default_factory=Granted)
    kept: KeptRows = field(default_factory=dict)
    stacked: dict[type[Model], Rows] = field(default_factory=dict)

    def lines(self) -> tuple[Line, ...]:
        """Return the lines, unit by unit in official order, by sequence."""
        units, projects = self.units, self.projects
        rows = self.rows(models.SpendingLine)
        return tuple(
            self.granted.of(
                row[0],
                Line(
                    unit=units[row[0]],
                    sequence=row[1],
                    nature=row[2],
                    function=row[3],
                    source=row[4],
                    amount=row[5],
                    upkeep=row[6],
                    project=projects[row[7]],
                    economic=row[8],
                    carried_over=row[9],
                    allotment=row[10],
                    paid_to=units[row[11]],
                    received_from=units[row[12]],
                ),
            )
            for row in sorted(rows, key=self.official())
        )

    def official(self) -> Callable[[tuple[Any, ...]], tuple[int, int]]:
        """Return the sorting key of rows that begin with unit and sequence."""
        place = {key: number for number, key in enumerate(self.units)}
        return lambda row: (place[row[0]], row[1])

    def estimates(self) -> tuple[RevenueEstimate, ...]:
        """Return the estimates, by unit and source, carried-over money last."""
        rows = self.rows(models.RevenueLine)
        return tuple(
            self.granted.of(
                unit,
                RevenueEstimate(
                    unit=self.units[unit], source=source, amount=amount, carried_over=carried_over
                ),
            )
            for unit, source, amount, carried_over in self.in_order(rows, 1, 3)
        )

    def events(self) -> tuple[Event, ...]:
        """Return the register of events, by unit and sequence."""
        names, rows = STACK.fields[models.Event], self.rows(models.Event)
        return tuple(
            Event(unit=self.units[row[0]], **dict(zip(names, row[1:], strict=True)))
            for row in sorted(rows, key=self.official())
        )

    def procurement(self) -> tuple[ProcurementItem, ...]:
        """Return the planned purchases, by unit and sequence."""
        *names, _ = STACK.fields[models.ProcurementItem]
        rows = self.rows(models.ProcurementItem)
        return tuple(
            ProcurementItem(
                unit=self.units[row[0]],
                project=self.projects[row[-1]],
                **dict(zip(names, row[1:-1], strict=True)),
            )
            for row in sorted(rows, key=self.official())
        )

    def vehicles(self) -> tuple[VehicleCount, ...]:
        """Return the vehicles, by unit, holding and use."""
        rows = self.rows(models.VehicleCount)
        return tuple(
            VehicleCount(unit=self.units[unit], holding=holding, use=use, count=count)
            for unit, holding, use, count in self.in_order(rows, 1, 2)
        )

    def equipment(self) -> tuple[EquipmentCount, ...]:
        """Return the equipment, by unit, holding and kind."""
        rows = self.rows(models.EquipmentCount)
        return tuple(
            EquipmentCount(unit=self.units[unit], holding=holding, kind=kind, count=count)
            for unit, holding, kind, count in self.in_order(rows, 1, 2)
        )

    def executions(self) -> tuple[ExecutedFigure, ...]:
        """Return what was spent last year, by unit and function code."""
        rows = self.rows(models.ExecutedFigure)
        return tuple(
            ExecutedFigure(unit=self.units[unit], function=function, amount=amount)
            for unit, function, amount in self.in_order(rows, 1)
        )

    def prior(self) -> tuple[PriorFigure, ...]:
        """Return last year's figures, the department's own first, by measure."""
        rows = self.rows(models.PriorFigure)
        return tuple(
            PriorFigure(
                measure=measure,
                amount=amount,
                precision=precision,
                origin=origin,
                unit=self.units[unit],
            )
            for unit, measure, amount, precision, origin in self.in_order(rows, 1)
        )

    def rows(self, model: type[Model]) -> Rows:
        """Return the budget's rows of a model as tuples: unit, then its fields.

        All are read at once, when the first model is asked for; where each is kept is noted.
        """
        if not self.stacked:
            self.stacked.update(STACK.read(self.budget))
        rows, names = self.stacked[model], STACK.fields[model]
        for unit, *values, key in rows:
            told = dict(zip(names, values, strict=True))
            self.keep(Kept(model, key, self.units[unit], told))
        return [row[:-1] for row in rows]

    def keep(self, kept: Kept) -> None:
        """Remember where a row of the book is stored."""
        self.kept[known_by(kept)] = kept

    def in_order(self, rows: Iterable[tuple[Any, ...]], *places: int) -> list[tuple[Any, ...]]:
        """Return rows by their unit's place and then by what stands in the places."""
        units = {key: number for number, key in enumerate(self.units)}
        return sorted(rows, key=lambda row: (units[row[0]], *(rank(row[each]) for each in places)))


def rank(value: Any) -> Any:
    """Return what a value is sorted by: a term's place in its vocabulary, else itself."""
    return list(type(value)).index(value) if isinstance(value, Term) else value


def codes_of(stored: Iterable[tuple[int, Unit | Project]]) -> Codes:
    """Return the codes of units or projects by their keys."""
    return {None: None, **{key: each.code for key, each in stored}}


def stored_units(budget: DepartmentBudget) -> list[tuple[int, Unit]]:
    """Return the units that take part in a budget in official order, each with its key."""
    parts = models.UnitBudget.objects.filter(budget=budget).select_related("unit")
    return [
        (part.unit_id, unit_of(part)) for part in parts.order_by("unit__position", "unit__code")
    ]


def unit_of(part: models.UnitBudget) -> Unit:
    """Return a unit as its part of a budget knows it; the part's unit is read with it."""
    return Unit(
        code=part.unit.code,
        name=part.unit.name,
        type=part.unit.type,
        is_head=part.unit.is_head,
        merged=part.unit.merged,
        complete=part.complete,
        offices=tuple(part.offices),
        authorised_staff=part.authorised_staff,
        actual_staff=part.actual_staff,
        retired_staff=part.retired_staff,
    )


def stored_projects(budget: DepartmentBudget, units: Codes) -> list[tuple[int, Project]]:
    """Return a budget's projects by unit and code, each with its key."""
    place = {key: number for number, key in enumerate(units)}
    rows = models.Project.objects.filter(budget=budget).order_by("code")
    found: Any = rows.values_list("id", "unit_id", *PROJECT_FIELDS)
    return [
        (key, Project(unit=units[unit], **dict(zip(PROJECT_FIELDS, values, strict=True))))
        for key, unit, *values in sorted(found, key=lambda row: (place[row[1]], row[2]))
    ]
