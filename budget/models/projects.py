"""Projects; their money is in the spending lines that name them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from budget.models.constraints import in_range, in_vocabulary, spelled
from budget.models.fields import TermField, YuanField
from budget.models.rows import UnitRow, of_the_budget
from budget.terms import ProjectCategory, ProjectNature

PROJECT_FIELDS = (
    *("code", "name", "category", "purpose", "nature", "starts_on", "ends_on"),
    *("total_appropriated", "total_other", "introduced", "overview", "basis", "executor"),
    *("plan", "period", "arrangement"),
)
"""What is stored of a project under the same name as in ``budget.book.Project``."""


class Project(UnitRow):
    """A project of a unit.

    ``total_appropriated`` and ``total_other`` are its funds over all its years. A project that is
    ``introduced`` is told about in the document, in the texts that follow.
    """

    code = models.CharField("项目编码", max_length=40)
    name = models.CharField("项目名称", max_length=200)
    category = TermField(ProjectCategory, "项目类别")
    purpose = models.TextField("项目用途", blank=True)
    nature = TermField(ProjectNature, "项目性质", null=True, blank=True)
    starts_on = models.DateField("开始日期", null=True, blank=True)
    ends_on = models.DateField("结束日期", null=True, blank=True)
    total_appropriated = YuanField("项目总额中的财政资金（元）", null=True, blank=True)
    total_other = YuanField("项目总额中的其他资金（元）", null=True, blank=True)
    introduced = models.BooleanField("在公开文件中介绍", default=False)
    overview = models.TextField("项目概述", blank=True)
    basis = models.TextField("立项依据", blank=True)
    executor = models.TextField("实施主体", blank=True)
    plan = models.TextField("实施方案", blank=True)
    period = models.TextField("实施周期", blank=True)
    arrangement = models.TextField("年度预算安排", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        ordering = ("budget", "code")
        constraints = (
            of_the_budget("project"),
            spelled(
                "project",
                "code",
                "[0-9A-Za-z][0-9A-Za-z._-]*",
                "项目编码只能由字母、数字和 - . _ 组成。",
            ),
            in_vocabulary("project", "category", ProjectCategory),
            in_vocabulary("project", "nature", ProjectNature),
            in_range("project", "total_appropriated"),
            in_range("project", "total_other"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_start",
                violation_error_message="结束日期早于开始日期。",
            ),
            models.UniqueConstraint(
                fields=("budget", "code"),
                name="project_once",
                violation_error_message="该部门预算中已有相同编码的项目。",
            ),
            # What lines point at, to know that a project is of their own budget and unit.
            models.UniqueConstraint(
                fields=("id", "budget", "unit"), name="project_with_budget_and_unit"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
