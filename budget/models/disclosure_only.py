"""只做公开 for a year: the departments whose 批复 is given elsewhere, as the bureau declares."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from budget.models.budgets import BudgetYear
from budget.models.organisation import Department


class DisclosureOnly(models.Model):
    """A department that is only published here in a year, and who of the bureau said so, when.

    The row goes when that is taken back; what was said before stands in the audit trail.
    """

    year = models.ForeignKey(
        BudgetYear,
        on_delete=models.PROTECT,
        to_field="year",
        related_name="disclosure_only",
        verbose_name="预算年度",
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        to_field="code",
        related_name="+",
        verbose_name="部门",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="登记人"
    )
    at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "只做公开的部门"
        ordering = ("-year", "department")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "department"),
                name="disclosureonly_once",
                violation_error_message="该部门本年度已经登记为只做公开。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.department_id} {self.year_id}年 只做公开"
