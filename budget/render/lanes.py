"""How wide the columns of a table are on paper, where nothing can be scrolled.

An edition's widths are relative wishes. A number that breaks over two lines is read wrong, so a
column of numbers or codes is given what its widest text needs, at the cost of columns whose text
can break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from budget.document import CellKind, Column, Table

WHOLE = 10_000
"""Shares are hundredths of a percent of the table's width."""
UNBROKEN = frozenset({CellKind.AMOUNT, CellKind.CODE, CellKind.SCORE})


@dataclass(frozen=True, slots=True)
class Paper:
    """What print.css gives a table: its width, type size and padding left and right, in points."""

    width: int
    size: int
    padding: int

    def need(self, text: str) -> int:
        """Return the share that a text takes on one line, padding included."""
        # Latin letters are about half as wide as they are high; 11/20 holds for all faces in use.
        twentieths = sum(20 if east_asian_width(letter) in "WFA" else 11 for letter in text)
        return -(-(twentieths * self.size + 20 * self.padding) * WHOLE // (20 * self.width))


UPRIGHT = Paper(width=487, size=10, padding=7)
WIDE = Paper(width=757, size=9, padding=5)


def shares(table: Table) -> tuple[int, ...]:
    """Return each column's share of the width on paper; together they make WHOLE or little less."""
    paper = WIDE if table.landscape else UPRIGHT
    wished = wishes(table.columns)
    needed = tuple(_needs(table, paper))
    if sum(needed) > WHOLE:
        return wished
    return tuple(_settled(wished, needed))


def wishes(columns: Sequence[Column]) -> tuple[int, ...]:
    """Return the shares that the widths of columns ask for."""
    total = sum(column.width for column in columns)
    return tuple(column.width * WHOLE // total for column in columns)


def _needs(table: Table, paper: Paper) -> Iterator[int]:
    """Yield the least share of each column: its widest unbroken text, else one character."""
    for place, column in enumerate(table.columns):
        texts = [row.cells[place].text for row in table.rows if column.kind in UNBROKEN]
        yield max(map(paper.need, ["字", *texts]))


def _settled(wished: Sequence[int], needed: Sequence[int]) -> Iterator[int]:
    """Yield shares at least as needed, what is lacking taken from the others' surplus."""
    lacking = sum(max(need - wish, 0) for wish, need in zip(wished, needed, strict=True))
    surplus = sum(max(wish - need, 0) for wish, need in zip(wished, needed, strict=True))
    for wish, need in zip(wished, needed, strict=True):
        spare = max(wish - need, 0)
        yield max(wish, need) - (-(-lacking * spare // surplus) if spare else 0)
