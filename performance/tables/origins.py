"""Where the words, scores and typed amounts of the tables of goals come from.

Their money answers questions of the ledger like that of every table (budget/behind.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from budget.behind import Origin, Spot, origins
from budget.book import BudgetBook, Project
from performance.goals import Indicator, OverallGoal, ProjectGoal
from performance.parts import goals_of

FIELDS: Final[Mapping[str, str]] = {
    "dimension": "dimension",
    "aspect": "aspect",
    "indicator": "name",
    "target": "target",
    "explanation": "explanation",
    "scoring": "scoring",
    "measure": "measure",
    "comparison": "comparison",
    "weight": "weight",
}
"""By column of the two tables of indicators, the field of an indicator."""
SHEET_FIELDS: Final[Mapping[str, str]] = {
    "first": "dimension",
    "first_value": "aspect",
    "second": "name",
    "second_value": "target",
}
"""The same for the sheet of one project."""
TYPED: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name",),
    "nature": ("nature",),
    "category": ("category",),
    "period": ("starts_on", "ends_on"),
    "total": ("total_appropriated", "total_other"),
    "total_appropriated": ("total_appropriated",),
    "total_other": ("total_other",),
}
"""By row of a project's sheet, the fields of the project."""


@origins("project-goals")
def of_project_goals(book: BudgetBook, row: str, column: str) -> Iterator[Origin]:
    """Yield what is behind a cell of a project's block: its goal, or one of its indicators."""
    for goal in goals_of(book).projects:
        if column == "goal" and row == goal.project:
            yield _words(_goal_spot(goal), "goal", goal)
        for indicator in goal.indicators:
            if row == f"{goal.project}.{indicator.code}":
                yield from _of_indicator(_indicator_spot(goal, indicator), indicator, column)


@origins("overall-goals")
def of_overall_goals(book: BudgetBook, row: str, column: str) -> Iterator[Origin]:
    """Yield what is behind a cell of a unit's block: its goal, or one of its indicators."""
    for goal in goals_of(book).overall:
        if column == "goal" and row == goal.unit:
            yield _words(("overall_goal", goal.unit), "goal", goal)
        for indicator in goal.indicators:
            if row == f"{goal.unit}.{indicator.code}":
                spot = ("overall_indicator", goal.unit, indicator.code)
                yield from _of_indicator(spot, indicator, column)


@origins("project-goal-sheet")
def of_a_sheet(book: BudgetBook, row: str, column: str) -> Iterator[Origin]:
    """Yield what is behind a cell of one project's sheet: facts, goals, indicators."""
    code, row = row.rsplit("/", 1)
    for project in book.projects:
        if project.code == code and row in TYPED:
            yield from _of_project(project, TYPED[row])
    for goal in goals_of(book).projects:
        if goal.project == code:
            if row in ("goal", "long_term_goal"):
                yield _words(_goal_spot(goal), row, goal)
            for indicator in goal.indicators:
                if row == indicator.code and column in SHEET_FIELDS:
                    spot = _indicator_spot(goal, indicator)
                    yield _words(spot, SHEET_FIELDS[column], indicator)


def _of_project(project: Project, fields: tuple[str, ...]) -> Iterator[Origin]:
    """Yield a project's fields that are filled in, amounts among them in yuan."""
    for name in fields:
        value = getattr(project, name)
        if value not in (None, ""):
            amount = value if isinstance(value, Decimal) else None
            yield Origin(("project", project.unit, project.code), name, amount, project)


def _of_indicator(spot: Spot, indicator: Indicator, column: str) -> Iterator[Origin]:
    if column in FIELDS:
        amount = indicator.weight if column == "weight" else None
        yield Origin(spot, FIELDS[column], amount, indicator)


def _goal_spot(goal: ProjectGoal) -> Spot:
    return ("project_goal", goal.unit, goal.project)


def _indicator_spot(goal: ProjectGoal, indicator: Indicator) -> Spot:
    return ("project_indicator", goal.unit, goal.project, indicator.code)


def _words(spot: Spot, field: str, row: ProjectGoal | OverallGoal | Indicator) -> Origin:
    return Origin(spot, field, None, row)
