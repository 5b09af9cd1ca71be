"""From the database to a frozen book: the only bridge between the two.

A budget is read in a fixed number of queries however large it is, as of one moment, and without
making model instances of its lines. Other packages add their part with ``@loads``; theirs is
called with the same budget inside the same moment.
"""

from __future__ import annotations

from budget.book import BudgetBook
from budget.load.finding import (
    UnknownDepartment,
    UnknownYear,
    find_budget,
    is_unit_code,
    one_moment,
)
from budget.load.parts import LOADERS, loads
from budget.load.reading import Whole, read_book, read_remarks, read_whole
from budget.remarks import Remarks
from budget.terms import Round

__all__ = [
    "LOADERS",
    "UnknownDepartment",
    "UnknownYear",
    "Whole",
    "find_budget",
    "is_unit_code",
    "load_book",
    "load_remarks",
    "loads",
    "one_moment",
    "read_book",
    "read_remarks",
    "read_whole",
]


def load_book(
    code: str, year: int, *, round: Round = Round.SECOND_SUBMISSION, version: int | None = None
) -> BudgetBook:
    """Return a department's book (code 157), or the same seen by one of its units (157001).

    Without a version it is the latest. Raises UnknownDepartment, UnknownYear and UnknownUnit.
    """
    with one_moment():
        book = read_book(find_budget(code, year, round=round, version=version))
    return book.seen_by(code) if is_unit_code(code) else book


def load_remarks(
    code: str, year: int, *, round: Round = Round.SECOND_SUBMISSION, version: int | None = None
) -> Remarks:
    """Return the remarks of a department, or of one of its units.

    Raises UnknownDepartment, UnknownYear and UnknownUnit.
    """
    with one_moment():
        remarks = read_remarks(find_budget(code, year, round=round, version=version))
    return remarks.seen_by(code) if is_unit_code(code) else remarks
