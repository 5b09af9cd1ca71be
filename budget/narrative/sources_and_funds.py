"""收支预算说明 where every source and fund is named, zero or not, each against last year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.book import BudgetBook
from budget.measures.broad_revenue import ALL_OTHER_REVENUE, ALL_PUBLIC_SERVICE_REVENUE
from budget.measures.registry import Measure
from budget.measures.revenue import APPROPRIATION, BUSINESS_REVENUE
from budget.measures.spending import (
    APPROPRIATION_SPENDING,
    GENERAL_PUBLIC_SPENDING,
    GOVERNMENT_FUND_SPENDING,
    STATE_CAPITAL_SPENDING,
)
from budget.narrative.phrases import change, compared, say
from budget.narrative.registry import Phrase, Piece, Run, Voice, paragraph
from budget.remarks import Remarks

SOURCES = (
    (APPROPRIATION, "财政拨款收入"),
    (ALL_PUBLIC_SERVICE_REVENUE, "事业收入"),
    (BUSINESS_REVENUE, "事业单位经营收入"),
    (ALL_OTHER_REVENUE, "其他收入"),
)
FUNDS = (
    (GENERAL_PUBLIC_SPENDING, "一般公共预算拨款支出预算"),
    (GOVERNMENT_FUND_SPENDING, "政府性基金拨款支出预算"),
    (STATE_CAPITAL_SPENDING, "国有资本经营预算拨款支出预算"),
)


def against_last_year(code: str) -> Phrase:
    """Say how a measure moved, in amount only: 比{last year}年预算增加, 减少 or 持平."""
    return change(
        code,
        against="比{last_year}年预算",
        unchanged="与{last_year}年预算",
        with_percent=False,
    )


def named(measures: Iterable[tuple[Measure, str]]) -> Iterator[Piece]:
    """Name each measure with its amount and how it moved, zero or not."""
    for place, (measure, label) in enumerate(measures):
        yield from ("；" if place else "", label, say(measure.code))
        yield from ("，", against_last_year(measure.code))


@paragraph("revenue-by-source")
def revenue_by_source(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say income in all and from each of four sources."""
    yield f"{book.year}年，{book.name}收入预算"
    yield from (say("revenue_total"), "，其中：")
    yield from named(SOURCES)
    yield "。"


@paragraph("spending-by-fund", asks={"appropriation_change": "财政拨款收入支出增减原因"})
def spending_by_fund(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say spending in all, from appropriations and from each fund, and why that moved."""
    yield "支出预算"
    yield from (say("spending_total"), "，其中：财政拨款支出预算")
    yield from (say(APPROPRIATION_SPENDING.code), "，")
    yield from (against_last_year(APPROPRIATION_SPENDING.code), "。财政拨款支出预算中，")
    yield from named(FUNDS)
    yield "。"
    yield _why


def _why(voice: Voice) -> Iterable[Run]:
    """Give the reason, under the word that fits how appropriations moved."""
    both, reason = compared(voice, "appropriation"), voice.asked("appropriation_change")
    if both and both.now != both.before and reason:
        yield from (f"财政拨款收入支出{both.direction}的主要原因是", reason, "。")
