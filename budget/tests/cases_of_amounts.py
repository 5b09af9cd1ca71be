"""Cases of the rules on amounts: sums, balances, agreement, limits and usual shares.

The sample prints exactly, so that a cent of a unit (0.01 万元) is the least difference; a rounded
document may differ by half a printed unit on each side (0.005 + 0.005 万元) and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from budget.document import Disclosure
from budget.edition import EDITIONS, Edition
from budget.rules.printed import Subject
from budget.tests.altering import (
    multiplied,
    resaid,
    retyped,
    with_sections,
    with_table,
    without_table,
)
from budget.tests.books import CATALOGUE, a_book, basic, project
from budget.tests.judging import a_subject, switched
from budget.tests.rule_cases import Make, amounts
from budget.tests.samples import declared, sample_disclosure, sample_edition

Change = Callable[[Disclosure], Disclosure]


def in_yuan_edition() -> Edition:
    """Return an edition whose tables are in yuan and whose sentences are in 万元."""
    declared()
    return EDITIONS["shanghai-district-2026"]


def as_published() -> Subject:
    """Return the sample, without its book."""
    return a_subject(sample_disclosure())


def typed(*cells: tuple[str, str]) -> Make:
    """Return the sample with cells of tables typed anew."""
    return lambda: a_subject(_typed(cells))


def _typed(cells: tuple[tuple[str, str], ...]) -> Disclosure:
    document = sample_disclosure()
    for address, text in cells:
        document = retyped(document, address, text)
    return document


def times(table: str, factor: str) -> Make:
    """Return the sample with all amounts of a table multiplied."""
    return lambda: a_subject(multiplied(sample_disclosure(), table, factor))


def rounded(*cells: tuple[str, str]) -> Make:
    """Return the same as a document whose figures were rounded."""
    return lambda: replace(a_subject(_typed(cells)), is_exact=False)


def said(*figures: tuple[str, str]) -> Make:
    """Return the sample with figures of sentences said anew."""

    def make() -> Subject:
        document = sample_disclosure()
        for address, text in figures:
            document = resaid(document, address, text)
        return a_subject(document)

    return make


def rounded_and_said(*figures: tuple[str, str]) -> Make:
    """Return the same as a document whose figures were rounded."""
    return lambda: replace(said(*figures)(), is_exact=False)


def without_tables(*codes: str) -> Make:
    """Return the sample without some tables, without any where none is named."""

    def make() -> Subject:
        document = sample_disclosure()
        for code in codes or tuple(document.tables_by_code):
            document = without_table(document, code)
        return a_subject(document)

    return make


def without_text(*codes: str) -> Make:
    """Return the sample without sentences and without some tables."""
    return lambda: a_subject(with_sections(without_tables(*codes)().document, lambda _: None))


def with_nothing() -> Subject:
    """Return a document without tables and text."""
    document = with_sections(sample_disclosure(), lambda _: None)
    return a_subject(replace(document, parts=tuple(replace(p, tables=()) for p in document.parts)))


def without_sums() -> Subject:
    """Return the sample with no table that says how it adds up."""
    document = sample_disclosure()
    for code in document.tables_by_code:
        document = with_table(document, code, footings=())
    return a_subject(document)


# ---- sums within a table: 1,561.09 = 656.38 + 904.71 + 0

amounts(
    "FOT001",
    passes=as_published,
    fails=typed(("spending/2010301/basic", "656.83")),
    within=rounded(("spending/2010301/basic", "656.39")),  # 0.01 <= 6 x 0.005
    beyond=typed(("spending/2010301/basic", "656.39")),
    missing=without_sums,
)
amounts(
    "FOT002",
    passes=as_published,
    fails=typed(("general-public-basic/302/total", "87.49")),
    within=rounded(("spending/20103/basic", "656.39")),
    beyond=typed(("general-public-basic/302/total", "78.50")),
    missing=without_sums,
)

# ---- balances

amounts(
    "BAL001",
    passes=as_published,
    fails=typed(("summary/revenue_total/revenue", "1,651.09")),
    within=rounded(("summary/revenue_total/revenue", "1,561.10")),
    beyond=typed(("summary/revenue_total/revenue", "1,561.10")),
    missing=with_nothing,
)
amounts(
    "BAL002",
    passes=as_published,
    fails=typed(("appropriation-summary/appropriation_uses/total", "904.71")),
    within=rounded(("appropriation-summary/appropriation_uses/total", "1,561.08")),
    beyond=typed(("appropriation-summary/appropriation_uses/total", "1,561.08")),
    missing=without_text("appropriation-summary"),
)
amounts(
    "BAL003",
    passes=as_published,
    fails=typed(("revenue/2010301/total", "656.83")),
    within=rounded(("revenue/2010301/total", "656.37")),
    beyond=typed(("revenue/2010301/total", "656.37")),
    missing=without_tables("revenue"),
)


def in_yuan(*cells: tuple[str, str]) -> Make:
    """Return a document in yuan whose sentences are in 万元, without its book."""

    def make() -> Subject:
        document = a_subject(a_book(basic("6.00"), project("4.00")), in_yuan_edition()).document
        for address, text in cells:
            document = retyped(document, address, text)
        return a_subject(document, in_yuan_edition())

    return make


# 6.00 万元 in the sentence stands for 60,000 yuan give or take 50.
amounts(
    "BAL004",
    passes=in_yuan(),
    fails=in_yuan(("revenue-by-source/2010301/appropriation", "66,000")),
    within=in_yuan(("revenue-by-source/2010301/appropriation", "60,050")),
    beyond=in_yuan(("revenue-by-source/2010301/appropriation", "60,051")),
    missing=as_published,
)

# ---- agreement

amounts(
    "AGR001",
    passes=as_published,
    fails=typed(("summary/basic_spending/spending", "656.83")),
    within=rounded(("summary/basic_spending/spending", "656.39")),
    beyond=typed(("summary/basic_spending/spending", "656.39")),
    missing=with_nothing,
)
amounts(
    "AGR002",
    passes=as_published,
    fails=said(("revenue-budget/revenue_total", "1651.09")),
    within=rounded_and_said(("revenue-budget/revenue_total", "1561.10")),
    beyond=said(("revenue-budget/revenue_total", "1561.10")),
    missing=without_text(),
)
amounts(
    "AGR003",
    passes=as_published,
    fails=times("spending", "10000"),
    within=rounded(("summary/basic_spending/spending", "656.39")),
    beyond=times("spending", "1.01"),
    missing=with_nothing,
)

# ---- limits

amounts(
    "PLA001",
    passes=as_published,
    fails=typed(("spending/2010302/project", "-904.71")),
    within=typed(("spending/2010302/project", "0.00")),
    beyond=typed(("spending/2010302/project", "-0.01")),
    missing=with_nothing,
)
amounts(
    "PLA002",
    passes=as_published,
    fails=typed(("revenue/2010301/regular_appropriation", "700.00")),
    within=rounded(("revenue/2010301/regular_appropriation", "656.39")),
    beyond=typed(("revenue/2010301/regular_appropriation", "656.39")),
    missing=without_tables("revenue"),
)
amounts(
    "PLA003",
    passes=as_published,
    fails=typed(("general-public-spending/2010302/project", "940.71")),
    within=rounded(("general-public-spending/2010302/project", "904.72")),
    beyond=typed(("general-public-spending/2010302/project", "904.70")),
    missing=without_tables("spending"),
)


# 35.09 x 60 % = 21.054: 21.05 is within the band, 21.06 (60.02 %) beyond it.
amounts(
    "PLA004",
    passes=typed(
        ("general-public-basic/30109/total", "17.50"),
        ("general-public-basic/30111/total", "12.00"),
    ),
    fails=as_published,
    within=typed(
        ("general-public-basic/30109/total", "21.05"),
        ("general-public-basic/30111/total", "12.03"),
    ),
    beyond=typed(
        ("general-public-basic/30109/total", "21.06"),
        ("general-public-basic/30111/total", "12.03"),
    ),
    missing=without_tables("general-public-basic"),
)
amounts(
    "PLA005",
    passes=as_published,
    fails=said(("agency-operating-costs/agency_operating_costs", "87.49")),
    within=rounded_and_said(("agency-operating-costs/agency_operating_costs", "78.50")),
    beyond=said(("agency-operating-costs/agency_operating_costs", "78.50")),
    missing=without_text(),
)
amounts(
    "TPB001",
    passes=as_published,
    fails=typed(("general-public-basic/30217/total", "6.16")),
    within=rounded(("general-public-basic/30217/total", "1.67")),
    beyond=typed(("general-public-basic/30217/total", "1.67")),
    missing=without_tables("general-public-basic"),
)

# ---- economic classes: 99 out of 100.00 of 301 at 20 %


def wages(other: str, rest: str, **changes: Any) -> Make:
    """Return wages, so much of them under the code of 其他."""
    names = {**CATALOGUE.economic, "30199": "其他工资福利支出", "30107": "绩效工资"}
    names["30239"] = "其他交通费用"
    catalogue = replace(CATALOGUE, economic=names)
    return lambda: a_subject(
        a_book(basic(other, economic="30199"), basic(rest, **changes), catalogue=catalogue)
    )


amounts(
    "ECO003",
    passes=wages("10.00", "90.00"),
    fails=wages("30.00", "70.00"),
    within=wages("20.00", "80.00"),
    beyond=wages("20.01", "79.99"),
    missing=without_tables("general-public-basic"),
)


def with_contributions(bought: str, paid: str) -> Make:
    """Return pension contributions by economic code, and what stands in their function."""
    economic = {**CATALOGUE.economic, "30108": "机关事业单位基本养老保险缴费"}
    function = {
        **CATALOGUE.function,
        "20805": "行政事业单位养老支出",
        "2080505": "机关事业单位基本养老保险缴费支出",
    }

    def make() -> Subject:
        book = a_book(
            basic(bought, economic="30108"),
            basic(paid, function="2080505"),
            catalogue=replace(CATALOGUE, economic=economic, function=function),
        )
        edition = switched(sample_edition(), social_insurance_by_function=True)
        return a_subject(book, edition)

    return make


def without_contributions() -> Subject:
    document = without_tables("general-public-basic", "general-public-spending")().document
    document = with_sections(document, lambda _: None)
    return a_subject(document, switched(sample_edition(), social_insurance_by_function=True))


amounts(
    "ECO002",
    passes=with_contributions("35.09", "35.09"),
    fails=with_contributions("35.09", "53.09"),
    within=lambda: replace(with_contributions("35.09", "35.10")(), is_exact=False),
    beyond=with_contributions("35.09", "35.10"),
    missing=without_contributions,
)
