"""Of which days a step may be: a 批复 after the congress, a review for secrets after the 批复."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from django.utils import timezone

from budget.actions import Action
from budget.models import BudgetYear, DepartmentBudget
from budget.sheets.publishable import why_not_of_day
from budget.workflow.refusals import Unfit


def require_day(action: Action, budget: DepartmentBudget, day: date | None) -> None:
    """Pass where a step may be of a day, or is of none. Raises Unfit with the reasons."""
    of_action = OF_ACTION.get(action)
    if of_action is None or day is None:
        return
    reasons = "；".join(of_action(budget, day))
    if reasons:
        raise Unfit(f"{reasons}，请核对日期。")


def _approved(budget: DepartmentBudget, day: date) -> Iterator[str]:
    """The year is locked meanwhile: nobody moves the day of the congress behind the 批复."""
    year = BudgetYear.objects.select_for_update(no_key=True).get(year=budget.year_id)
    return why_not_of_day(year, day)


def _reviewed_for_secrets(budget: DepartmentBudget, day: date) -> Iterator[str]:
    approved_on = budget.approved_on
    if approved_on is not None and day < approved_on:
        yield f"保密审查日期{day.isoformat()}早于批复日期{approved_on.isoformat()}"
    if day > timezone.localdate():
        yield f"保密审查日期{day.isoformat()}不能晚于今天"


OF_ACTION: Mapping[Action, Callable[[DepartmentBudget, date], Iterator[str]]] = {
    Action.APPROVE: _approved,
    Action.PREPARE_PUBLICATION: _reviewed_for_secrets,
}
