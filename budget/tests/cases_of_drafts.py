"""Cases of the rules on what a draft lacks."""

from __future__ import annotations

from budget.book import BudgetBook
from budget.drafting import draft
from budget.edition import EDITIONS
from budget.remarks import Remarks
from budget.rules.printed import Subject
from budget.terms import Nature, Source
from budget.tests.books import a_book, basic, other_use, project
from budget.tests.cases_of_amounts import as_published, without_text
from budget.tests.judging import a_subject
from budget.tests.rule_cases import Make, words
from budget.tests.samples import declared, sample_book

NO_CARRYOVER = "shanghai-district-2026"
"""An edition whose tables have no place for what is carried over."""


def a_draft(book: BudgetBook, edition: str, **remarks: str) -> Subject:
    """Return the draft of a book, ready to be checked."""
    declared()
    used = EDITIONS[edition]
    return a_subject(book, used, document=draft(book, Remarks(remarks), used))


def with_a_use(nature: Nature) -> Make:
    """Return the draft of 60.00 of basic spending and 5.00 of own funds used otherwise."""
    lines = basic("60"), other_use("5", nature, Source.OTHER)
    return lambda: a_draft(a_book(*lines), NO_CARRYOVER)


words(
    "DRF001",
    passes=as_published,
    fails=lambda: a_draft(a_book(project("40")), "changsha-2023", mandate="联络"),
    missing=without_text(),
)
words(
    "DRF002",
    passes=lambda: a_subject(sample_book()),
    fails=with_a_use(Nature.CARRYOVER_OUT),
    missing=as_published,
)
