"""The ledgers of several budgets of one year, read in a fixed number of queries. For sums.

A book made here has what tables of money are made from: units, projects, lines and names. It has no
registers and no figures of last year; with ``parts`` also what other packages add, which takes
their queries for each budget.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from budget.book import BudgetBook, Catalogue, Project, Unit
from budget.lines import Line
from budget.load.granting import WITH_DEPARTMENT, Granted, grants_of
from budget.load.names import read_catalogue
from budget.load.parts import LOADERS
from budget.load.reading import department_of
from budget.load.rows import unit_of
from budget.models import (
    DepartmentBudget,
    ProposedCode,
    SpendingLine,
    UnitBudget,
)
from budget.models import Project as StoredProject
from budget.models.projects import PROJECT_FIELDS
from budget.terms import Scope

LINE_FIELDS: Final[Mapping[str, str]] = {
    **{name: name for name in ("sequence", "nature", "function", "source", "amount", "upkeep")},
    **{name: name for name in ("economic", "carried_over", "allotment")},
    **{name: f"{name}__code" for name in ("project", "paid_to", "received_from")},
}
"""What a line has beside its unit, each with the look-up from a stored one."""


def read_ledgers(budgets: Sequence[DepartmentBudget], *, parts: bool = False) -> list[BudgetBook]:
    """Return the book of each budget, in their order; all are of one year."""
    if not budgets:
        return []
    keys = [budget.pk for budget in budgets]
    units, codes = _units(keys)
    lines = _lines(keys, codes, _granted(budgets))
    projects = _projects(keys)
    catalogue = _catalogue(budgets[0], lines.values())
    return [
        BudgetBook(
            year=budget.year_id,
            scope=Scope.DEPARTMENT,
            department=department_of(budget),
            units=tuple(units[budget.pk]),
            catalogue=catalogue,
            lines=tuple(lines[budget.pk]),
            projects=tuple(projects[budget.pk]),
            parts={name: load(budget) for name, load in LOADERS.items()} if parts else {},
        )
        for budget in budgets
    ]


def read_proposed_names(budgets: Iterable[DepartmentBudget]) -> dict[str, str]:
    """Return the names that the departments gave to codes which the lists do not have."""
    proposed = ProposedCode.objects.filter(budget__in=list(budgets)).order_by("id")
    return dict(proposed.values_list("code", "name"))


def _units(keys: Collection[int]) -> tuple[Mapping[int, list[Unit]], Mapping[int, str]]:
    """Return the units of each budget in official order, and all units' codes by their keys."""
    found: dict[int, list[Unit]] = defaultdict(list)
    codes: dict[int, str] = {}
    parts = UnitBudget.objects.filter(budget__in=keys).select_related("unit")
    for part in parts.order_by("unit__position", "unit__code"):
        found[part.budget_id].append(unit_of(part))
        codes[part.unit_id] = part.unit.code
    return found, codes


def _granted(budgets: Iterable[DepartmentBudget]) -> Granted:
    """Return what counts as granted in budgets that are with the bureau, or were."""
    keys = [budget.pk for budget in budgets if budget.state not in WITH_DEPARTMENT]
    return grants_of(keys)


def _lines(
    keys: Collection[int], codes: Mapping[int, str], granted: Granted
) -> Mapping[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    stored = SpendingLine.objects.filter(budget__in=keys)
    ordered: Any = stored.order_by("budget", "unit__position", "unit__code", "sequence")
    rows = ordered.values_list("budget_id", "unit_id", *LINE_FIELDS.values())
    for budget, unit, *values in rows.iterator():
        line = Line(unit=codes[unit], **dict(zip(LINE_FIELDS, values, strict=True)))
        found[budget].append(granted.of(unit, line))
    return found


def _projects(keys: Collection[int]) -> Mapping[int, list[Project]]:
    found: dict[int, list[Project]] = defaultdict(list)
    stored = StoredProject.objects.filter(budget__in=keys)
    rows: Any = stored.order_by("budget", "unit__position", "unit__code", "code")
    for budget, unit, *values in rows.values_list("budget_id", "unit__code", *PROJECT_FIELDS):
        made = Project(unit=unit, **dict(zip(PROJECT_FIELDS, values, strict=True)))
        found[budget].append(made)
    return found


def _catalogue(budget: DepartmentBudget, lines: Iterable[list[Line]]) -> Catalogue:
    used = [line for some in lines for line in some]
    return read_catalogue(
        budget.year.codes_on,
        functions={line.function for line in used},
        economics={line.economic for line in used if line.economic},
    )
