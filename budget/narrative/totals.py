"""部门收支总体情况: all income and all uses, each against last year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.book import BudgetBook
from budget.ledger import where
from budget.measures.revenue import (
    BUSINESS_REVENUE,
    CARRYOVER_IN,
    GENERAL_PUBLIC_APPROPRIATION,
    GOVERNMENT_FUND_APPROPRIATION,
    GRANTS_FROM_SUPERIOR,
    OTHER_REVENUE_WITH_REMITTANCES,
    PUBLIC_SERVICE_REVENUE,
    SPECIAL_ACCOUNT_REVENUE,
    STATE_CAPITAL_APPROPRIATION,
)
from budget.measures.spending import CARRYOVER_OUT, SURPLUS_DISTRIBUTION
from budget.narrative.phrases import (
    Item,
    asks,
    because,
    change,
    itemise,
    of_measures,
    own,
    say,
)
from budget.narrative.registry import Piece, Run, Voice, paragraph
from budget.questions import SPENT_THIS_YEAR
from budget.remarks import Remarks

SOURCES = (
    GENERAL_PUBLIC_APPROPRIATION,
    GOVERNMENT_FUND_APPROPRIATION,
    STATE_CAPITAL_APPROPRIATION,
    SPECIAL_ACCOUNT_REVENUE,
    BUSINESS_REVENUE,
    GRANTS_FROM_SUPERIOR,
    OTHER_REVENUE_WITH_REMITTANCES,
    PUBLIC_SERVICE_REVENUE,
    CARRYOVER_IN,
)
"""Appropriations by fund, then the other sources in the order of the summary table."""


@paragraph("revenue-budget", asks={"revenue_change": "收入增减原因"})
def revenue_budget(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what is expected to come in, from where, and how that moved."""
    yield "包括一般公共预算、政府性基金、国有资本经营预算等财政拨款收入，"
    yield "以及经营收入、事业收入等单位资金。"
    yield f"{book.year}年"
    yield from (own, "收入预算", say("revenue_total"))
    if book.lines:
        yield from ("，其中，", of_measures(SOURCES))
    yield from (
        "。收入",
        change("revenue_total"),
        "。",
        because("revenue_change", of="revenue_total"),
    )


@paragraph("spending-budget", asks={"spending_change": "支出增减原因"})
def spending_budget(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what it will be used for, by 类, and how that moved."""
    yield f"{book.year}年"
    yield from (own, "支出预算", say("spending_total"))
    if book.lines:
        yield from ("，其中：", _uses)
    yield from (
        "。支出",
        change("spending_total"),
        "。",
        because("spending_change", of="spending_total"),
    )


def _uses(voice: Voice) -> Iterable[Run]:
    """List spending by 类, then what closes the account: together all uses."""
    names = voice.book.catalogue
    items = [
        Item(
            f"spending_total.{category}",
            names.function_name(category),
            yuan,
            (SPENT_THIS_YEAR, where(category=category)),
        )
        for category, yuan in voice.book.ledger.by("category", SPENT_THIS_YEAR).items()
    ]
    closing = [
        Item(measure.code, measure.title, measure.amount(voice.book), asks(measure.code))
        for measure in (SURPLUS_DISTRIBUTION, CARRYOVER_OUT)
    ]
    return itemise([*items, *closing])(voice)
