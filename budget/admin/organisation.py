"""Departments and budget units."""

from __future__ import annotations

from django.contrib import admin

from budget.admin.pages import FilesAdmin
from budget.models import BudgetUnit, Department
from budget.resources.organisation import DepartmentRows, UnitRows


@admin.register(Department)
class DepartmentAdmin(FilesAdmin):
    """部门."""

    resource_classes = (DepartmentRows,)
    list_display = ("code", "name")
    search_fields = ("^code", "name")


@admin.register(BudgetUnit)
class BudgetUnitAdmin(FilesAdmin):
    """预算单位."""

    resource_classes = (UnitRows,)
    list_display = ("code", "name", "department", "type", "is_head", "merged")
    list_filter = ("type", "is_head", "merged")
    list_select_related = ("department",)
    search_fields = ("^code", "name")
