"""Which amount of a row counts: the one that was asked for, or the one that the bureau granted.

Here alone it is decided. Until the department has sent its budget off, everybody sees what was
asked for; from then on, what stands: 核定数 where there is one. A grant holds for the very amount
that was judged: where the department has asked for another since, it grants nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypedDict

from budget.models import DepartmentBudget, GrantedAmount
from budget.terms import Source, State

WITH_DEPARTMENT: Final = frozenset({State.OPEN, State.DRAFT, State.SUBMITTED})
"""The states in which nothing but what was asked for counts."""


class Amounts(TypedDict):
    """The amount of a row that counts; ``requested`` is the other one, where there are two."""

    amount: Decimal
    requested: Decimal | None


@dataclass(frozen=True, slots=True)
class Granted:
    """What was granted, by the key of a unit and the name of its row: requested and granted."""

    by_row: Mapping[tuple[int, str], tuple[Decimal, Decimal]] = field(default_factory=dict)

    def of(self, unit: int, row: str, asked: Decimal) -> Amounts:
        """Return what counts of a row for which so much is asked now."""
        requested, granted = self.by_row.get((unit, row), (None, asked))
        if requested != asked:
            return {"amount": asked, "requested": None}
        return {"amount": granted, "requested": asked}


def read_granted(budget: DepartmentBudget) -> Granted:
    """Return what counts as granted in a budget now: nothing while it is with the department."""
    if budget.state in WITH_DEPARTMENT:
        return Granted()
    return every_grant(budget)


def every_grant(budget: DepartmentBudget) -> Granted:
    """Return all that was granted in a budget, whatever its state."""
    stored = GrantedAmount.objects.filter(budget=budget).order_by()
    rows = stored.values_list("unit_id", "row", "requested", "amount")
    return Granted({(unit, row): (requested, amount) for unit, row, requested, amount in rows})


def line_row(sequence: int) -> str:
    """Return the name of a line among the rows of its unit."""
    return f"line:{sequence}"


def estimate_row(source: Source, carried_over: bool) -> str:
    """Return the name of an estimate among the rows of its unit."""
    return f"estimate:{source.value}:{int(carried_over)}"
