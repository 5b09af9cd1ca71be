"""Performance indicators in the administrators' pages, with files in and out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin

from budget.admin.pages import FilesAdmin
from budget.models import DepartmentBudget
from budget.resources.rows import Column, Rows, RowsMeta, find_budget, find_unit
from budget.resources.widgets import NumberWidget, OneOf, TermWidget, TextWidget, WholeWidget, typed
from performance.goals import Aspect, Comparison, Dimension
from performance.models import Indicator, OverallGoal, ProjectGoal

YEAR, UNIT, PROJECT = "预算年度", "单位编码", "项目编码"


def budget_of(row: Mapping[str, Any]) -> DepartmentBudget:
    """Return the budget that a row's year and unit name. Raises ValueError."""
    unit = find_unit(typed(row.get(UNIT)), row)
    budget = None if unit is None else find_budget(typed(row.get(YEAR)), unit.department_id)
    if budget is None:
        raise ValueError(f"请填写{YEAR}和{UNIT}")
    return budget


def project_goal(project: str, row: Mapping[str, Any]) -> ProjectGoal | None:
    """Return the goal of a project; none is named for an indicator of the whole unit.

    Raises ValueError.
    """
    if not project:
        return None
    found = ProjectGoal.objects.filter(
        project__budget=budget_of(row),
        project__unit__code=typed(row.get(UNIT)),
        project__code=project,
    ).first()
    if found is None:
        raise ValueError(f"该单位没有编码为 {project} 且已填绩效目标的项目")
    return found


def overall_goal(unit: str, row: Mapping[str, Any]) -> OverallGoal | None:
    """Return the overall goal of the unit where the row names no project. Raises ValueError."""
    budget = budget_of(row)
    if typed(row.get(PROJECT)):
        return None
    found = OverallGoal.objects.filter(budget=budget, unit__code=unit).first()
    if found is None:
        raise ValueError(f"单位 {unit} 尚未填写整体支出绩效目标")
    return found


def own_unit(indicator: Indicator) -> str:
    """Return the code of an indicator's unit."""
    if indicator.project_goal is not None:
        return indicator.project_goal.project.unit.code
    return indicator.overall_goal.unit.code if indicator.overall_goal else ""


def own_year(indicator: Indicator) -> int | str:
    """Return the year of an indicator's budget."""
    if indicator.project_goal is not None:
        return indicator.project_goal.project.budget.year_id
    return indicator.overall_goal.budget.year_id if indicator.overall_goal else ""


class IndicatorRows(Rows):
    """Indicators, known by their goal and code. A row without project is one of the whole unit."""

    year = Column("year", YEAR, TextWidget(), readonly=True)
    unit = Column("overall_goal", UNIT, OneOf(overall_goal, lambda goal: goal.unit.code))
    project = Column("project_goal", PROJECT, OneOf(project_goal, lambda goal: goal.project.code))
    sequence = Column("sequence", "序号", WholeWidget())
    code = Column("code", "指标编码", TextWidget())
    dimension = Column("dimension", "一级指标", TermWidget(Dimension))
    aspect = Column("aspect", "二级指标", TermWidget(Aspect))
    name = Column("name", "三级指标", TextWidget())
    comparison = Column("comparison", "指标值类型", TermWidget(Comparison))
    target = Column("target", "指标值", TextWidget())
    measure = Column("measure", "度量单位", TextWidget())
    explanation = Column("explanation", "指标值内容", TextWidget())
    scoring = Column("scoring", "评（扣）分标准", TextWidget())
    weight = Column("weight", "分值", NumberWidget())

    needed = ("year",)
    may_be_blank = ("unit", "project")

    class Meta(RowsMeta):
        model = Indicator
        fields = (
            *("year", "unit", "project", "sequence", "code", "dimension", "aspect", "name"),
            *("comparison", "target", "measure", "explanation", "scoring", "weight"),
        )
        import_id_fields = ("unit", "project", "code")

    def dehydrate_year(self, indicator: Indicator) -> int | str:
        """Return the year for the file."""
        return own_year(indicator)

    def dehydrate_unit(self, indicator: Indicator) -> str:
        """Return the unit for the file, also where the indicator is a project's."""
        return own_unit(indicator)


@admin.register(Indicator)
class IndicatorAdmin(FilesAdmin):
    """绩效指标."""

    resource_classes = (IndicatorRows,)
    list_display = ("name", "dimension", "aspect", "target", "weight", "project_goal")
    list_filter = ("dimension", "aspect")
    list_select_related = (
        "project_goal__project__unit",
        "project_goal__project__budget",
        "overall_goal__unit",
        "overall_goal__budget",
    )
    search_fields = ("^code", "name", "^project_goal__project__code", "^overall_goal__unit__code")
