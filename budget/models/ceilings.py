"""控制数: how much a unit, or a whole department, may plan; each change of it; why one is exceeded.

A ceiling names what it limits: a source of money and a kind of use, for projects all of them or one
by its code. What is used of it is never stored: `budget.ceilings` adds it up from the lines.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from budget.models.budgets import DepartmentBudget
from budget.models.constraints import in_range, in_vocabulary
from budget.models.fields import TermField, YuanField
from budget.models.organisation import BudgetUnit
from budget.models.releases import Frozen
from budget.models.rows import of_the_budget
from budget.models.words import Statement
from budget.terms import CeilingKind, Source

KEY = ("source", "kind", "project")


class Limiting(models.Model):
    """What a ceiling limits; a blank ``project`` stands for all projects together."""

    source = TermField(Source, "资金来源")
    kind = TermField(CeilingKind, "类别")
    project = models.CharField("项目编码", max_length=40, blank=True)

    class Meta:
        abstract = True


def limiting(model: str) -> list[models.BaseConstraint]:
    """Return the constraints that hold wherever it is said what a ceiling limits."""
    return [
        in_vocabulary(model, "source", Source),
        in_vocabulary(model, "kind", CeilingKind),
        models.CheckConstraint(
            condition=Q(kind=CeilingKind.PROJECT.value) | Q(project=""),
            name=f"{model}_only_projects_named",
            violation_error_message="只有项目支出的控制数可以注明项目。",
        ),
    ]


def once(model: str, words: str) -> list[models.BaseConstraint]:
    """Return the constraints that each unit, and the department, has a thing once."""
    return [
        models.UniqueConstraint(
            fields=("budget", "unit", *KEY),
            name=f"{model}_once_per_unit",
            violation_error_message=words,
        ),
        models.UniqueConstraint(
            fields=("budget", *KEY),
            condition=Q(unit__isnull=True),
            name=f"{model}_once_per_department",
            violation_error_message=words,
        ),
    ]


class Ceiling(Limiting, Statement):
    """A ceiling as it stands now, of a unit or (without one) of the whole department.

    What a department is given as a whole its finance office splits among the units.
    """

    amount = YuanField("控制数（元）")

    class Meta:
        verbose_name = verbose_name_plural = "控制数"
        ordering = ("budget", "unit", "id")
        constraints = (
            of_the_budget("ceiling"),
            *limiting("ceiling"),
            in_range("ceiling", "amount"),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="ceiling_amount_not_negative",
                violation_error_message="控制数不能为负数。",
            ),
            *once("ceiling", "这一项控制数已经下达。"),
        )

    def __str__(self) -> str:
        return f"{self.source.label} {self.kind.label} {self.project}".strip()


class CeilingChange(Limiting, Frozen):
    """A ceiling that was set, revised or taken back: by whom, when, from what to what, and why.

    ``before`` and ``after`` are empty where there was, or is, none. ``split`` says that the
    department's finance office did it.
    """

    budget = models.ForeignKey(
        DepartmentBudget,
        on_delete=models.PROTECT,
        related_name="ceiling_changes",
        verbose_name="部门预算",
    )
    unit = models.ForeignKey(
        BudgetUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="预算单位",
    )
    before = YuanField("原控制数（元）", null=True, blank=True)
    after = YuanField("新控制数（元）", null=True, blank=True)
    reason = models.CharField("理由", max_length=200, blank=True)
    split = models.BooleanField("部门分解", default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "控制数变动"
        ordering = ("-id",)
        constraints = (
            of_the_budget("ceilingchange"),
            *limiting("ceilingchange"),
            in_range("ceilingchange", "before"),
            in_range("ceilingchange", "after"),
        )

    def __str__(self) -> str:
        return f"{self.source.label} {self.kind.label} {self.project}".strip()


class ExcessReason(Limiting, Statement):
    """Why a first submission asks for more than a ceiling allows; reviewers read it."""

    reason = models.TextField("超出理由")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="说明人"
    )
    at = models.DateTimeField("时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "超控制数说明"
        ordering = ("budget", "unit", "id")
        constraints = (
            of_the_budget("excessreason"),
            *limiting("excessreason"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="excessreason_given",
                violation_error_message="请写明理由。",
            ),
            *once("excessreason", "这一项已经说明过。"),
        )

    def __str__(self) -> str:
        return self.reason
