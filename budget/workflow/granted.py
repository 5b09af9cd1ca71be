"""What was granted, beside what is asked for now; and what a copy of a budget begins with."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from budget.load.granting import WHAT, Granted, estimate_row, every_grant, line_row, told
from budget.models import DepartmentBudget, GrantedAmount, RevenueLine, SpendingLine

Place = tuple[int, str]
"""A row: the key of its unit, and the row's name (`budget.load.granting`)."""


class Asked(NamedTuple):
    """What is asked for in a row: yuan, and for what."""

    amount: Decimal
    what: str = ""


def asked_for(budget: DepartmentBudget) -> Mapping[Place, Asked]:
    """Return what is asked for by row: spending and expected revenue."""
    lines = SpendingLine.objects.filter(budget=budget).values_list(
        "unit_id", "sequence", "amount", *WHAT
    )
    estimates = RevenueLine.objects.filter(budget=budget)
    expected: Any = estimates.values_list("unit_id", "source", "carried_over", "amount")
    return {
        **{
            (unit, line_row(sequence)): Asked(amount, told(*what))
            for unit, sequence, amount, *what in lines
        },
        **{
            (unit, estimate_row(source, carried_over)): Asked(amount)
            for unit, source, carried_over, amount in expected
        },
    }


def lapsed(budget: DepartmentBudget) -> list[GrantedAmount]:
    """Return what was granted of amounts that have changed since, or are for another now.

    What was granted of a row that is gone is not among them: it changes nothing, and nobody could
    take it back.
    """
    asked = asked_for(budget)
    found = GrantedAmount.objects.filter(budget=budget).select_related("unit", "by__account")
    there = (each for each in found if (each.unit_id, each.row) in asked)
    return [
        each for each in there if asked[each.unit_id, each.row] != Asked(each.requested, each.what)
    ]


def begin_with_granted(original: DepartmentBudget, copy: DepartmentBudget) -> int:
    """Let a copy begin with what stands in the original: granted amounts become its own.

    Returns how many rows that were.
    """
    granted = every_grant(original)
    asked = asked_for(copy)
    lines = [
        line
        for line in SpendingLine.objects.filter(budget=copy)
        if _begins(line, (line.unit_id, line_row(line.sequence)), granted, asked)
    ]
    estimates = [
        each
        for each in RevenueLine.objects.filter(budget=copy)
        if _begins(
            each, (each.unit_id, estimate_row(each.source, each.carried_over)), granted, asked
        )
    ]
    SpendingLine.objects.bulk_update(lines, ["amount"], batch_size=500)
    RevenueLine.objects.bulk_update(estimates, ["amount"], batch_size=500)
    return len(lines) + len(estimates)


def _begins(
    row: SpendingLine | RevenueLine, place: Place, granted: Granted, asked: Mapping[Place, Asked]
) -> bool:
    """Give a row of a copy what was granted of it; return whether there was anything."""
    found = granted.by_row.get(place)
    if found is None or Asked(found.requested, found.what) != asked.get(place):
        return False
    row.amount = found.amount
    return True
