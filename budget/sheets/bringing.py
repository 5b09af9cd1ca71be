"""How a sheet says what of last year it takes over: one function each, registered by its code.

A row is given as values, as in the sheet's columns. Rows of a sheet that never grows are known by
their key, or by the code of the project whose key they have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from budget.book import Project
from budget.registry import Registry
from budget.sheets.last_year import LastYear
from budget.sheets.part import Part
from budget.sheets.spec import Store, Values
from budget.terms import ProjectNature


@dataclass(frozen=True, slots=True)
class Brought:
    """One row of last year's; ``row`` is its key, or ``project`` the code that its key follows."""

    values: Values
    row: str = ""
    project: str = ""


Bring = Callable[[LastYear, Part], Iterable[Brought]]


@dataclass(frozen=True, slots=True)
class Bringer:
    """What one sheet takes over. ``is_money`` rows come only where people ask for amounts.

    ``store`` keeps the rows where the sheet's own has no place for all of last year's.
    """

    sheet: str
    rows: Bring
    is_money: bool = False
    store: Callable[[LastYear], Store] | None = None


BRINGERS: Registry[Bringer] = Registry("沿用上年的填报表")


def brings(
    sheet: str, *, money: bool = False, store: Callable[[LastYear], Store] | None = None
) -> Callable[[Bring], Bring]:
    """Declare what of last year a sheet takes over."""

    def declare(rows: Bring) -> Bring:
        BRINGERS.add(sheet, Bringer(sheet, rows, money, store))
        return rows

    return declare


def continues(project: Project, year: int) -> bool:
    """Return whether a project of the year before goes on: neither one-time nor ended."""
    ended = project.ends_on is not None and project.ends_on.year < year
    return project.nature is not ProjectNature.ONE_TIME and not ended


def continuing(last: LastYear, part: Part) -> dict[str, Project]:
    """Return last year's projects that go on, by code."""
    year = part.budget.year_id
    return {each.code: each for each in last.book.projects if continues(each, year)}
