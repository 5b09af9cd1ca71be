"""Classification codes, valid by date: codes are reused with new meaning (科目变动).

A code alone names nothing; (scheme, code, date) does. Where a list does not say since when a
code is in force, ``valid_from`` is empty, which claims nothing about earlier years.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from budget.codes import hyphenated
from budget.models.constraints import in_vocabulary, spelled
from budget.models.fields import CodeField, TermField
from budget.terms import CodeScheme, Confidence, Fund, UnitScope

FUNCTION_SPELLING = r"[0-9]{3}([0-9]{2}){0,2}"
ECONOMIC_SPELLING = r"[0-9]{3}([0-9]{2})?"
WRONG_SPELLING = "科目编码应为不带分隔符的数字：类3位、款5位、项7位。"


def valid_in_order(model: str) -> models.CheckConstraint:
    """Return the constraint that a code does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_to__gte=F("valid_from")),
        name=f"{model}_valid_in_order",
        violation_error_message="失效日期早于生效日期。",
    )


def one_per_start(model: str, *key: str) -> list[models.UniqueConstraint]:
    """Return the constraints that a code begins once on a date, and once on an unknown one."""
    return [
        models.UniqueConstraint(
            fields=[*key, "valid_from"],
            name=f"{model}_once_per_start",
            violation_error_message="该编码在同一生效日期下已经存在。",
        ),
        models.UniqueConstraint(
            fields=list(key),
            condition=Q(valid_from__isnull=True),
            name=f"{model}_once_without_start",
            violation_error_message="该编码（生效日期未知）已经存在。",
        ),
    ]


class Code(models.Model):
    """What the code lists have in common."""

    name = models.CharField("名称", max_length=100)
    valid_from = models.DateField("生效日期", null=True, blank=True, help_text="空白表示未知")
    valid_to = models.DateField("失效日期", null=True, blank=True, help_text="空白表示仍有效")
    confidence = TermField(Confidence, "可信度", default=Confidence.VERIFIED)
    is_active = models.BooleanField("启用", default=True)
    origin = models.CharField("来源", max_length=100, blank=True)

    class Meta:
        abstract = True


def valid_on(stored: models.QuerySet[Any], on: date, *fields: str) -> dict[str, list[Any]]:
    """Return these fields of the active entries of a date by code, in the order of codes.

    Of two entries valid on the date the one that began later counts.
    """
    valid = stored.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gte=on),
        is_active=True,
    )
    rows = valid.order_by().values_list("code", "valid_from", *fields)
    in_order = sorted(rows, key=lambda row: (row[0], row[1] or date.min))
    return {code: told for code, _, *told in in_order}


class FunctionCode(Code):
    """An entry of the functional classification (支出功能分类科目)."""

    code = CodeField("科目编码", lengths=(3, 5, 7))
    fund = TermField(Fund, "所属预算")

    class Meta:
        verbose_name = verbose_name_plural = "支出功能分类科目"
        ordering = ("code", "valid_from")
        constraints = (
            in_vocabulary("functioncode", "fund", Fund),
            in_vocabulary("functioncode", "confidence", Confidence),
            spelled("functioncode", "code", FUNCTION_SPELLING, WRONG_SPELLING),
            valid_in_order("functioncode"),
            *one_per_start("functioncode", "code"),
        )

    def __str__(self) -> str:
        return f"{hyphenated(self.code)} {self.name}"


ECONOMIC_SCHEMES = (CodeScheme.DEPARTMENT_ECONOMIC, CodeScheme.GOVERNMENT_ECONOMIC)


class EconomicCode(Code):
    """An entry of one of the two economic classifications (支出经济分类科目)."""

    scheme = TermField(CodeScheme, "分类", default=CodeScheme.DEPARTMENT_ECONOMIC)
    code = CodeField("科目编码", lengths=(3, 5))

    class Meta:
        verbose_name = verbose_name_plural = "支出经济分类科目"
        ordering = ("scheme", "code", "valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(scheme__in=[scheme.value for scheme in ECONOMIC_SCHEMES]),
                name="economiccode_scheme_in_vocabulary",
                violation_error_message="经济分类只有部门预算与政府预算两种。",
            ),
            in_vocabulary("economiccode", "confidence", Confidence),
            spelled("economiccode", "code", ECONOMIC_SPELLING, WRONG_SPELLING),
            valid_in_order("economiccode"),
            *one_per_start("economiccode", "scheme", "code"),
        )

    def __str__(self) -> str:
        return f"{hyphenated(self.code)} {self.name}"


class EconomicMapping(models.Model):
    """Which government code a departmental economic code becomes, by kind of unit."""

    department_code = CodeField("部门预算科目", lengths=(3, 5))
    government_code = CodeField("政府预算科目", lengths=(3, 5))
    unit_scope = TermField(UnitScope, "适用单位")
    confidence = TermField(Confidence, "可信度", default=Confidence.VERIFIED)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "经济分类对照"
        ordering = ("department_code", "government_code", "unit_scope")
        constraints = (
            in_vocabulary("economicmapping", "unit_scope", UnitScope),
            in_vocabulary("economicmapping", "confidence", Confidence),
            spelled("economicmapping", "department_code", ECONOMIC_SPELLING, WRONG_SPELLING),
            spelled("economicmapping", "government_code", ECONOMIC_SPELLING, WRONG_SPELLING),
            models.UniqueConstraint(
                fields=("department_code", "government_code", "unit_scope"),
                name="economicmapping_once",
                violation_error_message="该对照已经存在。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.department_code} → {self.government_code}（{self.unit_scope.label}）"


class RevenueCode(Code):
    """An entry of the government's revenue classification (收入分类科目); for reference."""

    code = CodeField("科目编码", lengths=(3, 5, 7))

    class Meta:
        verbose_name = verbose_name_plural = "收入分类科目"
        ordering = ("code", "valid_from")
        constraints = (
            in_vocabulary("revenuecode", "confidence", Confidence),
            spelled("revenuecode", "code", FUNCTION_SPELLING, WRONG_SPELLING),
            valid_in_order("revenuecode"),
            *one_per_start("revenuecode", "code"),
        )

    def __str__(self) -> str:
        return f"{hyphenated(self.code)} {self.name}"


class CodeChange(models.Model):
    """A renaming, reuse, addition or abolition of a code (科目变动); for reference."""

    scheme = TermField(CodeScheme, "分类")
    code = CodeField("科目编码", lengths=(3, 5, 7))
    change = models.CharField("变动", max_length=20)
    effective_year = models.IntegerField("生效年度", null=True, blank=True)
    old_name = models.CharField("原名称", max_length=100, blank=True)
    new_name = models.CharField("新名称", max_length=100, blank=True)
    confidence = TermField(Confidence, "可信度", default=Confidence.VERIFIED)
    is_active = models.BooleanField("启用", default=True)
    origin = models.CharField("来源", max_length=100, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "科目变动"
        ordering = ("scheme", "code", "effective_year")
        constraints = (
            in_vocabulary("codechange", "scheme", CodeScheme),
            in_vocabulary("codechange", "confidence", Confidence),
            spelled("codechange", "code", FUNCTION_SPELLING, WRONG_SPELLING),
        )

    def __str__(self) -> str:
        return f"{hyphenated(self.code)} {self.old_name} → {self.new_name}"
