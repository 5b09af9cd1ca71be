"""收入预算图: what comes in, by the sources of the summary table."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.charts.registry import Share, chart
from budget.edition import Edition
from budget.measures.revenue import (
    APPROPRIATION,
    BUSINESS_REVENUE,
    CARRYOVER_IN,
    GRANTS_FROM_SUPERIOR,
    OTHER_REVENUE_WITH_REMITTANCES,
    PUBLIC_SERVICE_REVENUE,
    SPECIAL_ACCOUNT_REVENUE,
)

SOURCES = (
    APPROPRIATION,
    SPECIAL_ACCOUNT_REVENUE,
    BUSINESS_REVENUE,
    GRANTS_FROM_SUPERIOR,
    OTHER_REVENUE_WITH_REMITTANCES,
    PUBLIC_SERVICE_REVENUE,
    CARRYOVER_IN,
)


@chart("revenue")
def revenue(book: BudgetBook, edition: Edition) -> Iterator[Share]:
    """Yield each source with its amount."""
    for measure in SOURCES:
        yield measure.code, edition.label(measure.code, measure.title), measure.amount(book)
