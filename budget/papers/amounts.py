"""The few amounts that a sheet states, this year's beside last year's. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget.book import BudgetBook
from budget.edition import Edition
from budget.measures.registry import MEASURES
from budget.money import MoneyUnit, percent, written

UNKNOWN: Final = "—"

STATED: Final = (
    ("revenue_total", False),
    ("general_public_appropriation", True),
    ("government_fund_appropriation", True),
    ("spending_total", False),
    ("basic_spending", True),
    ("project_spending", True),
    ("three_publics", False),
    ("overseas_visits", True),
    ("vehicles", True),
    ("hospitality", True),
)
"""Measures in the order of the sheet, and whether each is part of the one above."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A line as printed; what is not known of last year is a dash."""

    label: str
    inner: bool
    now: str
    before: str
    change: str
    percent: str


def stated(book: BudgetBook, edition: Edition) -> list[Amount]:
    """Return the lines in the unit of the edition's text; changes are those of what is printed."""
    return [_amount(book, edition, code, inner=inner) for code, inner in STATED]


def _amount(book: BudgetBook, edition: Edition, code: str, *, inner: bool) -> Amount:
    unit = edition.text_unit
    label = edition.label(code, MEASURES[code].title)
    now = unit.printed(MEASURES[code].amount(book))
    prior = book.prior_figures.get(code)
    if prior is None:
        return Amount(label, inner, _text(now), UNKNOWN, UNKNOWN, UNKNOWN)
    before = unit.printed(prior.amount)
    change = now - before
    rate = _text(percent(change, abs(before))) if before else UNKNOWN
    return Amount(label, inner, _text(now), _text(before), _text(change), rate)


def _text(number: Decimal) -> str:
    return written(number, grouped=True)


def said(book: BudgetBook, unit: MoneyUnit, code: str) -> str:
    """Return a measure with its unit, as letters say it."""
    return f"{unit.text(MEASURES[code].amount(book), grouped=True)}{unit.label}"
