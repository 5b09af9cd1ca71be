"""Amounts as tables list them, by function code too, and whether a list leaves nothing out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budget.ledger import Where, where
from budget.money import total
from budget.rules.printed import Printed, Subject
from budget.rules.telling import values_asked


def first_listed(answers: Sequence[Printed]) -> Printed | None:
    """Return the first of several answers that stands in a table, else the first in a sentence."""
    return next((each for each in answers if each.table), answers[0] if answers else None)


def by_function(subject: Subject, *questions: Where) -> dict[str, Printed]:
    """Return the filled amounts that a table prints for these questions, by function code."""
    found = {}
    for code in values_asked(subject, "function"):
        answers = subject.answering(*questions, where(function=code))
        first = next((each for each in answers if each.table), None)
        if first is not None and first.yuan:
            found[code] = first
    return found


def lists_all(subject: Subject, rows: Mapping[str, Printed], *questions: Where) -> bool:
    """True where the rows add up to the total that is printed, rounding apart.

    Where they do not, rows are missing or wrong, which sums within the table tell.
    """
    totals = subject.answering(*questions)
    if not totals:
        return False
    gap = total(each.yuan for each in rows.values()) - totals[0].yuan
    return abs(gap) <= total(each.half for each in (*rows.values(), totals[0]))
