"""Books and documents that speak of last year, for tests of rules on change.

The book: 60.00 basic and 40.00 project spending, 90.00 last year. So 100.00 is 10.00 more, and
10.00 / 90.00 = 11.111… % prints as 11.11.
"""

from __future__ import annotations

from decimal import Decimal

from budget.book import BudgetBook, ExecutedFigure
from budget.document import Disclosure
from budget.edition import EDITIONS
from budget.tests.books import a_book, basic, last_year, project, published, running
from budget.tests.samples import declared

WHY = "新进人员五名，工资和社会保险缴费相应增加"
REASONS = {"revenue_change": WHY, "spending_change": WHY}
REVENUE = "revenue-budget/revenue_total"


def a_grown_book(before: str = "90") -> BudgetBook:
    """Return a book of 100.00 with so much last year."""
    prior = [last_year("revenue_total", before), last_year("spending_total", before)]
    return a_book(basic("60"), project("40"), prior=prior)


def the_document(book: BudgetBook | None = None, /, **remarks: str) -> Disclosure:
    """Return the document with good reasons, or these."""
    return published(book or a_grown_book(), **{**REASONS, **remarks})


def by_item(book: BudgetBook, **remarks: str) -> Disclosure:
    """Return a document that tells the items of “三公” one by one."""
    declared()
    return published(book, EDITIONS["shanghai-district-2026"], **remarks)


def a_book_with_vehicles(running_before: str = "5", purchase_before: str = "0") -> BudgetBook:
    """Return 30 of vehicles: 20 purchase and 10 running, and last year's of every item."""
    return a_book(
        basic("60"),
        running("20", economic="31013"),
        running("10", economic="30231"),
        prior=[
            last_year("three_publics", "5"),
            last_year("overseas_visits", "0"),
            last_year("hospitality", "0"),
            last_year("vehicles", "5"),
            last_year("vehicle_purchase", purchase_before),
            last_year("vehicle_running", running_before),
        ],
    )


def executed(spent: str = "14.63") -> Disclosure:
    """Return a document of so many 万元 where 10.00 were executed last year: 46.30 % more."""
    ten = ExecutedFigure(unit="900001", function="2010301", amount=Decimal(100_000))
    return by_item(a_book(basic(spent), executions=(ten,)))
