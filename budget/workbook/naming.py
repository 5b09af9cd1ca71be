"""What the file and its pages call the unit: in Chinese, without a sign that would do harm."""

from __future__ import annotations

import re
from typing import Final

from budget.sheets.part import Part

NOT_IN_NAMES: Final = re.compile(
    r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069]'
)
UNPRINTED: Final = re.compile(
    r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff]+"
)
LONGEST: Final = 60


def printed(name: str) -> str:
    """Return a name without control characters and marks of direction.

    >>> printed("某局\\r\\n本级")
    '某局 本级'
    """
    return UNPRINTED.sub(" ", name)


def file_name(part: Part, *, empty: bool = False) -> str:
    """Return the name of a part's workbook, with the unit's name cut where it is very long."""
    name = NOT_IN_NAMES.sub("", part.name).strip(" .")[:LONGEST]
    kind = "空表" if empty else "已填"
    return f"{part.code} {name} {part.budget.year_id}年预算填报（{kind}）.xlsx"
