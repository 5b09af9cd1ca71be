"""支出预算图: the year's spending by 类, and what closes the account."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.charts.registry import Share, chart
from budget.edition import Edition
from budget.measures.spending import CARRYOVER_OUT, SURPLUS_DISTRIBUTION
from budget.questions import SPENT_THIS_YEAR


@chart("spending")
def spending(book: BudgetBook, edition: Edition) -> Iterator[Share]:
    """Yield each 类 in code order, then 结余分配 and 结转下年."""
    for category, yuan in book.ledger.by("category", SPENT_THIS_YEAR).items():
        yield category, book.catalogue.function_name(category), yuan
    for measure in (SURPLUS_DISTRIBUTION, CARRYOVER_OUT):
        yield measure.code, edition.label(measure.code, measure.title), measure.amount(book)
