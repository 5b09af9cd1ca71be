"""The name under which goals are part of a budget book, and how to get them out of one."""

from __future__ import annotations

from budget.book import BudgetBook
from performance.goals import Goals

GOALS = "goals"


def goals_of(book: BudgetBook) -> Goals:
    """Return the book's goals; none when the book was made without the part."""
    return book.part(Goals, GOALS) if GOALS in book.parts else Goals()
