"""On every random book: nothing is wrong with what is made of it, and one wrong amount is told.

The books know nothing of goals of performance and of reasons that fit, so that only the rules on
amounts, codes and forms speak here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from budget.book import BudgetBook
from budget.document import Disclosure
from budget.edition import EDITIONS, Edition
from budget.money import written
from budget.rules.checking import Found, check
from budget.rules.printed import Printed, Subject
from budget.rules.registry import RULES
from budget.terms import Severity
from budget.tests.altering import retyped
from budget.tests.judging import a_subject
from budget.tests.samples import declared
from budget.tests.strategies import FEN, HUNDRED_YUAN, REMARKS, books

pytestmark = pytest.mark.long

declared()
FULL: Final = [EDITIONS[code] for code in ("changsha-2023", "national-2016")]
"""Editions that can show whatever a book holds."""
PLAIN: Final = EDITIONS["shanghai-district-2026"]
GOALS: Final = dict.fromkeys((code for code in RULES if code.startswith("PRF")), Severity.OFF)
ANY_BOOK: Final = st.one_of(books(grain=HUNDRED_YUAN), books(grain=FEN))


def errors(subject: Subject) -> list[Found]:
    return [each for each in check(subject, GOALS).found if each.severity is Severity.ERROR]


def assert_clean(book: BudgetBook, edition: Edition) -> None:
    subject = a_subject(book, edition, remarks=REMARKS)
    assert errors(subject) == []
    assert errors(a_subject(subject.document, edition)) == []


@pytest.mark.parametrize("edition", FULL, ids=lambda edition: edition.code)
@given(book=ANY_BOOK)
def test_a_department_s_document_has_no_error(edition: Edition, book: BudgetBook) -> None:
    assert_clean(book, edition)


@pytest.mark.parametrize("edition", FULL, ids=lambda edition: edition.code)
@given(book=ANY_BOOK)
def test_a_unit_s_document_has_no_error(edition: Edition, book: BudgetBook) -> None:
    assert_clean(book.seen_by(book.units[-1].code), edition)


@given(book=books(grain=FEN, plain=True))
def test_a_document_in_yuan_has_no_error(book: BudgetBook) -> None:
    assert_clean(book, PLAIN)
    assert_clean(book.seen_by(book.units[0].code), PLAIN)


def bound(subject: Subject) -> list[Printed]:
    """Return the amounts of tables that a sum or another place binds."""
    counts: dict[str, int] = {}
    for table in subject.document.tables:
        for footing in table.footings:
            for address in (footing.total, *footing.items):
                counts[address] = counts.get(address, 0) + 1
    for answers in subject.answers.values():
        for each in answers if len(answers) > 1 else ():
            counts[each.address] = counts.get(each.address, 0) + 1
    return [each for each in subject.figures.values() if each.table and each.address in counts]


def changed(document: Disclosure, printed: Printed, by: Decimal) -> Disclosure:
    """Return a document in which an amount is another, by so many of its units."""
    now = Decimal(printed.text.replace(",", "") or "0.00") + by
    return retyped(document, printed.address, written(now, grouped=True))


@pytest.mark.parametrize("edition", FULL, ids=lambda edition: edition.code)
@given(data=st.data())
def test_one_wrong_amount_is_one_finding_at_its_place(
    edition: Edition, data: st.DataObject
) -> None:
    book = data.draw(books(grain=HUNDRED_YUAN))
    document = a_subject(book, edition, remarks=REMARKS).document
    candidates = bound(a_subject(document, edition))
    assume(candidates)
    printed = data.draw(st.sampled_from(candidates))
    by = data.draw(st.integers(1, 10**7).map(lambda cents: Decimal(cents).scaleb(-2)))
    [found] = errors(a_subject(changed(document, printed, by), edition))
    # It may also be a neighbour's fault, where both stand in the same sums.
    assert printed.address in found.finding.where


@given(data=st.data())
def test_a_wrong_amount_is_found_where_print_rounds(data: st.DataObject) -> None:
    book = data.draw(books(grain=FEN))
    subject = a_subject(book, FULL[0], remarks=REMARKS)
    loose = replace(a_subject(subject.document, FULL[0]), is_exact=False)
    candidates = bound(loose)
    assume(candidates)
    printed = data.draw(st.sampled_from(candidates))
    # Even the longest sum has fewer than 200 items, whose halves are 200 x 0.005 = 1.00.
    document = changed(subject.document, printed, Decimal("1.01"))
    found = errors(replace(loose, document=document))
    assert any(printed.address in each.finding.where for each in found)
