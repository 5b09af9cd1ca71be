"""The ledger's lines (SpendingLine), the estimates they are checked against (RevenueLine).

Beside them what was spent last year (ExecutedFigure), which is no budget figure.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from budget.models.constraints import (
    Belongs,
    in_range,
    in_vocabulary,
    numbered_from_one,
    spelled,
)
from budget.models.fields import CodeField, TermField, YuanField
from budget.models.organisation import BudgetUnit
from budget.models.projects import Project
from budget.models.rows import NumberedRow, UnitRow, of_the_budget
from budget.terms import (
    APPROPRIATION_USES,
    APPROPRIATIONS,
    Allotment,
    Nature,
    Source,
    Term,
    Upkeep,
)


def words(terms: object) -> list[str]:
    """Return the stored words of some terms, in a fixed order."""
    assert isinstance(terms, (set, frozenset, list))
    return sorted(term.value for term in terms if isinstance(term, Term))


TRANSFERS_OUT = words([nature for nature in Nature if nature.is_transfer_out])
TRANSFERS_IN = words([source for source in Source if source.is_transfer_in])
BASIC = Nature.BASIC.value
PROJECT = Nature.PROJECT.value


class SpendingLine(NumberedRow):
    """A use of money and what finances it: the only place where an amount is typed.

    Its rules are those of ``budget.lines.Line``. ``paid_to`` and ``received_from`` are the other
    side of a transfer between units of the same department.
    """

    nature = TermField(Nature, "支出性质")
    upkeep = TermField(Upkeep, "人员公用", null=True, blank=True)
    project = models.ForeignKey(
        Project,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name="项目",
    )
    function = CodeField("功能科目", lengths=(5, 7))
    economic = CodeField("经济科目", lengths=(5,), null=True, blank=True)
    source = TermField(Source, "资金来源")
    carried_over = models.BooleanField("上年结转", default=False)
    allotment = TermField(Allotment, "拨款性质", null=True, blank=True)
    paid_to = models.ForeignKey(
        BudgetUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="拨付给",
    )
    received_from = models.ForeignKey(
        BudgetUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="取得自",
    )
    amount = YuanField("金额（元）")

    class Meta:
        verbose_name = verbose_name_plural = "支出明细"
        ordering = ("budget", "unit", "sequence")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "unit", "sequence"),
                name="spendingline_once",
                violation_error_message="该单位已有相同序号的明细。",
            ),
            numbered_from_one("spendingline"),
            of_the_budget("spendingline"),
            of_the_budget("spendingline", "paid_to_id"),
            of_the_budget("spendingline", "received_from_id"),
            Belongs(
                fields=("project_id", "budget_id", "unit_id"),
                to="budget.Project",
                to_fields=("id", "budget_id", "unit_id"),
                name="spendingline_project_of_the_unit",
                violation_error_message="该项目不是本单位在本预算中的项目。",
            ),
            in_vocabulary("spendingline", "nature", Nature),
            in_vocabulary("spendingline", "upkeep", Upkeep),
            in_vocabulary("spendingline", "source", Source),
            in_vocabulary("spendingline", "allotment", Allotment),
            in_range("spendingline", "amount"),
            spelled(
                "spendingline", "function", "[0-9]{5}([0-9]{2})?", "功能科目应为5位的款或7位的项。"
            ),
            spelled("spendingline", "economic", "[0-9]{5}", "经济科目应为5位的款。"),
            models.CheckConstraint(
                condition=~Q(nature=BASIC) | Q(upkeep__isnull=False, economic__isnull=False),
                name="spendingline_basic_is_classified",
                violation_error_message="基本支出须注明人员或公用，并有经济科目。",
            ),
            models.CheckConstraint(
                condition=Q(nature=BASIC) | Q(upkeep__isnull=True),
                name="spendingline_upkeep_is_basic",
                violation_error_message="只有基本支出分人员与公用。",
            ),
            models.CheckConstraint(
                condition=~Q(nature=PROJECT) | Q(project__isnull=False),
                name="spendingline_project_is_named",
                violation_error_message="项目支出须注明项目。",
            ),
            models.CheckConstraint(
                condition=Q(nature=PROJECT) | Q(project__isnull=True),
                name="spendingline_only_projects_named",
                violation_error_message="只有项目支出可以注明项目。",
            ),
            models.CheckConstraint(
                condition=~Q(source__in=words(APPROPRIATIONS))
                | Q(nature__in=words(APPROPRIATION_USES)),
                name="spendingline_appropriation_uses",
                violation_error_message="财政拨款只能用于基本支出、项目支出或结转下年。",
            ),
            models.CheckConstraint(
                condition=Q(paid_to__isnull=True) | Q(nature__in=TRANSFERS_OUT),
                name="spendingline_paid_to_is_transfer",
                violation_error_message="只有对附属单位补助和上缴上级支出可以注明拨付给谁。",
            ),
            models.CheckConstraint(
                condition=Q(received_from__isnull=True) | Q(source__in=TRANSFERS_IN),
                name="spendingline_received_is_transfer",
                violation_error_message="只有上级补助和附属单位上缴收入可以注明取得自谁。",
            ),
            models.CheckConstraint(
                condition=~Q(paid_to=F("unit")) & ~Q(received_from=F("unit"))
                | Q(paid_to__isnull=True, received_from__isnull=True),
                name="spendingline_other_side_is_other",
                violation_error_message="往来的对方不能是本单位。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id}-{self.sequence}"


class RevenueLine(UnitRow):
    """What a unit expects from one source (RevenueEstimate): 控制数, 批复, or its own estimate."""

    source = TermField(Source, "收入来源")
    carried_over = models.BooleanField("上年结转", default=False)
    amount = YuanField("金额（元）")

    class Meta:
        verbose_name = verbose_name_plural = "预计收入"
        ordering = ("budget", "unit", "id")
        constraints = (
            of_the_budget("revenueline"),
            in_vocabulary("revenueline", "source", Source),
            in_range("revenueline", "amount"),
            models.UniqueConstraint(
                fields=("budget", "unit", "source", "carried_over"),
                name="revenueline_once",
                violation_error_message="该单位的这项收入已经填报。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.source.label}"


class ExecutedFigure(UnitRow):
    """What a unit spent last year of appropriated money under one function code (上年执行数)."""

    function = CodeField("功能科目", lengths=(5, 7))
    amount = YuanField("金额（元）")

    class Meta:
        verbose_name = verbose_name_plural = "上年执行数"
        ordering = ("budget", "unit", "function")
        constraints = (
            of_the_budget("executedfigure"),
            in_range("executedfigure", "amount"),
            spelled(
                "executedfigure",
                "function",
                "[0-9]{5}([0-9]{2})?",
                "功能科目应为5位的款或7位的项。",
            ),
            models.UniqueConstraint(
                fields=("budget", "unit", "function"),
                name="executedfigure_once",
                violation_error_message="该单位这一科目的上年执行数已经填报。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.function}"
