"""What of last year's goals and indicators is taken over: those of the whole, and of projects
that go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.sheets.bringing import Brought, brings, continuing
from budget.sheets.brought import fields_of
from budget.sheets.last_year import LastYear
from budget.sheets.part import Part
from performance.goals import Indicator
from performance.parts import goals_of
from performance.sheets.goal_rows import WHOLE, WORDS


@brings("overall-goal")
def overall_goal(last: LastYear, part: Part) -> Iterator[Brought]:
    """The goal of the whole in words."""
    for goal in goals_of(last.book).overall:
        if goal.goal:
            yield Brought({"goal": goal.goal}, row="1")


@brings("project-goals")
def project_goals(last: LastYear, part: Part) -> Iterator[Brought]:
    """The goals of projects in words."""
    going = continuing(last, part)
    for goal in goals_of(last.book).projects:
        if goal.project in going and (goal.goal or goal.long_term_goal):
            yield Brought(fields_of(goal, "goal", "long_term_goal"), project=goal.project)


@brings("indicators")
def indicators(last: LastYear, part: Part) -> Iterator[Brought]:
    """Indicators, those of the whole first."""
    goals, going = goals_of(last.book), continuing(last, part)
    for whole in goals.overall:
        yield from _of(WHOLE, whole.indicators)
    for goal in goals.projects:
        if goal.project in going:
            yield from _of(goal.project, goal.indicators)


def _of(goal: str, listed: Iterable[Indicator]) -> Iterator[Brought]:
    for indicator in listed:
        yield Brought({"of": goal, **fields_of(indicator, *WORDS)})
