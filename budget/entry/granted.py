"""核定数 beside the cells of a sheet: what the bureau let stand of the amounts typed there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from budget.lines import Line, RevenueEstimate
from budget.load import read_book
from budget.load.granting import read_granted
from budget.money import MoneyUnit
from budget.sheets.locating import locate, spot_of
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
    places, book = locate(part.budget), read_book(part.budget)
    every: tuple[Line | RevenueEstimate, ...] = (*book.lines, *book.estimates)
    return {
        place.row: amount_text(row.amount, unit)
        for row in every
        if row.requested is not None
        for place in places.get(spot_of(row), ())
        if place.sheet == spec.code
    }
