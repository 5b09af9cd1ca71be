"""Which departments, units and years there are, for who asked for one that is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import QuerySet

from budget.book import UnknownUnit
from budget.load import UnknownYear
from budget.models import BudgetUnit, DepartmentBudget

MOST_LISTED: Final = 10


def what_there_is(error: LookupError, code: str) -> str:
    """Return a sentence that names the departments, units or years there are, the first ten."""
    own = DepartmentBudget.objects.filter(department_id=code[:3])
    if isinstance(error, UnknownUnit):
        units = BudgetUnit.objects.filter(department_id=code[:3]).order_by("code")
        return f"现有单位：{_listed(units.values_list('code', flat=True))}"
    if isinstance(error, UnknownYear) and own.exists():
        return f"现有年度：{_listed(_distinct(own, 'year_id'))}"
    return f"现有部门：{_listed(_distinct(DepartmentBudget.objects.all(), 'department_id'))}"


def _distinct(budgets: QuerySet[DepartmentBudget], name: str) -> Iterable[object]:
    return budgets.order_by(name).values_list(name, flat=True).distinct()


def _listed(items: Iterable[object]) -> str:
    known = [str(item) for item in items]
    more = f" 等{len(known)}个" if len(known) > MOST_LISTED else ""
    return "、".join(known[:MOST_LISTED]) + more or "（无）"
