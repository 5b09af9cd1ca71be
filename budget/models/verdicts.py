"""What a department's finance office says of its units' parts: taken in, or handed back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budgets import DepartmentBudget
from budget.models.organisation import BudgetUnit
from budget.models.releases import Frozen
from budget.models.rows import of_the_budget


class UnitVerdict(Frozen):
    """One verdict on a unit's part: ``accepted``, or handed back for a ``reason``.

    The last one counts, and one that accepts only while nothing was typed into the part since.
    """

    budget = models.ForeignKey(
        DepartmentBudget,
        on_delete=models.PROTECT,
        related_name="unit_verdicts",
        verbose_name="部门预算",
    )
    unit = models.ForeignKey(
        BudgetUnit, on_delete=models.PROTECT, related_name="+", verbose_name="预算单位"
    )
    accepted = models.BooleanField("接收")
    reason = models.TextField("退回理由", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位预算的接收与退回"
        ordering = ("budget", "id")
        constraints = (
            of_the_budget("unitverdict"),
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""),
                name="unitverdict_reason_given",
                violation_error_message="请写明退回的理由。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {'接收' if self.accepted else '退回'}"
