"""Amounts in sentences, and what this year's and last year's must print as, in 万元."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from budget.tests.golden_district.adding import MEASURES, Body, added, in_wan, of

AMOUNT: Final = r"([\d,]+\.\d\d)万元"
"""The pattern of an amount in a sentence; its group is the number."""


def number(text: str) -> Decimal:
    """Return a printed number."""
    return Decimal(text.replace(",", ""))


def printed_now(body: Body, measure: str) -> Decimal:
    """Return a measure of this year's budget as sentences print it."""
    return in_wan(added(body.lines, MEASURES[measure]))


def printed_before(body: Body, measure: str) -> Decimal:
    """Return last year's figure of a measure as sentences would print it."""
    return in_wan(added(body.records("prior.csv"), of(measure=measure)))
