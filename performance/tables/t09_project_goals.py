"""项目支出绩效目标表: each project's money, goal and indicators (domain §3.9).

合计, then each unit with its projects. A project without a goal still shows its money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Final

from budget.book import Project, Unit
from budget.document import Footing, RowKind
from budget.questions import PROJECT, SPENT
from budget.tables.spec import (
    Group,
    RowPlan,
    Setting,
    TableSpec,
    Value,
    amount,
    asked,
    asked_by,
    code,
    score,
    table,
    text,
)
from performance.goals import ProjectGoal
from performance.parts import goals_of
from performance.tables.indicators import (
    goal_losses,
    indicator_losses,
    indicator_merges,
    indicator_values,
)

MONEY: Final = SPENT & PROJECT
TOTAL: Final = "total"
TALL: Final = ("unit", "name", "total", "goal")


class ProjectBlocks:
    """Rows of a 合计, of units, and of their projects as blocks of indicators."""

    has_total: ClassVar[bool] = True

    def plans(self, setting: Setting) -> Iterator[RowPlan]:
        """Yield the rows in printed order."""
        goals = {goal.project: goal for goal in goals_of(setting.book).projects}
        yield RowPlan(TOTAL, RowKind.TOTAL, {"unit": "合计", "total": asked(setting, MONEY)})
        of_unit = asked_by(setting, "unit", MONEY)
        of_project = asked_by(setting, "project", MONEY)
        for unit, projects in _by_unit(setting).items():
            yield _unit_row(unit, of_unit(unit.code))
            for project in projects:
                yield from _block(project, of_project(project.code), goals.get(project.code))

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterable[Footing]:
        """合计 is the sum of units, a unit the sum of its projects."""
        by_unit = _by_unit(setting)
        yield Footing(f"{TOTAL}/total", tuple(f"{unit.code}/total" for unit in by_unit))
        for unit, projects in by_unit.items():
            items = tuple(f"{project.code}/total" for project in projects)
            yield Footing(f"{unit.code}/total", items)


def _by_unit(setting: Setting) -> dict[Unit, list[Project]]:
    """Return the projects of each unit that has any, in official order."""
    by_code: dict[str, list[Project]] = {}
    for project in setting.book.projects:
        by_code.setdefault(project.unit, []).append(project)
    units = setting.book.budget_units
    return {unit: by_code[unit.code] for unit in units if unit.code in by_code}


def _unit_row(unit: Unit, money: Mapping[str, Value]) -> RowPlan:
    return RowPlan(unit.code, RowKind.SECTION, {"unit": unit.code, "name": unit.name, **money})


def _block(
    project: Project, money: Mapping[str, Value], goal: ProjectGoal | None
) -> Iterator[RowPlan]:
    tall: Mapping[str, Value] = {
        "unit": project.unit,
        "name": project.name,
        "goal": goal.goal if goal else "",
        **money,
    }
    merges = dict.fromkeys(TALL, project.code)
    if goal is None or not goal.indicators:
        yield RowPlan(project.code, RowKind.ENTRY, tall, merges=merges, losses=goal_losses(goal))
        return
    for place, indicator in enumerate(goal.indicators):
        yield RowPlan(
            f"{project.code}.{indicator.code}",
            RowKind.ENTRY,
            {**tall, **indicator_values(indicator)},
            places=dict.fromkeys(TALL, project.code),
            merges={**merges, **indicator_merges(project.code, goal.indicators, place)},
            losses={**goal_losses(goal), **indicator_losses(indicator)},
        )


PROJECT_GOALS: Final = table(
    TableSpec(
        code="project-goals",
        title="项目支出绩效目标表",
        columns=(
            code("unit", "单位编码", width=6),
            text("name", "单位（项目）名称", width=10),
            amount("total", "资金总额", width=7),
            text("goal", "绩效目标", width=20, names_rows=False),
            Group(
                "indicators",
                "绩效指标",
                (
                    text("dimension", "一级指标", width=5),
                    text("aspect", "二级指标", width=6),
                    text("indicator", "三级指标", width=15),
                    text("target", "指标值", width=11, names_rows=False),
                    text("explanation", "指标值内容", width=15, names_rows=False),
                    text("scoring", "评（扣）分标准", width=32, names_rows=False),
                    text("measure", "度量单位", width=5, names_rows=False),
                    text("comparison", "指标值类型", width=5, names_rows=False),
                    score("weight", "备注", width=4),
                ),
            ),
        ),
        rows=ProjectBlocks(),
    )
)
