"""Projects of the latest version of a budget."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from django.contrib import admin

from budget.admin.pages import FilesAdmin
from budget.admin.resources import Column, Rows, RowsMeta, find_budget, find_unit
from budget.admin.widgets import OneOf, TermWidget, TextWidget, typed
from budget.models import DepartmentBudget, Project
from budget.terms import ProjectCategory


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

    needed = ("unit",)

    class Meta(RowsMeta):
        model = Project
        fields = ("budget", "unit", "code", "name", "category", "purpose")
        import_id_fields = ("budget", "code")


@admin.register(Project)
class ProjectAdmin(FilesAdmin):
    """项目."""

    resource_classes = (ProjectRows,)
    list_display = ("code", "name", "unit", "category", "budget")
    list_filter = ("category", "budget__year")
    list_select_related = ("unit", "budget")
    search_fields = ("^code", "name", "^unit__code")
