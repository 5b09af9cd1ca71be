"""On every random book with good goals, no rule on goals has anything to say."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.edition import EDITIONS, Edition
from budget.rules.checking import check
from budget.rules.printed import Subject
from budget.rules.registry import RULES
from budget.terms import Severity
from budget.tests.judging import a_subject
from budget.tests.samples import declared
from budget.tests.strategies import FEN, HUNDRED_YUAN, REMARKS, books
from performance.tests.goals_at_hand import with_good_goals

declared()
WITH_TABLES: Final = EDITIONS["changsha-2023"]
WITH_SHEETS: Final = EDITIONS["shanghai-district-2026"]
OTHERS: Final = dict.fromkeys((code for code in RULES if not code.startswith("PRF")), Severity.OFF)
ANY_BOOK: Final = st.one_of(books(grain=HUNDRED_YUAN), books(grain=FEN))


def said(subject: Subject) -> list[str]:
    return [each.rule.code for each in check(subject, OTHERS).found]


def assert_quiet(book: BudgetBook, edition: Edition) -> None:
    subject = a_subject(with_good_goals(book), edition, remarks=REMARKS)
    assert said(subject) == []
    assert said(a_subject(subject.document, edition)) == []


@given(book=ANY_BOOK)
def test_tables_of_good_goals_are_quiet(book: BudgetBook) -> None:
    assert_quiet(book, WITH_TABLES)
    assert_quiet(book.seen_by(book.units[-1].code), WITH_TABLES)


@given(book=books(grain=FEN, plain=True))
def test_sheets_of_good_goals_are_quiet(book: BudgetBook) -> None:
    introduced = tuple(replace(each, introduced=True) for each in book.projects)
    assert_quiet(replace(book, projects=introduced), WITH_SHEETS)
