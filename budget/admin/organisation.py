"""Departments and budget units."""

from __future__ import annotations

from operator import attrgetter

from django.contrib import admin

from budget.admin.pages import FilesAdmin
from budget.admin.resources import Column, Rows, RowsMeta, find_department
from budget.admin.widgets import (
    FlagWidget,
    OneOf,
    TermWidget,
    TextWidget,
    WholeWidget,
)
from budget.models import BudgetUnit, Department
from budget.terms import UnitType


class DepartmentRows(Rows):
    """Departments, known by their code."""

    code = Column("code", "部门编码", TextWidget())
    name = Column("name", "部门名称", TextWidget())
    region = Column("region", "地区", TextWidget())

    needed = ("name",)

    class Meta(RowsMeta):
        model = Department
        fields = ("code", "name", "region")
        import_id_fields = ("code",)


class UnitRows(Rows):
    """Budget units, known by their code."""

    code = Column("code", "单位编码", TextWidget())
    name = Column("name", "单位名称", TextWidget())
    department = Column("department", "部门编码", OneOf(find_department, attrgetter("code")))
    type = Column("type", "单位类型", TermWidget(UnitType))
    is_head = Column("is_head", "本级", FlagWidget())
    merged = Column("merged", "不单列预算，并入本部", FlagWidget())
    position = Column("position", "排序", WholeWidget(blank=0))

    needed = ("name", "department", "type")

    class Meta(RowsMeta):
        model = BudgetUnit
        fields = ("code", "name", "department", "type", "is_head", "merged", "position")
        import_id_fields = ("code",)


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
