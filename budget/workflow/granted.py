"""What was granted, beside what is asked for now; and what a copy of a budget begins with."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from budget.load.granting import estimate_row, every_grant, line_row
from budget.models import DepartmentBudget, GrantedAmount, RevenueLine, SpendingLine

Place = tuple[int, str]
"""A row: the key of its unit, and the row's name (`budget.load.granting`)."""


def asked_for(budget: DepartmentBudget) -> Mapping[Place, Decimal]:
    """Return what is asked for, in yuan, by row: spending and expected revenue."""
    lines = SpendingLine.objects.filter(budget=budget).values_list("unit_id", "sequence", "amount")
    estimates = RevenueLine.objects.filter(budget=budget)
    expected: Any = estimates.values_list("unit_id", "source", "carried_over", "amount")
    return {
        **{(unit, line_row(sequence)): amount for unit, sequence, amount in lines},
        **{
            (unit, estimate_row(source, carried_over)): amount
            for unit, source, carried_over, amount in expected
        },
    }


def lapsed(budget: DepartmentBudget) -> list[GrantedAmount]:
    """Return what was granted of amounts that have changed, or gone, since."""
    asked = asked_for(budget)
    found = GrantedAmount.objects.filter(budget=budget).select_related("unit", "by__account")
    return [each for each in found if asked.get((each.unit_id, each.row)) != each.requested]


def begin_with_granted(original: DepartmentBudget, copy: DepartmentBudget) -> int:
    """Let a copy begin with what stands in the original: granted amounts become its own.

    Returns how many rows that were.
    """
    granted = every_grant(original).by_row
    lines = [
        line
        for line in SpendingLine.objects.filter(budget=copy)
        if _begins(line, granted.get((line.unit_id, line_row(line.sequence))))
    ]
    estimates = [
        each
        for each in RevenueLine.objects.filter(budget=copy)
        if _begins(each, granted.get((each.unit_id, estimate_row(each.source, each.carried_over))))
    ]
    SpendingLine.objects.bulk_update(lines, ["amount"], batch_size=500)
    RevenueLine.objects.bulk_update(estimates, ["amount"], batch_size=500)
    return len(lines) + len(estimates)


def _begins(row: SpendingLine | RevenueLine, granted: tuple[Decimal, Decimal] | None) -> bool:
    """Give a row of a copy what was granted of it; return whether there was anything."""
    if granted is None or granted[0] != row.amount:
        return False
    row.amount = granted[1]
    return True
