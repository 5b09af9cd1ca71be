"""The budget of a department in a year, its rounds and versions, and the units that make it up."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Q

from budget.actions import Action
from budget.edition import EDITIONS
from budget.models.constraints import Belongs, in_vocabulary, not_negative
from budget.models.fields import TermField
from budget.models.organisation import BudgetUnit, Department
from budget.models.scopes import Bounds, ScopedRows
from budget.terms import Opinion, Round, State


class BudgetYear(models.Model):
    """A calendar year: which edition its documents use, and the date at which codes are read.

    Its rounds and their dates are `YearRound`s. 批复 is due ``approval_days`` after the people's
    congress has passed the budgets (``congress_on``), 公开 ``disclosure_days`` after the 批复;
    both 20 by law (预算法 14, 52), counted from the day after.
    """

    year = models.IntegerField("预算年度", unique=True)
    edition = models.CharField("版式", max_length=60)
    codes_on = models.DateField("科目采用日期")
    congress_on = models.DateField("人民代表大会批准日期", null=True, blank=True)
    approval_days = models.IntegerField("批复期限（日）", default=20)
    disclosure_days = models.IntegerField("公开期限（日）", default=20)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="开设人",
    )
    opened_at = models.DateTimeField("开设时间", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "预算年度"
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(year__gte=1950, year__lte=2999),
                name="budgetyear_year_plausible",
                violation_error_message="年度应为4位数字的公历年。",
            ),
            not_negative("budgetyear", "approval_days"),
            not_negative("budgetyear", "disclosure_days"),
        )

    def __str__(self) -> str:
        return f"{self.year}年"

    def clean(self) -> None:
        """Refuse an edition that there is not. Raises ValidationError."""
        if self.edition not in EDITIONS:
            known = "、".join(f"{each.code}（{each.title}）" for each in EDITIONS.values())
            message = f"没有名为“{self.edition}”的版式；现有：{known}"
            raise ValidationError({"edition": message})

    @property
    def approval_due(self) -> date | None:
        """The last day for the 批复, None while the congress has not decided."""
        return self.congress_on and self.congress_on + timedelta(days=self.approval_days)

    def disclosure_due(self, approved_on: date) -> date:
        """Return the last day for publishing what was approved on a day."""
        return approved_on + timedelta(days=self.disclosure_days)


class YearRound(models.Model):
    """A round that a year goes through, and the last day for its submission or issue."""

    year = models.ForeignKey(
        BudgetYear,
        on_delete=models.CASCADE,
        to_field="year",
        related_name="rounds",
        verbose_name="预算年度",
    )
    round = TermField(Round, "轮次")
    due_on = models.DateField("截止日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "年度轮次"
        ordering = ("-year", "id")
        constraints = (
            in_vocabulary("yearround", "round", Round),
            models.UniqueConstraint(
                fields=("year", "round"),
                name="yearround_once",
                violation_error_message="本年度已经有这一轮次。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year_id}年 {self.round.label}"


class Budgets(ScopedRows["DepartmentBudget"]):
    """Versions of budgets."""

    def next_version(self, department: str, year: int, round: Round) -> int:
        """Return the number of a new version: one that was given is never given again."""
        same = self.filter(department__code=department, year__year=year, round=round)
        last: int | None = same.aggregate(last=Max("version"))["last"]
        return (last or 0) + 1


class StandingBudgets(models.Manager["DepartmentBudget"]):
    """The versions that stand: what was made void is found by nobody who does not ask for it."""

    def get_queryset(self) -> Budgets:
        """Leave out what is void."""
        return Budgets(self.model, using=self._db).exclude(state=State.VOID)


class DepartmentBudget(models.Model):
    """One version of a department's budget in one round of one year; the aggregate to lock.

    ``assets_on`` is the day to which its registers of assets hold, empty for the end of last year.
    ``revision`` counts what was written to it, its rows included: who knows the number knows
    whether anything changed. A budget that is ``disclosure_only`` (只做公开) began as approved:
    ``approval_number`` and ``approved_on`` are of its 批复. A version that began as a copy names
    the one that it was ``copied_from``: who typed that one typed this one too.

    ``objects`` are the versions that stand. Those that were made void (放弃更正, 删除草稿) are kept
    and are found among ``everything`` alone.
    """

    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        to_field="code",
        related_name="budgets",
        verbose_name="部门",
    )
    year = models.ForeignKey(
        BudgetYear,
        on_delete=models.PROTECT,
        to_field="year",
        related_name="budgets",
        verbose_name="预算年度",
    )
    round = TermField(Round, "轮次", default=Round.SECOND_SUBMISSION)
    version = models.IntegerField("版本", default=1)
    assets_on = models.DateField("资产统计日期", null=True, blank=True)
    state = TermField(State, "状态", default=State.DRAFT)
    performance = TermField(Opinion, "绩效审核", default=Opinion.PENDING)
    revision = models.IntegerField("改动序号", default=0, editable=False)
    disclosure_only = models.BooleanField("只做公开", default=False)
    approval_number = models.CharField("批复文号", max_length=100, blank=True)
    approved_on = models.DateField("批复日期", null=True, blank=True)
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name="复制自",
    )

    bounds = Bounds("department_id", None, "state", Action.VIEW_STATUS, units_see=True)
    objects = StandingBudgets.from_queryset(Budgets)()
    everything = Budgets.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "部门预算"
        ordering = ("-year", "department", "round", "version")
        constraints = (
            in_vocabulary("departmentbudget", "round", Round),
            in_vocabulary("departmentbudget", "state", State),
            in_vocabulary("departmentbudget", "performance", Opinion),
            not_negative("departmentbudget", "revision"),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="departmentbudget_version_from_one",
                violation_error_message="版本号从1开始。",
            ),
            models.UniqueConstraint(
                fields=("department", "year", "round", "version"),
                name="departmentbudget_once",
                violation_error_message="该部门本年度本轮次的这一版本已经存在。",
            ),
            # What UnitBudget points at, to know that a unit is of the budget's department.
            models.UniqueConstraint(
                fields=("id", "department"), name="departmentbudget_with_department"
            ),
        )

    def __str__(self) -> str:
        return f"{self.department_id} {self.year_id}年 {self.round.label} 第{self.version}版"


class UnitBudget(models.Model):
    """The part of one unit in its department's budget; ``complete`` once all of it is entered.

    Every row of a budget belongs to one of these. ``department`` repeats the budget's, by which
    the database can tell that the unit is the department's own. ``offices`` is the list of the
    unit's 内设机构 in official order; like its staff it is of this year.
    """

    budget = models.ForeignKey(
        DepartmentBudget,
        on_delete=models.CASCADE,
        related_name="unit_budgets",
        verbose_name="部门预算",
    )
    unit = models.ForeignKey(
        BudgetUnit,
        on_delete=models.PROTECT,
        related_name="unit_budgets",
        verbose_name="预算单位",
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        to_field="code",
        related_name="+",
        editable=False,
        verbose_name="部门",
    )
    complete = models.BooleanField("填报完成", default=False)
    offices = models.JSONField("内设机构", default=list, blank=True)
    authorised_staff = models.IntegerField("编制人数", null=True, blank=True)
    actual_staff = models.IntegerField("实有人数", null=True, blank=True)
    retired_staff = models.IntegerField("离退休人数", null=True, blank=True)

    bounds = Bounds("department_id", "unit_id", "budget__state", Action.VIEW_STATUS)
    objects = ScopedRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位预算"
        ordering = ("budget", "unit")
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "unit"),
                name="unitbudget_once",
                violation_error_message="该单位已在本部门预算之中。",
            ),
            not_negative("unitbudget", "authorised_staff"),
            not_negative("unitbudget", "actual_staff"),
            not_negative("unitbudget", "retired_staff"),
            Belongs(
                fields=("budget_id", "department_id"),
                to="budget.DepartmentBudget",
                to_fields=("id", "department_id"),
                name="unitbudget_budget_of_department",
                violation_error_message="部门预算不属于该部门。",
            ),
            Belongs(
                fields=("unit_id", "department_id"),
                to="budget.BudgetUnit",
                to_fields=("id", "department_id"),
                name="unitbudget_unit_of_department",
                violation_error_message="预算单位不属于该部门。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.budget} {self.unit}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it under its budget's department."""
        self.department_id = self.budget.department_id
        super().save(*args, **kwargs)
