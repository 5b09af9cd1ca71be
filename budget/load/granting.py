"""Which amount of a row counts: the one that was asked for, or the one that the bureau granted.

Here alone it is decided. Until the department has sent its budget off, everybody sees what was
asked for; from then on, what stands: 核定数 where there is one. A grant holds for the very amount
that was judged and for what it was asked: where the department has asked for another since, or has
put something else in its row, it grants nothing any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, NamedTuple, TypeVar

from budget.lines import Line, RevenueEstimate
from budget.models import DepartmentBudget, GrantedAmount
from budget.terms import Source, State, Term

WITH_DEPARTMENT: Final = frozenset({State.OPEN, State.DRAFT, State.SUBMITTED})
"""The states in which nothing but what was asked for counts."""


Asked = TypeVar("Asked", Line, RevenueEstimate)


class Judged(NamedTuple):
    """What was judged, what was granted of it, both in yuan, and what it was for."""

    requested: Decimal
    amount: Decimal
    what: str


@dataclass(frozen=True, slots=True)
class Granted:
    """What was granted, by the key of a unit and the name of its row."""

    by_row: Mapping[tuple[int, str], Judged] = field(default_factory=dict)

    def of(self, unit: int, asked: Asked) -> Asked:
        """Return a row of a unit, given by its key, as it counts: with what was granted of it."""
        stands = self.stands(unit, row_of(asked), asked.amount, *what_of(asked))
        return asked if stands is None else replace(asked, amount=stands, requested=asked.amount)

    def stands(self, unit: int, row: str, asked: Decimal, *what: object) -> Decimal | None:
        """Return what was granted of a row as it is now, None where nothing was.

        ``what`` are the values of ``WHAT``.
        """
        found = self.by_row.get((unit, row))
        if found is None or (found.requested, found.what) != (asked, told(*what)):
            return None
        return found.amount


def read_granted(budget: DepartmentBudget) -> Granted:
    """Return what counts as granted in a budget now: nothing while it is with the department."""
    if budget.state in WITH_DEPARTMENT:
        return Granted()
    return every_grant(budget)


def every_grant(budget: DepartmentBudget) -> Granted:
    """Return all that was granted in a budget, whatever its state."""
    return grants_of([budget.pk])


def grants_of(budgets: Collection[int]) -> Granted:
    """Return all that was granted in budgets of one year and different departments, by keys."""
    stored = GrantedAmount.objects.filter(budget__in=budgets).order_by()
    rows = stored.values_list("unit_id", "row", "requested", "amount", "what")
    return Granted({(unit, row): Judged(*judged) for unit, row, *judged in rows})


WHAT: Final = (
    *("nature", "upkeep", "function", "economic", "project__code", "source", "carried_over"),
    *("allotment", "paid_to__code", "received_from__code"),
)
"""The fields of a stored line that say what it is for, by their look-ups from a line."""


def told(*what: object) -> str:
    """Return as one text what a line is for: its values in the order of ``WHAT``.

    An estimate is told by the name of its row; of it there is nothing to add.
    """
    return "|".join(map(_word, what))


def what_of(row: Line | RevenueEstimate) -> tuple[object, ...]:
    """Return the values of ``WHAT`` of a row of a book; of an estimate there are none."""
    if isinstance(row, RevenueEstimate):
        return ()
    return (
        *(row.nature, row.upkeep, row.function, row.economic, row.project, row.source),
        *(row.carried_over, row.allotment, row.paid_to, row.received_from),
    )


def told_of(row: Line | RevenueEstimate) -> str:
    """Return as one text what a row of a book is for."""
    return told(*what_of(row))


def _word(value: object) -> str:
    if isinstance(value, Term):
        return str(value.value)
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)


def row_of(row: Line | RevenueEstimate) -> str:
    """Return the name of a row of a book among the rows of its unit."""
    if isinstance(row, Line):
        return line_row(row.sequence)
    return estimate_row(row.source, row.carried_over)


def line_row(sequence: int) -> str:
    """Return the name of a line among the rows of its unit."""
    return f"line:{sequence}"


def estimate_row(source: Source, carried_over: bool) -> str:
    """Return the name of an estimate among the rows of its unit."""
    return f"estimate:{source.value}:{int(carried_over)}"
