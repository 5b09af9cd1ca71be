"""A stored budget before the rules: loaded, composed, checked with what is in force.

The one bridge between what is stored and the pure rules; commands and pages only show its outcome.
"""

from __future__ import annotations

from dataclasses import dataclass

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure
from budget.edition import EDITIONS, Edition
from budget.load import find_budget, is_unit_code, one_moment, read_book, read_remarks
from budget.load.judging import read_answers, read_settings
from budget.models import DepartmentBudget
from budget.remarks import Remarks
from budget.rules.answers import Answer
from budget.rules.checking import Report, check
from budget.rules.printed import Subject, exactness
from budget.rules.settings import Settings


@dataclass(frozen=True)
class Judged:
    """A document with what the rules say of it, the settings in force and what was answered."""

    document: Disclosure
    report: Report
    settings: Settings
    answers: tuple[Answer, ...] = ()


def judge(code: str, year: int, edition: str | None = None) -> Judged:
    """Return the verdict on a department's or a unit's draft, all of it as of one moment.

    Without an edition the year's is taken. Raises UnknownDepartment, UnknownUnit, UnknownYear,
    UnknownDeclaration for an edition that there is not, and what composing raises.
    """
    unit = code if is_unit_code(code) else None
    with one_moment():
        budget = find_budget(code, year)
        book, remarks = read_book(budget), read_remarks(budget)
        own, answers = read_settings(year), read_answers(budget, unit)
    if unit:
        book, remarks = book.seen_by(unit), remarks.seen_by(unit)
    used = EDITIONS[edition or budget.year.edition]
    return _judged(book, remarks, used, own, answers)


def settings_in_force(budget: DepartmentBudget, edition: Edition) -> dict[str, str]:
    """Return the settings of a budget's year as they are frozen with a snapshot."""
    return read_settings(budget.year_id).in_force(edition).frozen()


def _judged(
    book: BudgetBook,
    remarks: Remarks,
    edition: Edition,
    own: Settings,
    answers: tuple[Answer, ...],
) -> Judged:
    document = compose(book, remarks, edition)
    settings = own.in_force(edition)
    subject = Subject(
        document,
        edition,
        exactness(document, edition),
        book=book,
        remarks=remarks,
        thresholds=settings.thresholds,
    )
    return Judged(document, check(subject, settings.severities), settings, answers)
