"""Projects of the latest version of a budget."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from django.contrib import admin

from budget.admin.pages import FilesAdmin
from budget.models import DepartmentBudget, Project
from budget.models.projects import PROJECT_FIELDS
from budget.resources.rows import Column, Rows, RowsMeta, find_budget, find_unit
from budget.resources.widgets import (
    DateWidget,
    FlagWidget,
    OneOf,
    TermWidget,
    TextWidget,
    YuanWidget,
    typed,
)
from budget.terms import ProjectCategory, ProjectNature


def budget_of_unit(year: str, row: Mapping[str, Any]) -> DepartmentBudget | None:
    """Return the budget of a year in which the row's unit takes part. Raises ValueError."""
    return find_budget(year, typed(row.get("单位编码"))[:3])


class ProjectRows(Rows):
    """Projects, known by year, department and code."""

    budget = Column("budget", "预算年度", OneOf(budget_of_unit, attrgetter("year_id")))
    unit = Column("unit", "单位编码", OneOf(find_unit, attrgetter("code")))
    code = Column("code", "项目编码", TextWidget())
    name = Column("name", "项目名称", TextWidget())
    category = Column("category", "项目类别", TermWidget(ProjectCategory))
    purpose = Column("purpose", "项目用途", TextWidget())
    nature = Column("nature", "项目性质", TermWidget(ProjectNature))
    starts_on = Column("starts_on", "开始日期", DateWidget())
    ends_on = Column("ends_on", "结束日期", DateWidget())
    total_appropriated = Column("total_appropriated", "项目总额中的财政资金（元）", YuanWidget())
    total_other = Column("total_other", "项目总额中的其他资金（元）", YuanWidget())
    introduced = Column("introduced", "在公开文件中介绍", FlagWidget())
    overview = Column("overview", "项目概述", TextWidget())
    basis = Column("basis", "立项依据", TextWidget())
    executor = Column("executor", "实施主体", TextWidget())
    plan = Column("plan", "实施方案", TextWidget())
    period = Column("period", "实施周期", TextWidget())
    arrangement = Column("arrangement", "年度预算安排", TextWidget())

    needed = ("unit",)

    class Meta(RowsMeta):
        model = Project
        fields = ("budget", "unit", *PROJECT_FIELDS)
        import_id_fields = ("budget", "code")


@admin.register(Project)
class ProjectAdmin(FilesAdmin):
    """项目."""

    resource_classes = (ProjectRows,)
    list_display = ("code", "name", "unit", "category", "budget")
    list_filter = ("category", "budget__year")
    list_select_related = ("unit", "budget")
    search_fields = ("^code", "name", "^unit__code")
