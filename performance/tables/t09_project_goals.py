"""项目支出绩效目标表: each project's money, goal and indicators (domain §3.9).

合计, then each unit with its projects. A project without a goal still shows its money.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from budget.book import Project, Unit
from budget.document import RowKind
from budget.ledger import Where, where
from budget.questions import PROJECT, SPENT
from budget.tables.spec import (
    Footing,
    Group,
    RowPlan,
    Setting,
    TableSpec,
    Value,
    amount,
    asked,
    code,
    score,
    table,
    text,
)
from performance.goals import ProjectGoal
from performance.parts import goals_of
from performance.tables.indicators import indicator_merges, indicator_values

MONEY: Final = SPENT & PROJECT
TOTAL: Final = "total"
TALL: Final = ("unit", "name", "total", "goal")


class ProjectBlocks:
    """Rows of a 合计, of units, and of their projects as blocks of indicators."""

    def plans(self, setting: Setting) -> Iterator[RowPlan]:
        """Yield the rows in printed order."""
        goals = {goal.project: goal for goal in goals_of(setting.book).projects}
        yield RowPlan(TOTAL, RowKind.TOTAL, {"unit": "合计", "total": asked(setting, MONEY)})
        for unit in setting.book.budget_units:
            projects = _projects(setting, unit)
            if projects:
                yield _unit_row(setting, unit)
            for project in projects:
                yield from _block(setting, project, goals.get(project.code))

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterable[Footing]:
        """合计 is the sum of units, a unit the sum of its projects."""
        by_unit = {unit.code: _projects(setting, unit) for unit in setting.book.budget_units}
        with_projects = [unit for unit, projects in by_unit.items() if projects]
        yield Footing(f"{TOTAL}/total", tuple(f"{unit}/total" for unit in with_projects))
        for unit in with_projects:
            items = tuple(f"{project.code}/total" for project in by_unit[unit])
            yield Footing(f"{unit}/total", items)


def _projects(setting: Setting, unit: Unit) -> tuple[Project, ...]:
    return tuple(project for project in setting.book.projects if project.unit == unit.code)


def _unit_row(setting: Setting, unit: Unit) -> RowPlan:
    values: Mapping[str, Value] = {
        "unit": unit.code,
        "name": unit.name,
        "total": asked(setting, MONEY, where(unit=unit.code)),
    }
    return RowPlan(unit.code, RowKind.SECTION, values)


def _block(setting: Setting, project: Project, goal: ProjectGoal | None) -> Iterator[RowPlan]:
    question: Where = where(project=project.code)
    tall: Mapping[str, Value] = {
        "unit": project.unit,
        "name": project.name,
        "total": asked(setting, MONEY, question),
        "goal": goal.goal if goal else "",
    }
    merges = dict.fromkeys(TALL, project.code)
    if goal is None or not goal.indicators:
        yield RowPlan(project.code, RowKind.ENTRY, tall, merges=merges)
        return
    for place, indicator in enumerate(goal.indicators):
        yield RowPlan(
            f"{project.code}.{indicator.code}",
            RowKind.ENTRY,
            {**tall, **indicator_values(indicator)},
            places=dict.fromkeys(TALL, project.code),
            merges={**merges, **indicator_merges(project.code, goal.indicators, place)},
        )


PROJECT_GOALS: Final = table(
    TableSpec(
        code="project-goals",
        title="项目支出绩效目标表",
        columns=(
            code("unit", "单位编码", width=7),
            text("name", "单位（项目）名称", width=9),
            amount("total", "资金总额", width=9),
            text("goal", "绩效目标", width=16),
            Group(
                "indicators",
                "绩效指标",
                (
                    text("dimension", "一级指标", width=7),
                    text("aspect", "二级指标", width=7),
                    text("indicator", "三级指标", width=13),
                    text("target", "指标值", width=10),
                    text("explanation", "指标值内容", width=12),
                    text("scoring", "评（扣）分标准", width=24),
                    text("measure", "度量单位", width=6),
                    text("comparison", "指标值类型", width=6),
                    score("weight", "备注", width=5),
                ),
            ),
        ),
        rows=ProjectBlocks(),
    )
)
