"""Which row of one copy of a table is which row of another.

Rows are paired by what they are: by their keys. Where keys only count rows, as those of indicators
read from a sheet do, a row that is left out shifts all below it; then rows are paired by what they
say, and the pairing that leaves fewer differences is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

from budget.document import Cell, CellKind, Row, Table
from budget.money import ZERO

Pair = tuple[Row | None, Row | None]
Words = tuple[object, ...]
MOST_COMPARED: Final = 500
"""Rows between equal beginnings and ends that are compared by what they say."""


def paired(table: Table, copy: Table) -> list[Pair]:
    """Return the rows of two copies in pairs; one that only one of them has stands alone."""
    by_key = _by_key(table.rows, copy.rows)
    if all(first and second for first, second in by_key):
        return by_key
    by_words = _by_words(table, copy)
    return min(by_key, by_words, key=lambda pairs: _differences(pairs, table, copy))


def _by_key(rows: Sequence[Row], others: Sequence[Row]) -> list[Pair]:
    known = {row.key: row for row in others}
    own = {row.key for row in rows}
    pairs: list[Pair] = [(row, known.get(row.key)) for row in rows]
    return [*pairs, *((None, row) for row in others if row.key not in own)]


def _by_words(table: Table, copy: Table) -> list[Pair]:
    first = [_said(row, table.unit_exponent) for row in table.rows]
    second = [_said(row, copy.unit_exponent) for row in copy.rows]
    return [
        (None if one is None else table.rows[one], None if other is None else copy.rows[other])
        for one, other in _matched(first, second)
    ]


def _matched(
    first: Sequence[Words], second: Sequence[Words]
) -> Iterator[tuple[int | None, int | None]]:
    """Yield the places of rows that say the same, between them those that do not, in order."""
    start = _alike(zip(first, second, strict=False))
    longest = min(len(first), len(second)) - start
    end = min(_alike(zip(reversed(first), reversed(second), strict=False)), longest)
    yield from zip(range(start), range(start), strict=True)
    one, other = range(start, len(first) - end), range(start, len(second) - end)
    if max(len(one), len(other)) > MOST_COMPARED:
        yield from zip_longest(one, other)
    else:
        matcher = SequenceMatcher(None, [first[n] for n in one], [second[n] for n in other], False)
        for _, from_one, to_one, from_other, to_other in matcher.get_opcodes():
            yield from zip_longest(one[from_one:to_one], other[from_other:to_other])
    yield from zip(range(one.stop, len(first)), range(other.stop, len(second)), strict=True)


def _alike(pairs: Iterator[tuple[Words, Words]]) -> int:
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count


def _differences(pairs: Sequence[Pair], table: Table, copy: Table) -> int:
    return sum(
        first is None
        or second is None
        or _said(first, table.unit_exponent) != _said(second, copy.unit_exponent)
        for first, second in pairs
    )


def _said(row: Row, exponent: int) -> Words:
    return tuple(stated(cell, exponent) for cell in row.cells)


def stated(cell: Cell, exponent: int) -> object:
    """Return what a cell says whatever its unit: yuan, or words without blanks."""
    if cell.kind is CellKind.AMOUNT:
        value = cell.value
        return ZERO if value is None or isinstance(value, str) else value.scaleb(exponent)
    return "".join((cell.text or str(cell.value or "")).split())
