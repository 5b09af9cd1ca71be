"""This year's measures beside last year's figures: what sentences compare, as rows."""

from __future__ import annotations

from dataclasses import dataclass

from budget.book import BudgetBook
from budget.differing.presence import Amounts
from budget.measures.registry import MEASURES


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChange(Amounts):
    """A measure last year (``before``, from ``origin``) and this year, exactly, in yuan."""

    code: str
    title: str
    origin: str


def measure_differences(book: BudgetBook) -> tuple[MeasureChange, ...]:
    """Return the measures of which last year's figure is known and another, the largest first.

    These are the figures that the narrative compares with: the book's own for its scope, else the
    sums of those that each of its units states.
    """
    found = [
        MeasureChange(
            code=code,
            title=MEASURES[code].title,
            before=figure.amount,
            after=MEASURES[code].amount(book),
            origin=figure.origin,
        )
        for code, figure in book.prior_figures.items()
        if code in MEASURES
    ]
    return tuple(
        sorted((each for each in found if each.difference), key=lambda each: -abs(each.difference))
    )
