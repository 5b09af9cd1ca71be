"""Who has a budget: departments (部门) and their budget units (预算单位)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from budget.models.constraints import in_vocabulary, not_negative, spelled
from budget.models.fields import TermField
from budget.models.scopes import Bounds, ScopedRows
from budget.terms import UnitType


class Department(models.Model):
    """A department: three digits and a full name. The code never changes."""

    code = models.CharField("部门编码", max_length=3, unique=True)
    name = models.CharField("部门名称", max_length=100)
    region = models.CharField(
        "地区", max_length=50, blank=True, default="", help_text="印在封面上的地区名称。"
    )

    bounds = Bounds("code", units_see=True)
    objects = ScopedRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ("code",)
        constraints = (spelled("department", "code", "[0-9]{3}", "部门编码应为3位数字。"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BudgetUnit(models.Model):
    """A budget unit: its code is its department's three digits and three of its own.

    ``position`` orders the units of a department where their codes do not. What changes from year
    to year (offices, staff) is in its ``UnitBudget``.
    """

    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        to_field="code",
        related_name="units",
        verbose_name="部门",
    )
    code = models.CharField("单位编码", max_length=6, unique=True)
    name = models.CharField("单位名称", max_length=100)
    type = TermField(UnitType, "单位类型")
    is_head = models.BooleanField("本级", default=False)
    merged = models.BooleanField("不单列预算，并入本部", default=False)
    position = models.IntegerField("排序", default=0)

    bounds = Bounds("department_id", "pk")
    objects = ScopedRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预算单位"
        ordering = ("department", "position", "code")
        constraints = (
            spelled("budgetunit", "code", "[0-9]{6}", "单位编码应为6位数字。"),
            models.CheckConstraint(
                condition=Q(department=Substr("code", 1, 3)),
                name="budgetunit_code_of_department",
                violation_error_message="单位编码的前3位应是所属部门的编码。",
            ),
            in_vocabulary("budgetunit", "type", UnitType),
            not_negative("budgetunit", "position"),
            models.UniqueConstraint(
                fields=("department",),
                condition=Q(is_head=True),
                name="budgetunit_one_head",
                violation_error_message="一个部门只能有一个本级单位。",
            ),
            # What UnitBudget points at, to know that a unit is of the budget's department.
            models.UniqueConstraint(fields=("id", "department"), name="budgetunit_with_department"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
