"""What a cell shows, as the formats see it."""

from __future__ import annotations

from decimal import Decimal

from budget.document import Cell


def printed_number(cell: Cell) -> Decimal | None:
    """Return the number that a cell shows, None for a text, a blank and a covered place."""
    if cell.text and isinstance(cell.value, Decimal) and not cell.is_covered:
        return cell.value
    return None
