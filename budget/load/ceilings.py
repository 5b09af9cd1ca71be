"""The stored ceilings of a budget, and what its lines use of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from budget.book import BudgetBook
from budget.ceilings import Ceiling, Limit, Standing, standings
from budget.lines import Line
from budget.load.rows import Reader, codes_of, stored_projects, stored_units
from budget.models import Ceiling as StoredCeiling
from budget.models import DepartmentBudget
from budget.models.once import once


def read_ceilings(budget: DepartmentBudget) -> tuple[Ceiling, ...]:
    """Return a budget's ceilings: the department's first, then its units' in official order."""
    return once((read_ceilings, budget.pk), partial(_read_ceilings, budget))


def _read_ceilings(budget: DepartmentBudget) -> tuple[Ceiling, ...]:
    stored = StoredCeiling.objects.filter(budget=budget).order_by("unit__position", "unit__code")
    names = ("source", "kind", "project", "amount", "unit__code")
    found = [
        Ceiling(Limit(source, kind, project), amount, unit)
        for source, kind, project, amount, unit in stored.values_list(*names)
    ]
    place: dict[str | None, int] = {each.unit: number for number, each in enumerate(found)}
    place[None] = -1
    return tuple(sorted(found, key=lambda each: (place[each.unit], each.limit.order)))


def read_standings(
    budget: DepartmentBudget, book: BudgetBook | None = None
) -> tuple[Standing, ...]:
    """Return what is asked for in a budget's lines of its ceilings; one query where it has none.

    With its ``book`` its lines are not read once more.
    """
    ceilings = read_ceilings(budget)
    if not ceilings:
        return ()
    lines = once((_lines, budget.pk), partial(_lines, budget)) if book is None else book.lines
    return standings(map(_as_asked, lines), ceilings)


def _lines(budget: DepartmentBudget) -> tuple[Line, ...]:
    units = codes_of(stored_units(budget))
    projects = codes_of(stored_projects(budget, units))
    return Reader(budget, units, projects).lines()


def _as_asked(line: Line) -> Line:
    return line if line.requested is None else replace(line, amount=line.requested)
