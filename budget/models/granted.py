"""核定数: what the bureau lets stand of an amount that was asked for, and each change of it.

The amount that was asked for (申报数) stays where it was typed. Which of the two a book shows is
decided in one place, `budget.load.granting`.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budgets import DepartmentBudget
from budget.models.constraints import in_range, spelled
from budget.models.fields import YuanField
from budget.models.organisation import BudgetUnit
from budget.models.releases import Frozen
from budget.models.rows import UnitRow, of_the_budget

ROW = "(line:[0-9]+|estimate:[a-z_]+:[01])"
NO_ROW = "应写作 line:3 这样的词。"


class GrantedAmount(UnitRow):
    """What stands now beside the amount of a row, with the reason.

    ``row`` says which row of the unit: a line by its sequence, an estimate by its source and
    whether it is carried over. ``requested`` is the amount that was judged, ``what`` what it was
    for (`budget.load.granting`): where another has been asked for since, or the same for something
    else, nothing is granted any more.
    """

    row = models.CharField("明细", max_length=60)
    what = models.CharField("用途", max_length=200, blank=True, default="")
    requested = YuanField("申报数（元）")
    amount = YuanField("核定数（元）")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="核定人"
    )
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "核定数"
        ordering = ("budget", "unit", "id")
        constraints = (
            of_the_budget("grantedamount"),
            spelled("grantedamount", "row", ROW, NO_ROW),
            in_range("grantedamount", "requested"),
            in_range("grantedamount", "amount"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="grantedamount_reason_given",
                violation_error_message="请写明核定的理由。",
            ),
            models.UniqueConstraint(
                fields=("budget", "unit", "row"),
                name="grantedamount_once",
                violation_error_message="这一笔已经核定。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.row}"


class GrantChange(Frozen):
    """A 核定数 that was set, changed or taken back (``after`` empty): by whom, when, why."""

    budget = models.ForeignKey(
        DepartmentBudget,
        on_delete=models.PROTECT,
        related_name="grant_changes",
        verbose_name="部门预算",
    )
    unit = models.ForeignKey(
        BudgetUnit, on_delete=models.PROTECT, related_name="+", verbose_name="预算单位"
    )
    row = models.CharField("明细", max_length=60)
    what = models.CharField("用途", max_length=200, blank=True, default="")
    requested = YuanField("申报数（元）")
    before = YuanField("原核定数（元）", null=True, blank=True)
    after = YuanField("新核定数（元）", null=True, blank=True)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="核定人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "核定数变动"
        ordering = ("-id",)
        constraints = (
            of_the_budget("grantchange"),
            spelled("grantchange", "row", ROW, NO_ROW),
            in_range("grantchange", "requested"),
            in_range("grantchange", "before"),
            in_range("grantchange", "after"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.row}"
