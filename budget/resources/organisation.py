"""Departments and budget units as tables in files."""

from __future__ import annotations

from operator import attrgetter

from budget.models import BudgetUnit, Department
from budget.resources.rows import Column, Rows, RowsMeta, find_department, find_unit
from budget.resources.widgets import (
    DateWidget,
    FlagWidget,
    OneOf,
    TermWidget,
    TextWidget,
    WholeWidget,
)
from budget.terms import UnitType


class DepartmentRows(Rows):
    """Departments, known by their code."""

    code = Column("code", "部门编码", TextWidget())
    name = Column("name", "部门名称", TextWidget())
    region = Column("region", "地区", TextWidget())
    closed_on = Column("closed_on", "撤销日期", DateWidget())
    merged_into = Column("merged_into", "并入部门编码", OneOf(find_department, attrgetter("code")))

    needed = ("name",)

    class Meta(RowsMeta):
        model = Department
        fields = ("code", "name", "region", "closed_on", "merged_into")
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
    closed_on = Column("closed_on", "撤销日期", DateWidget())
    merged_into = Column("merged_into", "并入单位编码", OneOf(find_unit, attrgetter("code")))

    needed = ("name", "department", "type")

    class Meta(RowsMeta):
        model = BudgetUnit
        fields = (
            *("code", "name", "department", "type", "is_head", "merged", "position"),
            *("closed_on", "merged_into"),
        )
        import_id_fields = ("code",)
