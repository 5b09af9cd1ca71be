"""The stored ceilings of a budget, and what its lines use of them."""

from __future__ import annotations

from budget.ceilings import Ceiling, Limit, Standing, standings
from budget.load.rows import Reader, codes_of, stored_projects, stored_units
from budget.models import Ceiling as StoredCeiling
from budget.models import DepartmentBudget


def read_ceilings(budget: DepartmentBudget) -> tuple[Ceiling, ...]:
    """Return a budget's ceilings: the department's first, then its units' in official order."""
    stored = StoredCeiling.objects.filter(budget=budget).order_by("unit__position", "unit__code")
    names = ("source", "kind", "project", "amount", "unit__code")
    found = [
        Ceiling(Limit(source, kind, project), amount, unit)
        for source, kind, project, amount, unit in stored.values_list(*names)
    ]
    place: dict[str | None, int] = {each.unit: number for number, each in enumerate(found)}
    place[None] = -1
    return tuple(sorted(found, key=lambda each: (place[each.unit], each.limit.order)))


def read_standings(budget: DepartmentBudget) -> tuple[Standing, ...]:
    """Return what a budget's lines use of its ceilings; one query where it has none."""
    ceilings = read_ceilings(budget)
    if not ceilings:
        return ()
    units = codes_of(stored_units(budget))
    projects = codes_of(stored_projects(budget, units))
    return standings(Reader(budget, units, projects).lines(), ceilings)
