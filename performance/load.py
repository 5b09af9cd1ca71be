"""The goals of a budget, read in three queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from budget.load import loads
from budget.models import DepartmentBudget
from performance import models
from performance.goals import Goals, Indicator, OverallGoal, ProjectGoal
from performance.parts import GOALS

FIELDS = (
    "code",
    "dimension",
    "aspect",
    "name",
    "target",
    "explanation",
    "scoring",
    "measure",
    "comparison",
    "weight",
)
Indicators = Mapping[int, tuple[Indicator, ...]]


@loads(GOALS)
def load_goals(budget: DepartmentBudget) -> Goals:
    """Return all goals of a budget, in the order of their units and projects."""
    of_projects, overall = indicators(budget)
    return Goals(
        projects=tuple(project_goals(budget, of_projects)),
        overall=tuple(overall_goals(budget, overall)),
    )


def indicators(budget: DepartmentBudget) -> tuple[Indicators, Indicators]:
    """Return the indicators of project goals and of overall goals, by the key of their goal."""
    of_projects: dict[int, tuple[Indicator, ...]] = defaultdict(tuple)
    overall: dict[int, tuple[Indicator, ...]] = defaultdict(tuple)
    ours = models.Indicator.objects.filter(project_goal__project__budget=budget)
    ours |= models.Indicator.objects.filter(overall_goal__budget=budget)
    rows = ours.order_by("sequence").values_list(
        "project_goal_id", "overall_goal_id", "damaged", *FIELDS
    )
    for project_goal, overall_goal, damaged, *values in rows:
        read = Indicator(damaged=tuple(damaged), **dict(zip(FIELDS, values, strict=True)))
        if project_goal is not None:
            of_projects[project_goal] += (read,)
        else:
            overall[overall_goal] += (read,)
    return of_projects, overall


def project_goals(budget: DepartmentBudget, read: Indicators) -> Iterable[ProjectGoal]:
    """Yield the goals of projects."""
    order = ("project__unit__position", "project__unit__code", "project__code")
    stored: Any = models.ProjectGoal.objects.filter(project__budget=budget).order_by(*order)
    for key, unit, project, goal, long_term_goal, damaged in stored.values_list(
        "id", "project__unit__code", "project__code", "goal", "long_term_goal", "damaged"
    ):
        yield ProjectGoal(
            unit=unit,
            project=project,
            goal=goal,
            long_term_goal=long_term_goal,
            indicators=read[key],
            damaged=tuple(damaged),
        )


def overall_goals(budget: DepartmentBudget, read: Indicators) -> Iterable[OverallGoal]:
    """Yield the goals of whole units."""
    stored: Any = models.OverallGoal.objects.filter(budget=budget)
    for key, unit, goal, damaged in stored.order_by("unit__position", "unit__code").values_list(
        "id", "unit__code", "goal", "damaged"
    ):
        yield OverallGoal(unit=unit, goal=goal, indicators=read[key], damaged=tuple(damaged))
