"""Cases of the rules on what a document says and how it is made up."""

from __future__ import annotations

from decimal import Decimal

from budget.document import Section
from budget.rules.printed import Subject
from budget.tests.altering import (
    resaid,
    with_sections,
    with_table,
    without_row,
)
from budget.tests.books import a_book, basic
from budget.tests.cases_of_amounts import (
    as_published,
    in_yuan,
    in_yuan_edition,
    rounded,
    rounded_and_said,
    said,
    typed,
    with_nothing,
    without_sums,
    without_tables,
    without_text,
)
from budget.tests.judging import a_subject
from budget.tests.rule_cases import Make, amounts, words
from budget.tests.samples import sample_disclosure

# ---- codes and names


def in_another_order() -> Subject:
    """Return the sample with the rows of a table upside down."""
    table = sample_disclosure().tables_by_code["spending"]
    return a_subject(with_table(sample_disclosure(), "spending", rows=table.rows[::-1]))


words("CLS005", passes=as_published, fails=in_another_order, missing=with_nothing)
words(
    "CLS006",
    passes=as_published,
    fails=typed(("spending/2010301/item", "02")),
    missing=with_nothing,
)

# ---- completeness

words(
    "CMP001",
    passes=as_published,
    fails=without_tables("government-fund-spending"),
    missing=with_nothing,
)


def without_section(key: str) -> Make:
    """Return the sample without a section."""

    def keep(section: Section) -> Section | None:
        return None if section.key == key else section

    return lambda: a_subject(with_sections(sample_disclosure(), keep))


words(
    "CMP002",
    passes=as_published,
    fails=without_section("particulars"),
    missing=without_text(),
)
words(
    "CMP003",
    passes=as_published,
    fails=lambda: a_subject(without_row(sample_disclosure(), "spending", "total")),
    missing=without_sums,
)


def spent_on(function: str) -> Make:
    """Return general public money for one function."""
    return lambda: a_subject(a_book(basic("1.00", function=function)))


words(
    "CMP004",
    passes=spent_on("2010301"),
    fails=spent_on("2030603"),  # the edition's list has no 203
    missing=without_text(
        *("summary", "revenue", "spending", "appropriation-summary", "general-public-spending"),
        *("general-public-basic", "three-publics", "government-fund-spending"),
        *("project-goals", "overall-goals"),
    ),
)

# ---- empty tables

amounts(
    "EMP001",
    passes=as_published,
    fails=typed(("government-fund-spending/empty/total", "120.00")),
    within=typed(("government-fund-spending/empty/total", "0.00")),
    beyond=typed(("government-fund-spending/empty/total", "0.01")),
    missing=with_nothing,
)


def noted(note: str) -> Make:
    """Return a document in yuan with a note under its empty table of a fund."""

    def make() -> Subject:
        document = with_table(in_yuan()().document, "state-capital-spending", note=note)
        return a_subject(document, in_yuan_edition())

    return make


words(
    "EMP002",
    passes=in_yuan(),
    fails=noted("注：本部门2023年无政府性基金预算财政拨款安排的预算，故本表为空表。"),
    missing=noted(""),
)
amounts(
    "EMP003",
    passes=as_published,
    fails=typed(("appropriation-summary/current_uses/government_fund", "120.00")),
    within=typed(("appropriation-summary/current_uses/government_fund", "0.00")),
    beyond=typed(("appropriation-summary/current_uses/government_fund", "0.01")),
    missing=without_text(),
)

# ---- heads

words(
    "HED001",
    passes=as_published,
    fails=lambda: a_subject(
        with_table(sample_disclosure(), "spending", title="2022年部门支出总体情况表")
    ),
    missing=lambda: a_subject(with_table(sample_disclosure(), "spending", subject="")),
)


# ---- what sentences say

amounts(
    "PRO001",
    passes=as_published,
    fails=said(("procurement/procurement", "12")),
    within=rounded_and_said(("procurement/procurement", "0.02")),  # four figures of 0.005 each
    beyond=said(("procurement/procurement", "0.01")),
    missing=without_text(),
)


def reserving(amount: str) -> Make:
    """Return a document that says how much of no procurement at all is reserved."""

    def make() -> Subject:
        document = in_yuan()().document
        if amount != "0.00":
            document = resaid(document, "procurement-reserved/procurement_reserved", amount)
        return a_subject(document, in_yuan_edition())

    return make


amounts(
    "PRO002",
    passes=reserving("0.00"),
    fails=reserving("12.00"),
    within=reserving("0.01"),
    beyond=reserving("0.02"),
    missing=as_published,
)
amounts(
    "EVT001",
    passes=as_published,
    fails=said(("general-expenses/meetings_basic", "5")),
    within=rounded_and_said(("general-expenses/meetings", "35.01")),
    beyond=said(("general-expenses/meetings", "35.01")),
    missing=without_text(),
)
words(
    "EVT002",
    passes=as_published,
    fails=said(("general-expenses/meetings.attendance", "0")),
    missing=without_text(),
)
amounts(
    "EVT003",
    passes=as_published,
    fails=typed(("general-public-basic/30216/total", "20.00")),
    within=rounded(("general-public-basic/30216/total", "2.01")),
    beyond=typed(("general-public-basic/30216/total", "2.01")),
    missing=without_text(),
)


def with_standard(yuan: str) -> Make:
    """Return the sample under a standard: its 400 people cost 2 万元, 50 yuan each."""

    def make() -> Subject:
        limits = {"meetings_per_head": Decimal(1000), "training_per_head": Decimal(yuan)}
        return a_subject(sample_disclosure(), thresholds=limits)

    return make


amounts(
    "EVT004",
    passes=with_standard("60"),
    fails=with_standard("30"),
    within=with_standard("50"),
    beyond=with_standard("49.99"),
    missing=as_published,
)
words(
    "VEH001",
    passes=as_published,
    fails=said(("assets/vehicles.stock", "4")),
    missing=without_text(),
)
words(
    "VEH002",
    passes=said(
        ("assets/vehicles.addition", "0"),
        ("assets/vehicles.addition.confidential_communication", "0"),
    ),
    fails=as_published,
    missing=without_text("three-publics"),
)
