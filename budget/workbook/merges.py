"""Merged cells among the rows of a page: each covered place, and the range that covers it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.imports.xlsx.sheets import Merge, Sheet, Spot

MOST: Final = 200_000
Merged = Mapping[Spot, Merge]
"""Places of merged ranges, the first of each included, which alone holds content."""


def covered(sheet: Sheet, head: int, columns: Collection[int]) -> Merged:
    """Return the merged places below a head and in certain columns.

    Raises UnreadableWorkbook where there are too many to be meant.
    """
    last = max(sheet.rows, default=head)
    found: dict[Spot, Merge] = {}
    left = MOST
    for merge in sheet.merges:
        rows = range(max(merge.top, head + 1), min(merge.bottom, last) + 1)
        places = [number for number in columns if merge.left <= number <= merge.right]
        left -= len(rows) * len(places) + 1
        if left < 0:
            raise UnreadableWorkbook(f"工作表“{sheet.name}”的合并单元格过多，请取消合并")
        for row in rows:
            for number in places:
                found[row, number] = merge
    return found
