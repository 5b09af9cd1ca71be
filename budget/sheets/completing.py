"""Saying that a unit's part of a budget is entered, and taking that back."""

from __future__ import annotations

from django.db import transaction

from budget.models import PendingRow, UnitBudget
from budget.sheets.changing import Guard, counted_on, locked
from budget.sheets.part import Part
from budget.sheets.spec import SHEETS


class NotComplete(ValueError):
    """A part is not entered in full; the message says in Chinese what is missing."""


def complete(part: Part, guard: Guard) -> None:
    """Mark a unit's part as entered.

    Raises NotComplete while rows are pending, and what the guard raises.
    """
    with transaction.atomic():
        budget = locked(part.budget)
        guard(budget)
        _refuse_pending(part)
        if _mark(part, complete=True):
            counted_on(budget)


def reopen(part: Part, guard: Guard) -> None:
    """Take the mark back. Raises what the guard raises."""
    with transaction.atomic():
        budget = locked(part.budget)
        guard(budget)
        if _mark(part, complete=False):
            counted_on(budget)


def _mark(part: Part, *, complete: bool) -> int:
    ours = UnitBudget.objects.filter(budget=part.budget, unit=part.unit, complete=not complete)
    return ours.update(complete=complete)


def _refuse_pending(part: Part) -> None:
    sheets = PendingRow.objects.filter(**part.belonging).values_list("sheet", flat=True)
    if sheets:
        titles = "、".join(f"“{SHEETS[code].title}”" for code in dict.fromkeys(sheets))
        raise NotComplete(f"还有{len(sheets)}个未完成行（{titles}），请先填完或删除")
