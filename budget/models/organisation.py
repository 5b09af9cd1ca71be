"""Who has a budget: departments (部门) and their budget units (预算单位)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Substr

from budget.models.constraints import in_vocabulary, not_negative, spelled
from budget.models.fields import TermField
from budget.models.scopes import Bounds, ScopedRows
from budget.terms import UnitType


def standing_on(day: date, path: str = "") -> Q:
    """Return the condition that a department or unit is not closed on a day.

    ``closed_on`` is the first day on which it is no more. ``path`` leads to it from another row.
    """
    return Q(**{f"{path}closed_on": None}) | Q(**{f"{path}closed_on__gt": day})


def merged_is_closed(model: str) -> models.CheckConstraint:
    """Return the constraint that what was merged into another is closed since a day."""
    return models.CheckConstraint(
        condition=Q(merged_into__isnull=True) | Q(closed_on__isnull=False),
        name=f"{model}_merged_is_closed",
        violation_error_message="并入其他的，应填写撤销日期。",
    )


class Department(models.Model):
    """A department: three digits and a full name. The code never changes.

    From ``closed_on`` on it takes part in no new year; ``merged_into`` is its successor. Whatever
    shows an ``invented`` one says so.
    """

    code = models.CharField("部门编码", max_length=3, unique=True)
    name = models.CharField("部门名称", max_length=100)
    region = models.CharField(
        "地区", max_length=50, blank=True, default="", help_text="印在封面上的地区名称。"
    )
    closed_on = models.DateField("撤销日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        to_field="code",
        null=True,
        blank=True,
        related_name="+",
        verbose_name="并入部门",
    )
    invented = models.BooleanField(
        "虚构",
        default=False,
        help_text="不是真实的部门，供演示和练习；页面和文件都注明“虚构”。",
    )

    bounds = Bounds("code", units_see=True)
    objects = ScopedRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ("code",)
        constraints = (
            spelled("department", "code", "[0-9]{3}", "部门编码应为3位数字。"),
            merged_is_closed("department"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BudgetUnit(models.Model):
    """A budget unit: its code is its department's three digits and three of its own.

    ``position`` orders the units of a department where their codes do not. What changes from year
    to year (offices, staff) is in its ``UnitBudget``. From ``closed_on`` on it takes part in no new
    year; ``merged_into`` is its successor, which may be of another department. ``merged`` is
    something else: a unit that there is, without a budget of its own.
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
    closed_on = models.DateField("撤销日期", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="并入单位",
    )

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
            merged_is_closed("budgetunit"),
            models.UniqueConstraint(
                fields=("department",),
                condition=Q(is_head=True, closed_on__isnull=True),
                name="budgetunit_one_head",
                violation_error_message="一个部门只能有一个本级单位。",
            ),
            # What UnitBudget points at, to know that a unit is of the budget's department.
            models.UniqueConstraint(fields=("id", "department"), name="budgetunit_with_department"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
