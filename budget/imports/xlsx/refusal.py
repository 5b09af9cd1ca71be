"""Why a workbook cannot be read, in words for who made it."""

from __future__ import annotations

from functools import lru_cache


class UnreadableWorkbook(ValueError):
    """A workbook is refused. The message says in Chinese why, and names sheet and cell."""


@lru_cache(maxsize=512)
def letters(column: int) -> str:
    """Return a column's letters; the first is 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    before, place = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + place)


def at(sheet: str, row: int, column: int) -> str:
    """Return how people name a cell.

    >>> at("收支总表", 5, 2)
    '工作表“收支总表”B5'
    """
    return f"工作表“{sheet}”{letters(column)}{row}"
