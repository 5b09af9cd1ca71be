"""What all rows of a budget have in common: they belong to one unit's part of it."""

from __future__ import annotations

from django.db import models

from budget.models.budgets import DepartmentBudget
from budget.models.constraints import Belongs
from budget.models.organisation import BudgetUnit
from budget.models.scopes import OF_BUDGET, ScopedRows


def of_the_budget(model: str, field: str = "unit_id") -> Belongs:
    """Return the constraint that a unit named by a row takes part in the row's budget."""
    return Belongs(
        fields=("budget_id", field),
        to="budget.UnitBudget",
        to_fields=("budget_id", "unit_id"),
        name=f"{model}_{field.removesuffix('_id')}_of_the_budget",
        violation_error_message="该预算单位不在本部门预算之中。",
    )


class UnitRow(models.Model):
    """A row of one unit in one department budget."""

    budget = models.ForeignKey(
        DepartmentBudget,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
        verbose_name="部门预算",
    )
    unit = models.ForeignKey(
        BudgetUnit, on_delete=models.PROTECT, related_name="+", verbose_name="预算单位"
    )

    bounds = OF_BUDGET
    objects = ScopedRows.as_manager()

    class Meta:
        abstract = True


class NumberedRow(UnitRow):
    """A row that is identified by its unit and its sequence there."""

    sequence = models.IntegerField("序号")

    class Meta:
        abstract = True
