"""Saying that a unit's part of a budget is entered, and taking that back."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction

from budget.audit.recording import record
from budget.models import PendingRow, UnitBudget
from budget.sheets.changing import Guard, counted_on, locked
from budget.sheets.part import Part
from budget.sheets.spec import SHEETS


class NotComplete(ValueError):
    """A part is not entered in full; the message says in Chinese what is missing."""


def complete(part: Part, *, by: User, guard: Guard) -> None:
    """Mark a unit's part as entered.

    Raises NotComplete while rows are pending, and what the guard raises.
    """
    with transaction.atomic():
        budget = locked(part.budget)
        guard(budget)
        _refuse_pending(part)
        mark(Part(budget, part.unit), by, complete=True)


def reopen(part: Part, *, by: User, guard: Guard) -> None:
    """Take the mark back. Raises what the guard raises."""
    with transaction.atomic():
        budget = locked(part.budget)
        guard(budget)
        mark(Part(budget, part.unit), by, complete=False)


def mark(part: Part, by: User, *, complete: bool) -> None:
    """Set a part's mark and record it, inside the caller's transaction and lock.

    One that is as wanted stays, and nothing is recorded.
    """
    ours = UnitBudget.objects.filter(budget=part.budget, unit=part.unit, complete=not complete)
    if ours.update(complete=complete):
        counted_on(part.budget)
        act = "budget.complete_unit" if complete else "budget.reopen_unit"
        record(act, by=by, subject=f"{part.code}/{part.budget.year_id}")


def _refuse_pending(part: Part) -> None:
    sheets = PendingRow.objects.filter(**part.belonging).values_list("sheet", flat=True)
    if sheets:
        titles = "、".join(f"“{SHEETS[code].title}”" for code in dict.fromkeys(sheets))
        raise NotComplete(f"还有{len(sheets)}个未完成行（{titles}），请先填完或删除")
