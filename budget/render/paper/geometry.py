"""Sizes of paper, and of the endless page on which tables are measured. Pure."""

from __future__ import annotations

from typing import Final

MILLIMETRE: Final = 96 / 25.4
"""CSS pixels."""
SHORT_SIDE: Final = 210
LONG_SIDE: Final = 297
ENDLESS: Final = 500_000
"""Millimetres; some 60,000 rows."""


def height(*, landscape: bool) -> float:
    """Return the height of a page of A4 in CSS pixels."""
    return (SHORT_SIDE if landscape else LONG_SIDE) * MILLIMETRE


def endless_size(*, landscape: bool) -> str:
    """Return the CSS size of a page as wide as paper and as high as needed."""
    return f"{LONG_SIDE if landscape else SHORT_SIDE}mm {ENDLESS}mm"
