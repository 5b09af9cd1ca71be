"""Projects; their money is in the spending lines that name them."""

from __future__ import annotations

from django.db import models

from budget.models.constraints import in_vocabulary, spelled
from budget.models.fields import TermField
from budget.models.rows import UnitRow, of_the_budget
from budget.terms import ProjectCategory


class Project(UnitRow):
    """A project of a unit."""

    code = models.CharField("项目编码", max_length=40)
    name = models.CharField("项目名称", max_length=200)
    category = TermField(ProjectCategory, "项目类别")
    purpose = models.TextField("项目用途", blank=True)

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
