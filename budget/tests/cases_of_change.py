"""Cases of the rules on change and shares; sentences print 万元 with two places.

Numbers are those of ``changing``: 100.00 now, 90.00 last year, 10.00 more, 11.11 %.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from budget.document import Chart, Disclosure, Paragraph, Section
from budget.rules.printed import Subject
from budget.tests.altering import resaid, with_sections
from budget.tests.books import a_book, basic, last_year, published, running
from budget.tests.changing import (
    REVENUE,
    WHY,
    a_book_with_vehicles,
    a_grown_book,
    by_item,
    executed,
    the_document,
)
from budget.tests.judging import a_subject
from budget.tests.rule_cases import Make, amounts, words

ITEM = "three-publics-by-item"
EXECUTION = "appropriation-items/execution.2010301"
SHARE = "general-public-spending/general_public_spending.205.share"


def judged(document: Disclosure, *figures: tuple[str, str]) -> Subject:
    """Return a document with figures of sentences said anew."""
    for address, text in figures:
        document = resaid(document, address, text)
    return a_subject(document)


def without_last_year() -> Subject:
    """Return a document that compares nothing."""
    return a_subject(published(a_book(basic("60"))))


def said(*figures: tuple[str, str]) -> Make:
    """Return the document of the grown book with figures said anew."""
    return lambda: judged(the_document(), *figures)


def known(before: str, told: str) -> Make:
    """Return a book of so much last year with the document of another last year."""
    return lambda: a_subject(a_grown_book(before), document=the_document(a_grown_book(told)))


def explained(revenue: str, before: str = "90") -> Make:
    """Return the document with this reason for income and a good one for uses."""

    def make() -> Subject:
        document = the_document(a_grown_book(before), revenue_change=revenue)
        return a_subject(document)

    return make


def shared(text: str = "33.33") -> Make:
    """Return 60.00 and 30.00 of 90.00 with this share of the second."""

    def make() -> Subject:
        document = published(a_book(basic("60"), basic("30", function="2050202")))
        return judged(document, *([] if text == "33.33" else [(SHARE, text)]))

    return make


def drawn(share: str) -> Make:
    """Return a document whose chart of two slices states this share first."""

    def put(block: Paragraph | Chart) -> Paragraph | Chart:
        if not isinstance(block, Chart) or len(block.slices) != 2:
            return block
        first, second = block.slices
        return replace(block, slices=(replace(first, share=Decimal(share)), second))

    def draw(section: Section) -> Section:
        return replace(section, blocks=tuple(map(put, section.blocks)))

    def make() -> Subject:
        document = published(a_book(basic("60"), basic("30", function="2050202")))
        return a_subject(with_sections(document, draw))

    return make


amounts(
    "CHG001",
    passes=said(),
    fails=said((f"{REVENUE}.direction", "减少")),
    within=lambda: a_subject(the_document(a_grown_book("90.000049"))),
    beyond=said((f"{REVENUE}.percent", "11.12")),
    missing=without_last_year,
)
words(
    "CHG002",
    passes=lambda: a_subject(the_document(a_grown_book("100"))),
    fails=lambda: judged(the_document(a_grown_book("100")), (f"{REVENUE}.direction", "增加")),
    missing=without_last_year,
)
amounts(
    "CHG003",
    passes=lambda: a_subject(by_item(a_book_with_vehicles())),
    fails=lambda: judged(
        by_item(a_book_with_vehicles()), (f"{ITEM}/vehicle_running.direction", "减少")
    ),
    # Three amounts, each of both years off by 0.005 at most in a rounded document: 0.03 in all.
    within=lambda: replace(
        judged(by_item(a_book_with_vehicles()), (f"{ITEM}/vehicle_running.change", "5.03")),
        is_exact=False,
    ),
    beyond=lambda: replace(
        judged(by_item(a_book_with_vehicles()), (f"{ITEM}/vehicle_running.change", "5.04")),
        is_exact=False,
    ),
    missing=without_last_year,
)
amounts(
    "CHG004",
    passes=known("90", "90"),
    fails=known("90", "80"),
    within=known("90.000001", "90"),
    beyond=known("90.01", "90"),
    missing=lambda: a_subject(a_book(basic("60"))),
)
amounts(
    "CHG005",
    passes=lambda: a_subject(executed()),
    fails=lambda: judged(executed(), (f"{EXECUTION}.direction", "下降")),
    within=lambda: a_subject(executed("14.630049")),
    beyond=lambda: judged(executed(), (f"{EXECUTION}.percent", "46.31")),
    missing=without_last_year,
)
amounts(
    "CHG006",
    passes=said(),
    fails=said(("spending-budget/spending_total.change", "20.00")),
    within=lambda: a_subject(
        the_document(
            a_book(
                basic("100"),
                prior=[last_year("revenue_total", "90"), last_year("spending_total", "90.000001")],
            )
        )
    ),
    beyond=said(("spending-budget/spending_total.change", "10.01")),
    missing=without_last_year,
)
amounts(
    "CHG007",
    passes=shared(),
    fails=shared("13.33"),
    within=lambda: a_subject(
        published(a_book(basic("60.000049"), basic("30", function="2050202")))
    ),
    beyond=shared("33.34"),
    missing=lambda: a_subject(published(a_book())),
)
amounts(
    "CHG008",
    passes=shared(),
    fails=drawn("76.67"),
    within=drawn("66.67"),
    beyond=drawn("66.66"),
    missing=lambda: a_subject(published(a_book())),
)
words("CHG009", passes=explained(WHY), fails=explained(""), missing=without_last_year)
amounts(
    "CHG010",
    passes=explained(WHY),
    fails=explained("工作需要"),
    within=explained("因年度工作需要", before="90.92"),  # 9.08 / 90.92 = 9.99 %
    beyond=explained("因年度工作需要", before="90.91"),  # 9.09 / 90.91 = 10.00 %
    missing=without_last_year,
)
words(
    "CHG011",
    passes=explained(WHY),
    fails=explained("压缩公务接待", before="100"),
    missing=without_last_year,
)
words("CHG012", passes=explained(WHY), fails=explained("压缩公务接待"), missing=without_last_year)
words(
    "CHG013",
    passes=lambda: a_subject(by_item(a_book_with_vehicles())),
    fails=lambda: a_subject(
        published(a_book(running("1", economic="30217"), prior=[last_year("three_publics", "2")]))
    ),
    missing=without_last_year,
)
