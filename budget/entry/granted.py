"""核定数 beside the cells of a sheet: what the bureau let stand of the amounts typed there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from budget.load.granting import read_granted
from budget.load.reading import read_amounts
from budget.models import RevenueLine, SpendingLine
from budget.money import MoneyUnit
from budget.sheets.locating import spot_of
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec
from budget.sheets.stores import RowsOf
from budget.spellings import amount_text

COLUMN: Final = "amount"
"""The column of a sheet of which an amount can be granted."""

GRANTED: Final = (SpendingLine, RevenueLine)


def granted_in(spec: SheetSpec, part: Part, unit: MoneyUnit) -> Mapping[str, str]:
    """Return what was granted in a sheet, in the person's unit, by the keys of its rows.

    Only what counts now: nothing while the budget is with its department, where what was granted of
    an earlier submission is on the page of 核定数. One query where nothing was granted.
    """
    store = spec.store
    if not isinstance(store, RowsOf) or store.model not in GRANTED:
        return {}
    granted = read_granted(part.budget)
    if not granted.by_row:
        return {}
    rows, kept = read_amounts(part.budget, granted)
    return {
        str(kept[spot_of(row)].key): amount_text(row.amount, unit)
        for row in rows
        if row.requested is not None and store.has(kept[spot_of(row)].values)
    }
