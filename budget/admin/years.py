"""Years, and which units take part in which budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.contrib import admin

from budget.admin.pages import PlainAdmin, PlainInline
from budget.edition import EDITIONS
from budget.models import BudgetYear, DepartmentBudget, UnitBudget

if TYPE_CHECKING:
    YearForm: TypeAlias = forms.ModelForm[BudgetYear]
else:
    YearForm = forms.ModelForm


def editions_to_choose() -> list[tuple[str, str]]:
    """Return the editions that there are."""
    return [("", "（请选择）"), *((each.code, each.title) for each in EDITIONS.values())]


class BudgetYearForm(YearForm):
    """A year with an edition out of those that there are."""

    edition = forms.ChoiceField(label="版式", choices=editions_to_choose)

    class Meta:
        model = BudgetYear
        fields = ("year", "edition", "codes_on")


@admin.register(BudgetYear)
class BudgetYearAdmin(PlainAdmin):
    """预算年度."""

    form = BudgetYearForm
    list_display = ("year", "edition", "codes_on")


class UnitBudgetInline(PlainInline):
    """The units of a budget."""

    model = UnitBudget
    extra = 0


@admin.register(DepartmentBudget)
class DepartmentBudgetAdmin(PlainAdmin):
    """部门预算."""

    list_display = ("department", "year", "round", "version")
    list_filter = ("year", "round")
    list_select_related = ("department", "year")
    search_fields = ("^department__code", "department__name")
    inlines = (UnitBudgetInline,)
