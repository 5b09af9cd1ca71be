"""Which amount of a row counts: the one that was asked for, or the one that the bureau granted.

Here alone it is decided. Until the department has sent its budget off, everybody sees what was
asked for; from then on, what stands: 核定数 where there is one. A grant holds for the very amount
that was judged and for what it was asked: where the department has asked for another since, or has
put something else in its row, it grants nothing any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, NamedTuple, TypedDict

from budget.lines import Line
from budget.models import DepartmentBudget, GrantedAmount
from budget.terms import Source, State, Term

WITH_DEPARTMENT: Final = frozenset({State.OPEN, State.DRAFT, State.SUBMITTED})
"""The states in which nothing but what was asked for counts."""


class Amounts(TypedDict):
    """The amount of a row that counts; ``requested`` is the other one, where there are two."""

    amount: Decimal
    requested: Decimal | None


class Judged(NamedTuple):
    """What was judged, what was granted of it, both in yuan, and what it was for."""

    requested: Decimal
    amount: Decimal
    what: str


@dataclass(frozen=True, slots=True)
class Granted:
    """What was granted, by the key of a unit and the name of its row."""

    by_row: Mapping[tuple[int, str], Judged] = field(default_factory=dict)

    def of(self, unit: int, row: str, asked: Decimal, *what: object) -> Amounts:
        """Return what counts of a row for which so much is asked now; ``what`` as in ``told``."""
        stands = self.stands(unit, row, asked, *what)
        if stands is None:
            return {"amount": asked, "requested": None}
        return {"amount": stands, "requested": asked}

    def stands(self, unit: int, row: str, asked: Decimal, *what: object) -> Decimal | None:
        """Return what was granted of a row as it is now, None where nothing was."""
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


def told_of(line: Line) -> str:
    """Return the same of a line of a book."""
    return told(
        *(line.nature, line.upkeep, line.function, line.economic, line.project, line.source),
        *(line.carried_over, line.allotment, line.paid_to, line.received_from),
    )


def _word(value: object) -> str:
    if isinstance(value, Term):
        return str(value.value)
    if isinstance(value, bool):
        return str(int(value))
    return "" if value is None else str(value)


def line_row(sequence: int) -> str:
    """Return the name of a line among the rows of its unit."""
    return f"line:{sequence}"


def estimate_row(source: Source, carried_over: bool) -> str:
    """Return the name of an estimate among the rows of its unit."""
    return f"estimate:{source.value}:{int(carried_over)}"
