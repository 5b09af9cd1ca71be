"""What people state beside the ledger: remarks, and last year's approved figures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from budget.models.budgets import DepartmentBudget
from budget.models.constraints import in_range
from budget.models.fields import YuanField
from budget.models.organisation import BudgetUnit
from budget.models.rows import of_the_budget
from budget.models.scopes import OF_BUDGET, ScopedRows


class Statement(models.Model):
    """Something said by a department, or by one of its units."""

    budget = models.ForeignKey(
        DepartmentBudget,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
        verbose_name="部门预算",
    )
    unit = models.ForeignKey(
        BudgetUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="预算单位",
        help_text="空白表示整个部门",
    )

    bounds = OF_BUDGET
    objects = ScopedRows.as_manager()

    class Meta:
        abstract = True


def once(model: str, key: str, words: str) -> list[models.UniqueConstraint]:
    """Return the constraints that each unit, and the department, says a thing once."""
    return [
        models.UniqueConstraint(
            fields=("budget", "unit", key),
            name=f"{model}_once_per_unit",
            violation_error_message=words,
        ),
        models.UniqueConstraint(
            fields=("budget", key),
            condition=Q(unit__isnull=True),
            name=f"{model}_once_per_department",
            violation_error_message=words,
        ),
    ]


class Remark(Statement):
    """A reason or another text that a paragraph asks for."""

    key = models.CharField("说明项", max_length=80)
    text = models.TextField("内容", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文字说明"
        ordering = ("budget", "unit", "key")
        constraints = (
            of_the_budget("remark"),
            *once("remark", "key", "该说明项已经填写。"),
        )

    def __str__(self) -> str:
        return self.key


class PriorFigure(Statement):
    """Last year's approved amount of one measure, known to a grain of ``precision`` yuan."""

    measure = models.CharField("指标", max_length=80)
    amount = YuanField("金额（元）")
    precision = YuanField("精确到（元）")
    origin = models.TextField("来源")

    class Meta:
        verbose_name = verbose_name_plural = "上年数"
        ordering = ("budget", "unit", "measure")
        constraints = (
            of_the_budget("priorfigure"),
            in_range("priorfigure", "amount"),
            in_range("priorfigure", "precision"),
            models.CheckConstraint(
                condition=Q(precision__gt=0),
                name="priorfigure_precision_positive",
                violation_error_message="精确程度应大于零。",
            ),
            *once("priorfigure", "measure", "该指标的上年数已经填写。"),
        )

    def __str__(self) -> str:
        return self.measure
