"""How a bureau sets the rules for a year, and what a department answers to their warnings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from budget.edition import EDITIONS
from budget.models.budgets import BudgetYear
from budget.models.releases import Frozen
from budget.models.rows import of_the_budget
from budget.models.words import Statement
from budget.rules.registry import RULES
from budget.rules.settings import (
    Settings,
    UnreadableSetting,
    require_order,
    severity_for,
    threshold_for,
)
from budget.rules.thresholds import THRESHOLDS
from budget.terms import Severity

CODE = r"[A-Z]{3}[0-9]{3}"
THRESHOLD = r"[a-z][a-z0-9_]*"
NUMBER = r"[0-9]+([.][0-9]+)?"


class RuleSetting(models.Model):
    """One rule's severity, or one threshold, in one year; it overrides the edition's.

    ``name`` is the code of a rule (BAL001), and ``value`` then the stored word of a severity; or it
    is the name of a threshold, and ``value`` a number, kept as text because it must stay exact.
    ``clean`` holds both against what is declared; those who read stored settings do so again.
    """

    year = models.ForeignKey(
        BudgetYear,
        on_delete=models.CASCADE,
        to_field="year",
        related_name="rule_settings",
        verbose_name="预算年度",
    )
    name = models.CharField("规则或限值", max_length=60, help_text="规则编号，或限值的名称")
    value = models.CharField(
        "设定",
        max_length=40,
        help_text="规则填 error、warning、notice 或 off；限值填数字。",
    )
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="设定人",
    )
    set_at = models.DateTimeField("设定时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "规则设定"
        ordering = ("-year", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "name"),
                name="rulesetting_once",
                violation_error_message="本年度已经有这一项的设定。",
            ),
            models.CheckConstraint(
                condition=(
                    Q(name__regex=rf"^{CODE}\Z") & Q(value__in=[each.value for each in Severity])
                )
                | (Q(name__regex=rf"^{THRESHOLD}\Z") & Q(value__regex=rf"^{NUMBER}\Z")),
                name="rulesetting_value_of_its_kind",
                violation_error_message="规则应设为等级，限值应设为数字。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year_id}年 {self.title}"

    def clean(self) -> None:
        """Say in Chinese what is wrong with name or value. Raises ValidationError."""
        try:
            if self.name[:1].isupper():
                severity_for(self.name, self.value)
            else:
                number = threshold_for(self.name, self.value)
                require_order({**self._others_in_force(), self.name: number})
        except UnreadableSetting as error:
            raise ValidationError(str(error), code="invalid") from error

    @property
    def title(self) -> str:
        """What people call the rule or the threshold."""
        if self.name in RULES:
            return f"{self.name} {RULES[self.name].title}"
        return THRESHOLDS[self.name].title if self.name in THRESHOLDS else self.name

    @property
    def told(self) -> str:
        """What it is set to, as people read it."""
        if self.name in THRESHOLDS:
            return THRESHOLDS[self.name].told(threshold_for(self.name, self.value))
        return severity_for(self.name, self.value).label

    def _others_in_force(self) -> dict[str, Decimal]:
        """Return the thresholds that hold in the year, this setting's own left out."""
        others = RuleSetting.objects.filter(year=self.year_id, name__in=THRESHOLDS)
        stated = others.exclude(pk=self.pk).values_list("name", "value")
        own = Settings(thresholds={name: threshold_for(name, value) for name, value in stated})
        return dict(own.in_force(EDITIONS[self.year.edition]).thresholds)


class RuleChange(Frozen):
    """A setting that was made, changed or taken back: by whom, when, from what to what.

    ``before`` and ``after`` are values as `RuleSetting` keeps them, "" where the edition's holds.
    """

    year = models.ForeignKey(
        BudgetYear,
        on_delete=models.PROTECT,
        to_field="year",
        related_name="rule_changes",
        verbose_name="预算年度",
    )
    name = models.CharField("规则或限值", max_length=60)
    before = models.CharField("原设定", max_length=40, blank=True)
    after = models.CharField("新设定", max_length=40, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="设定人",
    )
    changed_at = models.DateTimeField("设定时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "规则设定记录"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.year_id}年 {self.name}"


class Answer(Statement):
    """Why a warning may stand: one finding by its address, or without one all of its rule.

    It belongs to one version of a budget and goes with it. That its address is one of the document
    is for those to see to who have the document: ``budget.judging.require_place``.
    """

    rule = models.CharField("规则", max_length=6)
    address = models.CharField(
        "位置", max_length=300, blank=True, help_text="空白表示该规则的所有提示"
    )
    reason = models.TextField("说明")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="说明人",
    )
    answered_at = models.DateTimeField("说明时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "规则说明"
        ordering = ("budget", "unit", "rule", "address")
        constraints = (
            of_the_budget("answer"),
            models.CheckConstraint(
                condition=Q(rule__regex=rf"^{CODE}\Z"),
                name="answer_rule_spelled",
                violation_error_message="规则编号应为3个大写字母和3位数字，如 BAL001。",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="answer_reason_given",
                violation_error_message="请写明理由。",
            ),
            models.UniqueConstraint(
                fields=("budget", "unit", "rule", "address"),
                name="answer_once_per_unit",
                violation_error_message="该单位对这一处已经作过说明。",
            ),
            models.UniqueConstraint(
                fields=("budget", "rule", "address"),
                condition=Q(unit__isnull=True),
                name="answer_once_per_department",
                violation_error_message="对这一处已经作过说明。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.address}".strip()

    def clean(self) -> None:
        """Refuse an answer to no rule and one that says nothing. Raises ValidationError."""
        if self.rule not in RULES:
            raise ValidationError({"rule": f"没有编号为 {self.rule} 的规则"})
        if not self.reason.strip():
            raise ValidationError({"reason": "请写明理由。"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the reason without blanks around it."""
        self.reason = self.reason.strip()
        super().save(*args, **kwargs)
