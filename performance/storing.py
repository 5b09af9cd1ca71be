"""Goals into the database, in place of those that the budget had."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from budget.imports.storing import Target, stores
from performance import models
from performance.goals import Goals, Indicator
from performance.load import FIELDS
from performance.parts import GOALS


@stores(GOALS)
def store_goals(target: Target, goals: Goals) -> None:
    """Store all goals of a book; those of its projects went away with the projects."""
    models.OverallGoal.objects.filter(budget=target.budget).delete()
    indicators: list[models.Indicator] = []
    for goal in goals.projects:
        project_goal = models.ProjectGoal.objects.create(
            project=target.projects[goal.project],
            goal=goal.goal,
            long_term_goal=goal.long_term_goal,
            damaged=list(goal.damaged),
        )
        indicators += _indicators(goal.indicators, project_goal=project_goal)
    for overall in goals.overall:
        overall_goal = models.OverallGoal.objects.create(
            **target.of_unit(overall.unit), goal=overall.goal, damaged=list(overall.damaged)
        )
        indicators += _indicators(overall.indicators, overall_goal=overall_goal)
    models.Indicator.objects.bulk_create(indicators)


def _indicators(indicators: Iterable[Indicator], **goal: Any) -> Iterable[models.Indicator]:
    for sequence, indicator in enumerate(indicators, start=1):
        values = {name: getattr(indicator, name) for name in FIELDS}
        yield models.Indicator(sequence=sequence, damaged=list(indicator.damaged), **values, **goal)
