"""A book of frozen values into the database, replacing what the same budget held before.

The way back from ``budget.load``: who reads the budget afterwards gets an equal book. Other
packages store their part with ``@stores``. The caller holds the transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model

from budget import book as values
from budget import models
from budget.book import BudgetBook, Unit
from budget.models import BudgetUnit, BudgetYear, Department, DepartmentBudget, Project, UnitBudget
from budget.models.projects import PROJECT_FIELDS
from budget.registry import Registry
from budget.remarks import Remark
from budget.terms import Round, State

REPLACED: tuple[type[Model], ...] = (
    models.SpendingLine,
    models.RevenueLine,
    models.Event,
    models.ProcurementItem,
    models.VehicleCount,
    models.EquipmentCount,
    models.Remark,
    models.PriorFigure,
    models.ExecutedFigure,
    models.Project,
)


class OtherYear(ValueError):
    """The year is there already, with another edition or another date of codes."""


@dataclass(frozen=True, slots=True)
class Target:
    """The stored budget that a book is written to; units and projects by their codes."""

    budget: DepartmentBudget
    units: Mapping[str, BudgetUnit]
    projects: Mapping[str, Project]

    def of_unit(self, code: str) -> dict[str, Any]:
        """Return what every row of a unit holds."""
        return {"budget": self.budget, "unit": self.units[code]}

    def unit(self, code: str | None) -> BudgetUnit | None:
        """Return a unit by its code, None for none."""
        return None if code is None else self.units[code]

    def project(self, code: str | None) -> Project | None:
        """Return a project by its code, None for none."""
        return None if code is None else self.projects[code]


PartStorer = Callable[[Target, Any], None]
Part = TypeVar("Part", bound=PartStorer)

STORERS: Registry[PartStorer] = Registry("预算附加部分的存储")


def stores(name: str) -> Callable[[Part], Part]:
    """Declare a function that stores another package's part, replacing what was there."""

    def declare(storer: Part) -> Part:
        STORERS.add(name, storer)
        return storer

    return declare


def store(
    book: BudgetBook,
    remarks: Iterable[Remark],
    *,
    edition: str,
    codes_on: date,
    round: Round = Round.SECOND_SUBMISSION,
) -> DepartmentBudget:
    """Store a whole department's book as the first version of a submission, the second by default.

    It is a draft then, whatever it was before: the amounts of what is approved are locked. Raises
    OtherYear, and UnknownDeclaration for a part that nobody stores.
    """
    year = _year(book.year, edition, codes_on)
    department, _ = Department.objects.update_or_create(
        code=book.department.code,
        defaults=_department(book.department),
    )
    budget, _ = DepartmentBudget.everything.update_or_create(
        department=department,
        year=year,
        round=round,
        version=1,
        defaults={"assets_on": book.assets_on, "state": State.DRAFT},
    )
    for model in REPLACED:
        model._default_manager.filter(budget=budget).delete()
    units = _units(book, department, budget)
    target = Target(budget, units, _projects(book, budget, units))
    _rows(book, target)
    _remarks(remarks, target)
    for name, part in book.parts.items():
        STORERS[name](target, part)
    return budget


def _department(department: values.Department) -> dict[str, Any]:
    return {
        "name": department.name,
        "region": department.region,
        "invented": department.invented,
    }


def _year(year: int, edition: str, codes_on: date) -> BudgetYear:
    stored, _ = BudgetYear.objects.get_or_create(
        year=year, defaults={"edition": edition, "codes_on": codes_on}
    )
    if (stored.edition, stored.codes_on) != (edition, codes_on):
        raise OtherYear(
            f"{year}年已设定版式 {stored.edition}、科目日期 {stored.codes_on}，"
            f"与要载入的 {edition}、{codes_on} 不同"
        )
    return stored


def _units(
    book: BudgetBook, department: Department, budget: DepartmentBudget
) -> dict[str, BudgetUnit]:
    stored = {}
    budget.unit_budgets.exclude(unit__code__in=[unit.code for unit in book.units]).delete()
    for position, unit in enumerate(book.units, start=1):
        stored[unit.code], _ = BudgetUnit.objects.update_or_create(
            code=unit.code, defaults={"department": department, **_unit(unit, position)}
        )
        UnitBudget.objects.update_or_create(
            budget=budget, unit=stored[unit.code], defaults=_part(unit)
        )
    return stored


def _unit(unit: Unit, position: int) -> dict[str, Any]:
    return {
        "name": unit.name,
        "type": unit.type,
        "is_head": unit.is_head,
        "merged": unit.merged,
        "position": position,
    }


def _part(unit: Unit) -> dict[str, Any]:
    return {
        "complete": unit.complete,
        "offices": list(unit.offices),
        "authorised_staff": unit.authorised_staff,
        "actual_staff": unit.actual_staff,
        "retired_staff": unit.retired_staff,
    }


def _projects(
    book: BudgetBook, budget: DepartmentBudget, units: Mapping[str, BudgetUnit]
) -> dict[str, Project]:
    stored = Project.objects.bulk_create(
        Project(
            budget=budget,
            unit=units[project.unit],
            **{name: getattr(project, name) for name in PROJECT_FIELDS},
        )
        for project in book.projects
    )
    return {project.code: project for project in stored}


def _rows(book: BudgetBook, target: Target) -> None:
    """Store lines, estimates and registers: the fields of a value are those of its model."""
    _bulk(models.SpendingLine, book.lines, target)
    _bulk(models.RevenueLine, book.estimates, target)
    _bulk(models.Event, book.events, target)
    _bulk(models.ProcurementItem, book.procurement, target)
    _bulk(models.VehicleCount, book.vehicles, target)
    _bulk(models.EquipmentCount, book.equipment, target)
    _bulk(models.PriorFigure, book.prior, target)
    _bulk(models.ExecutedFigure, book.executions, target)


def _bulk(model: type[Model], values: Iterable[Any], target: Target) -> None:
    named = [field for field in model._meta.concrete_fields if not field.primary_key]
    rows = []
    for value in values:
        given = {field.name: getattr(value, field.name, None) for field in named}
        given["budget"] = target.budget
        for field in named:
            if field.related_model is BudgetUnit:
                given[field.name] = target.unit(given[field.name])
            elif field.related_model is Project:
                given[field.name] = target.project(given[field.name])
        rows.append(model(**given))
    model._default_manager.bulk_create(rows, batch_size=1000)


def _remarks(remarks: Iterable[Remark], target: Target) -> None:
    models.Remark.objects.bulk_create(
        models.Remark(
            budget=target.budget,
            unit=target.unit(remark.unit),
            key=remark.key,
            text=remark.text,
        )
        for remark in remarks
    )
