"""Years, and which units take part in which budget."""

from __future__ import annotations

from django.contrib import admin

from budget.admin.pages import PlainAdmin, PlainInline
from budget.models import BudgetYear, DepartmentBudget, UnitBudget


@admin.register(BudgetYear)
class BudgetYearAdmin(PlainAdmin):
    """预算年度."""

    list_display = ("year", "edition", "codes_on")


class UnitBudgetInline(PlainInline):
    """The units of a budget."""

    model = UnitBudget
    extra = 0


@admin.register(DepartmentBudget)
class DepartmentBudgetAdmin(PlainAdmin):
    """部门预算."""

    list_display = ("department", "year", "round", "version")
    list_filter = ("year", "round")
    list_select_related = ("department", "year")
    search_fields = ("^department__code", "department__name")
    inlines = (UnitBudgetInline,)
