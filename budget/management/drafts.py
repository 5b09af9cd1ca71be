"""Invented departments as drafts to practise on: one filled in, and the year after it empty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from budget.imports.sample_files import Sample
from budget.imports.storing import store
from budget.models import BudgetYear, DepartmentBudget, UnitBudget
from budget.remarks import Remark
from budget.terms import Round


def has_budget(sample: Sample) -> bool:
    """Return whether the department has a budget of the year: somebody may have worked on it."""
    department, year = sample.book.department.code, sample.head.year
    return DepartmentBudget.everything.filter(department_id=department, year_id=year).exists()


def store_draft(sample: Sample, remarks: Iterable[Remark]) -> DepartmentBudget:
    """Store a department as a draft that nobody calls complete yet.

    Raises OtherYear and UnknownDeclaration.
    """
    head = sample.head
    codes_on = date.fromisoformat(head.codes_on)
    budget = store(sample.book, remarks, edition=head.edition, codes_on=codes_on)
    budget.unit_budgets.update(complete=False)
    return budget


def open_after(budget: DepartmentBudget) -> DepartmentBudget:
    """Return the budget of the year after, opened with the same units where there was none."""
    number = budget.year_id + 1
    year, _ = BudgetYear.objects.get_or_create(
        year=number, defaults={"edition": budget.year.edition, "codes_on": date(number, 1, 1)}
    )
    after, is_new = DepartmentBudget.everything.get_or_create(
        department=budget.department, year=year, round=Round.SECOND_SUBMISSION, version=1
    )
    if is_new:
        for part in budget.unit_budgets.select_related("unit"):
            UnitBudget.objects.create(budget=after, unit=part.unit)
    return after
