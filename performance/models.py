"""Stored performance goals and their indicators (绩效目标、绩效指标).

An indicator belongs to the goal of a project or to the overall goal of a unit, never to both.
``damaged`` lists the names of fields whose text was lost or is doubtful in the document that the
row was transcribed from.
"""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from budget.actions import Action
from budget.models import Project, TermField
from budget.models.constraints import in_vocabulary, numbered_from_one
from budget.models.rows import UnitRow, of_the_budget
from budget.models.scopes import ScopedRows, under
from performance.goals import Aspect, Comparison, Dimension


class ProjectGoal(models.Model):
    """The goal of one project (项目支出绩效目标)."""

    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, related_name="goal", verbose_name="项目"
    )
    goal = models.TextField("年度绩效目标", blank=True)
    long_term_goal = models.TextField("中长期绩效目标", blank=True)
    damaged = models.JSONField("转录存疑", default=list, blank=True)

    bounds = under("project__", Action.VIEW_PERFORMANCE)
    objects = ScopedRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目支出绩效目标"
        ordering = ("project",)

    def __str__(self) -> str:
        return str(self.project)


class OverallGoal(UnitRow):
    """The goal of all that one unit spends (部门整体支出绩效目标)."""

    goal = models.TextField("绩效目标", blank=True)
    damaged = models.JSONField("转录存疑", default=list, blank=True)

    bounds = under("", Action.VIEW_PERFORMANCE)

    class Meta:
        verbose_name = verbose_name_plural = "整体支出绩效目标"
        ordering = ("budget", "unit")
        constraints = (
            of_the_budget("overallgoal"),
            models.UniqueConstraint(
                fields=("budget", "unit"),
                name="overallgoal_once",
                violation_error_message="该单位已有整体支出绩效目标。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} 整体支出"


class Indicator(models.Model):
    """One indicator (三级指标), its words as they are printed."""

    project_goal = models.ForeignKey(
        ProjectGoal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="项目绩效目标",
    )
    overall_goal = models.ForeignKey(
        OverallGoal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="indicators",
        verbose_name="整体绩效目标",
    )
    sequence = models.IntegerField("序号")
    code = models.CharField("指标编码", max_length=60)
    dimension = TermField(Dimension, "一级指标")
    aspect = TermField(Aspect, "二级指标")
    name = models.TextField("三级指标")
    target = models.TextField("指标值", blank=True)
    explanation = models.TextField("指标值内容", blank=True)
    scoring = models.TextField("评（扣）分标准", blank=True)
    measure = models.CharField("度量单位", max_length=60, blank=True)
    comparison = TermField(Comparison, "指标值类型", null=True, blank=True)
    # At most five digits: SQLite keeps decimals as floats, which hold so few exactly.
    weight = models.DecimalField(
        "分值",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0), message="分值不能为负数。")],
    )
    damaged = models.JSONField("转录存疑", default=list, blank=True)

    bounds = (
        under("project_goal__project__", Action.VIEW_PERFORMANCE),
        under("overall_goal__", Action.VIEW_PERFORMANCE),
    )
    objects = ScopedRows.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "绩效指标"
        ordering = ("project_goal", "overall_goal", "sequence")
        constraints = (
            models.CheckConstraint(
                condition=Q(project_goal__isnull=False, overall_goal__isnull=True)
                | Q(project_goal__isnull=True, overall_goal__isnull=False),
                name="indicator_of_one_goal",
                violation_error_message="指标应属于一个项目目标或一个整体目标。",
            ),
            numbered_from_one("indicator"),
            in_vocabulary("indicator", "dimension", Dimension),
            in_vocabulary("indicator", "aspect", Aspect),
            in_vocabulary("indicator", "comparison", Comparison),
            models.CheckConstraint(
                condition=Q(weight__gte=0),
                name="indicator_weight_not_negative",
                violation_error_message="分值不能为负数。",
            ),
            *(
                models.UniqueConstraint(
                    fields=(goal, field),
                    name=f"indicator_{field}_once_per_{goal}",
                    violation_error_message="同一绩效目标下已有相同的序号或编码。",
                )
                for goal in ("project_goal", "overall_goal")
                for field in ("sequence", "code")
            ),
        )

    def __str__(self) -> str:
        return self.name


class LibraryIndicator(models.Model):
    """An indicator that goals may take over from the library (指标库), kept by the bureau.

    ``area`` is the kind of spending that it is usual for. One that is not ``active`` is no longer
    offered; goals that took it over keep it.
    """

    area = models.CharField("适用领域", max_length=40)
    dimension = TermField(Dimension, "一级指标")
    aspect = TermField(Aspect, "二级指标")
    name = models.CharField("三级指标", max_length=100)
    comparison = TermField(Comparison, "指标值类型", null=True, blank=True)
    measure = models.CharField("度量单位", max_length=60, blank=True)
    explanation = models.TextField("指标值内容", blank=True)
    scoring = models.TextField("评（扣）分标准", blank=True)
    active = models.BooleanField("启用", default=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="修改人",
    )
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "指标库"
        ordering = ("area", "id")
        constraints = (
            in_vocabulary("libraryindicator", "dimension", Dimension),
            in_vocabulary("libraryindicator", "aspect", Aspect),
            in_vocabulary("libraryindicator", "comparison", Comparison),
            models.UniqueConstraint(
                fields=("area", "dimension", "aspect", "name"),
                name="libraryindicator_once",
                violation_error_message="指标库中已有同一领域的这个指标。",
            ),
        )

    def __str__(self) -> str:
        return self.name
