"""Last year's approved figures, typed or taken in from a file."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.contrib import admin

from budget.admin.pages import FilesAdmin
from budget.models import DepartmentBudget, PriorFigure
from budget.resources.rows import Column, Rows, RowsMeta, find_budget, find_unit
from budget.resources.widgets import OneOf, TextWidget, YuanWidget, typed


def budget_of_department(year: str, row: Mapping[str, Any]) -> DepartmentBudget | None:
    """Return the budget of a year of the row's department. Raises ValueError."""
    return find_budget(year, typed(row.get("部门编码")))


class PriorRows(Rows):
    """Last year's figures, known by department, year, unit and measure."""

    department = Column("budget__department_id", "部门编码", TextWidget(), readonly=True)
    budget = Column("budget", "预算年度", OneOf(budget_of_department, attrgetter("year_id")))
    unit = Column("unit", "单位编码", OneOf(find_unit, attrgetter("code")))
    measure = Column("measure", "指标", TextWidget())
    amount = Column("amount", "金额（元）", YuanWidget())
    precision = Column("precision", "精确到（元）", YuanWidget(), default=Decimal("0.01"))
    origin = Column("origin", "来源", TextWidget())

    needed = ("department", "amount", "origin")
    may_be_blank = ("unit",)

    class Meta(RowsMeta):
        model = PriorFigure
        fields = ("department", "budget", "unit", "measure", "amount", "precision", "origin")
        import_id_fields = ("budget", "unit", "measure")


@admin.register(PriorFigure)
class PriorFigureAdmin(FilesAdmin):
    """上年数."""

    resource_classes = (PriorRows,)
    list_display = ("measure", "amount", "unit", "budget")
    list_filter = ("budget__year",)
    list_select_related = ("unit", "budget")
    search_fields = ("^measure", "^unit__code", "^budget__department__code")
