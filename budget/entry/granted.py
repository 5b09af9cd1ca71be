"""核定数 beside the cells of a sheet: what the bureau let stand of the amounts typed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from budget.book import BudgetBook
from budget.load import read_book
from budget.load.granting import read_granted
from budget.money import MoneyUnit
from budget.sheets.locating import Spot, locate
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec
from budget.spellings import amount_text

COLUMN: Final = "amount"
"""The column of a sheet of which an amount can be granted."""


def granted_in(spec: SheetSpec, part: Part, unit: MoneyUnit) -> Mapping[str, str]:
    """Return what was granted in a sheet, in the person's unit, by the keys of its rows.

    Only what counts now: nothing while the budget is with its department, where what was granted of
    an earlier submission is on the page of 核定数. One query where nothing was granted.
    """
    if not read_granted(part.budget).by_row:
        return {}
    places = locate(part.budget)
    return {
        place.row: amount_text(amount, unit)
        for spot, amount in _granted(read_book(part.budget))
        for place in places.get(spot, ())
        if place.sheet == spec.code
    }


def _granted(book: BudgetBook) -> Iterator[tuple[Spot, Decimal]]:
    for line in book.lines:
        if line.requested is not None:
            yield ("line", line.unit, line.sequence), line.amount
    for each in book.estimates:
        if each.requested is not None:
            yield ("estimate", each.unit, each.source, each.carried_over), each.amount
