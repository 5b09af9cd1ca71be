"""Number formats: how many decimals a spreadsheet shows of a number, and where it shows another.

A stored 1561.0949 under ``0.00`` reads 1561.09 to everybody who sees the sheet, so 1561.09 is what
it states. Formats that show something else than the number (a percentage, a date, thousands) make
an amount that cannot be taken at its word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    **dict.fromkeys((9, 10), "0%"),
    11: "0.00E+00",
    **dict.fromkeys((12, 13), "# ?/?"),
    **dict.fromkeys((*range(14, 23), *range(45, 48)), "yyyy-mm-dd"),
    **dict.fromkeys((37, 38), "#,##0"),
    **dict.fromkeys((39, 40), "#,##0.00"),
    41: "#,##0",
    42: "#,##0",
    43: "#,##0.00",
    44: "#,##0.00",
    48: "0.0E+0",
}
"""Formats that a workbook names by number alone (ECMA-376, 18.8.30), as far as they matter."""

GENERAL: Final = ("", "general", "@")
DECORATION: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
OF_DAYS: Final = re.compile("[yd]")
OTHER_THAN_STORED: Final = re.compile(r"[%ymdhs/!]|e[+-]|,(?![#0?])")


@dataclass(frozen=True, slots=True)
class Shown:
    """How a number is shown: ``places`` decimals (None: as many as it has), or as another.

    ``is_other`` are percentages, thousands, dates …; of these ``is_date`` are days.
    """

    places: int | None = None
    is_other: bool = False
    is_date: bool = False


def shown_by(code: str) -> Shown:
    """Return what a format code shows of positive numbers.

    >>> shown_by("#,##0.00_ ;[Red]-#,##0.00").places, shown_by("General").places
    (2, None)
    >>> shown_by("0.00%").is_other, shown_by('0.00,"千元"').is_other
    (True, True)
    """
    plain = DECORATION.sub("", code.partition(";")[0]).strip().lower()
    if plain in GENERAL:
        return Shown()
    if OTHER_THAN_STORED.search(plain):
        return Shown(is_other=True, is_date=OF_DAYS.search(plain) is not None)
    decimals = plain.partition(".")[2]
    return Shown(sum(decimals.count(digit) for digit in "0#?"))
