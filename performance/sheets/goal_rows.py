"""Where goals and their indicators are kept, as rows of sheets.

A goal comes into being with the first word or the first indicator that is written for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from budget.load import Whole
from budget.models import DepartmentBudget
from budget.sheets.locating import Placed
from budget.sheets.part import Part
from budget.sheets.spec import Row, Values
from performance.models import Indicator, OverallGoal, ProjectGoal
from performance.parts import goals_of

WHOLE = "whole"
"""The word that stands for the overall goal where a project's code could stand."""
WORDS = (
    *("dimension", "aspect", "name", "comparison", "target", "measure"),
    *("explanation", "scoring", "weight"),
)


def goals(part: Part) -> Mapping[str, str]:
    """Return what an indicator may belong to: the unit's whole spending, or one of its projects."""
    coming = {code: code for code in sorted(part.coming)}
    own = {code: f"{code} {project.name}" for code, project in part.projects.items()}
    return {WHOLE: "部门整体支出", **coming, **own}


def project_goal(part: Part, code: str) -> ProjectGoal:
    """Return a project's goal, made where there was none."""
    return ProjectGoal.objects.get_or_create(project=part.projects[code])[0]


def overall_goal(part: Part) -> OverallGoal:
    """Return the overall goal of a unit, made where there was none."""
    return OverallGoal.objects.get_or_create(budget=part.budget, unit=part.unit)[0]


@dataclass(frozen=True)
class ProjectGoalRows:
    """One row per project of the unit, by the project's key, with its goals in words."""

    grows: bool = False
    kinds: tuple[str, ...] = ("project_goal",)

    def read(self, part: Part) -> list[Row]:
        """Return the projects by code."""
        found = ProjectGoal.objects.filter(project__in=part.projects.values())
        written = {goal.project_id: goal for goal in found}
        return [
            Row(
                str(project.pk),
                {
                    "project": f"{code} {project.name}",
                    "goal": _text(written.get(project.pk), "goal"),
                    "long_term_goal": _text(written.get(project.pk), "long_term_goal"),
                },
            )
            for code, project in part.projects.items()
        ]

    def update(self, part: Part, rows: Iterable[Row]) -> None:
        """Write the goals' words anew."""
        for row in rows:
            goal = project_goal(part, part.project_codes[int(row.key)])
            goal.goal = row.values["goal"] or ""
            goal.long_term_goal = row.values["long_term_goal"] or ""
            goal.save(update_fields=["goal", "long_term_goal"])

    def filled(self, part: Part, whole: Whole) -> int:
        """Return for how many projects of the unit words are written."""
        ours = (each for each in goals_of(whole.book).projects if each.unit == part.code)
        return sum(bool(each.goal or each.long_term_goal) for each in ours)

    def places(self, budget: DepartmentBudget, whole: Whole) -> Iterator[Placed]:
        """Yield where the goal of each project is written."""
        for project in whole.book.projects:
            kept = whole.kept["project", project.unit, project.code]
            yield ("project_goal", project.unit, project.code), str(kept.key), project.unit


@dataclass(frozen=True)
class OverallGoalRow:
    """The one row of a unit's overall goal."""

    grows: bool = False
    kinds: tuple[str, ...] = ("overall_goal",)

    def read(self, part: Part) -> list[Row]:
        """Return it, blank where nothing is written."""
        found = OverallGoal.objects.filter(budget=part.budget, unit=part.unit).first()
        return [Row("1", {"goal": _text(found, "goal")})]

    def update(self, part: Part, rows: Iterable[Row]) -> None:
        """Write its words anew."""
        [row] = rows
        goal = overall_goal(part)
        goal.goal = row.values["goal"] or ""
        goal.save(update_fields=["goal"])

    def filled(self, part: Part, whole: Whole) -> int:
        """Return 1 where the unit's goal is written."""
        ours = (each for each in goals_of(whole.book).overall if each.unit == part.code)
        return sum(bool(each.goal) for each in ours)

    def places(self, budget: DepartmentBudget, whole: Whole) -> Iterator[Placed]:
        """Yield where the overall goal of each unit is written."""
        for unit in whole.book.units:
            yield ("overall_goal", unit.code), "1", unit.code


@dataclass(frozen=True)
class IndicatorRows:
    """All indicators of a unit: those of the whole first, then project by project."""

    grows: bool = True
    kinds: tuple[str, ...] = ("project_indicator", "overall_indicator")

    def read(self, part: Part) -> list[Row]:
        """Return the indicators in printed order, in one query."""
        rows = _indicators(part).values_list("pk", "project_goal__project__code", *WORDS)
        return [
            Row(
                str(pk),
                {
                    "of": code or WHOLE,
                    **{
                        name: None if value == "" else value
                        for name, value in zip(WORDS, values, strict=True)
                    },
                },
            )
            for pk, code, *values in rows
        ]

    def create(self, part: Part, rows: list[Values], keys: list[str | None]) -> list[str]:
        """Add indicators, each behind the others of its goal."""
        made = []
        for values, key in zip(rows, keys, strict=True):
            goal = _goal(part, values["of"])
            sequence = _next(goal)
            indicator = Indicator(
                **goal, **_kept(values), sequence=sequence, code=_free_code(goal, sequence)
            )
            if key is not None:
                indicator.pk = int(key)
            indicator.save(force_insert=True)
            made.append(str(indicator.pk))
        return made

    def update(self, part: Part, rows: Iterable[Row]) -> None:
        """Write indicators anew; one that gets another goal goes behind the others there."""
        stored = {each.pk: each for each in _indicators(part)}
        changed = []
        for row in rows:
            indicator = stored[int(row.key)]
            for name, value in _kept(row.values).items():
                setattr(indicator, name, value)
            if _code_of(indicator) != row.values["of"]:
                _move(indicator, _goal(part, row.values["of"]))
            changed.append(indicator)
        Indicator.objects.bulk_update(changed, WORDS, batch_size=500)

    def delete(self, part: Part, keys: Iterable[str]) -> None:
        """Take indicators away."""
        _indicators(part).filter(pk__in=[int(key) for key in keys]).delete()

    def filled(self, part: Part, whole: Whole) -> int:
        """Return how many indicators the unit and its projects have."""
        goals = goals_of(whole.book)
        of_projects = [each.indicators for each in goals.projects if each.unit == part.code]
        overall = [each.indicators for each in goals.overall if each.unit == part.code]
        return sum(map(len, (*of_projects, *overall)))

    def places(self, budget: DepartmentBudget, whole: Whole) -> Iterator[Placed]:
        """Yield where each indicator of a budget is, in two queries."""
        of_projects = Indicator.objects.filter(project_goal__project__budget=budget).order_by()
        fields = ("project_goal__project__unit__code", "project_goal__project__code", "code")
        for pk, unit, project, code in of_projects.values_list("pk", *fields):
            yield ("project_indicator", unit, project, code), str(pk), unit
        overall = Indicator.objects.filter(overall_goal__budget=budget).order_by()
        for pk, unit, code in overall.values_list("pk", "overall_goal__unit__code", "code"):
            yield ("overall_indicator", unit, code), str(pk), unit


def _indicators(part: Part) -> Any:
    of_projects = Q(
        project_goal__project__budget=part.budget, project_goal__project__unit=part.unit
    )
    overall = Q(overall_goal__budget=part.budget, overall_goal__unit=part.unit)
    found = Indicator.objects.filter(of_projects | overall)
    related = found.select_related("project_goal__project")
    return related.order_by("-overall_goal", "project_goal__project__code", "sequence")


def _text(row: Any, name: str) -> str | None:
    return getattr(row, name) or None if row is not None else None


def _code_of(indicator: Indicator) -> str:
    goal = indicator.project_goal
    return WHOLE if goal is None else goal.project.code


def _goal(part: Part, code: str) -> dict[str, Any]:
    if code == WHOLE:
        return {"overall_goal": overall_goal(part)}
    return {"project_goal": project_goal(part, code)}


def _next(goal: Mapping[str, Any]) -> int:
    last = Indicator.objects.filter(**goal).aggregate(last=Max("sequence"))["last"]
    return int(last or 0) + 1


def _free_code(goal: Mapping[str, Any], sequence: int) -> str:
    """Return a code that no indicator of the goal has."""
    taken = set(Indicator.objects.filter(**goal).values_list("code", flat=True))
    number = sequence
    while f"i{number}" in taken:
        number += 1
    return f"i{number}"


def _move(indicator: Indicator, goal: Mapping[str, Any]) -> None:
    sequence = _next(goal)
    indicator.project_goal = goal.get("project_goal")
    indicator.overall_goal = goal.get("overall_goal")
    indicator.sequence = sequence
    indicator.code = _free_code(goal, sequence)
    indicator.save(update_fields=["project_goal", "overall_goal", "sequence", "code"])


def _kept(values: Values) -> dict[str, Any]:
    """Return values as the model keeps them: blank texts for nothing."""
    texts = ("target", "measure", "explanation", "scoring")
    return {name: (values[name] or "") if name in texts else values[name] for name in WORDS}
