"""What the rules say of a document, for tests.

A document alone is judged as one that others made; a book is composed first and judged with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure
from budget.edition import EDITIONS, Edition
from budget.remarks import Remarks
from budget.rules.checking import Report, check
from budget.rules.finding import Finding
from budget.rules.printed import Subject, exactness
from budget.rules.registry import RULES
from budget.terms import Severity
from budget.tests.samples import declared, sample_edition

NO_REMARKS = Remarks()


def a_subject(
    given: BudgetBook | Disclosure,
    edition: Edition | None = None,
    *,
    remarks: Remarks = NO_REMARKS,
    document: Disclosure | None = None,
    thresholds: Mapping[str, Decimal] | None = None,
) -> Subject:
    """Return a document, or a book and what it says, ready to be checked.

    ``document`` is what is printed of a book, where that is not what the book says.
    """
    declared()
    book = given if isinstance(given, BudgetBook) else None
    if isinstance(given, Disclosure):
        edition = edition or EDITIONS[given.edition]
        document = given
    edition = edition or sample_edition()
    document = document or compose(_book(given), remarks, edition)
    return Subject(
        document,
        edition,
        exactness(document, edition),
        book,
        None if book is None else remarks,
        thresholds or {},
    )


def _book(given: BudgetBook | Disclosure) -> BudgetBook:
    assert isinstance(given, BudgetBook)
    return given


def report_of(given: BudgetBook | Disclosure, edition: Edition | None = None, /) -> Report:
    """Return the report on a document or a book, all rules as they are by default."""
    return check(a_subject(given, edition))


def alone(code: str, subject: Subject) -> Report:
    """Return the report of one rule, however grave it is; all others are off."""
    return check(subject, {**dict.fromkeys(RULES, Severity.OFF), code: Severity.ERROR})


def found(
    code: str, given: BudgetBook | Disclosure | Subject, edition: Edition | None = None, /
) -> list[Finding]:
    """Return what one rule finds in a document or a book."""
    subject = given if isinstance(given, Subject) else a_subject(given, edition)
    return [each.finding for each in alone(code, subject).found]


def unchecked(
    code: str, given: BudgetBook | Disclosure | Subject, edition: Edition | None = None, /
) -> list[str]:
    """Return why one rule could not be checked; nothing where it could."""
    subject = given if isinstance(given, Subject) else a_subject(given, edition)
    return [each.reason for each in alone(code, subject).unchecked]


def switched(edition: Edition, **switches: bool) -> Edition:
    """Return an edition with other switches."""
    return replace(edition, switches={**edition.switches, **switches})
