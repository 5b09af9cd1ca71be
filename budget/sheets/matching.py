"""Which row of a sheet is meant by a row that comes from outside.

Rows are recognised by what identifies them: by all such columns together, by those that may stand
only once (a code), and last by a name that occurs once on both sides. Several rows that are equal
in these are taken in their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from budget.sheets.kinds import Words
from budget.sheets.spec import SheetSpec

Cells = Mapping[str, str]
"""The exact texts of a row by column."""
RowKey = TypeVar("RowKey", int, str)


@dataclass(frozen=True, slots=True)
class Way:
    """Columns by which rows are recognised; ``alone`` where one row on each side must have them."""

    columns: tuple[str, ...]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """The key of the row that is meant, and in words by what it was recognised.

    ``among`` is how many rows were equal in that.
    """

    key: str
    by: str
    among: int = 1


def identifies(spec: SheetSpec, given: Collection[str]) -> bool:
    """True where columns suffice to recognise rows: all that must be typed to tell them apart."""
    telling = [each for each in spec.columns if each.matches and each.required]
    needed = {each.key for each in telling if not each.default}
    return bool(_ways(spec, given)) and (needed <= set(given) or _has_single(spec, given))


def match(
    spec: SheetSpec, rows: Mapping[int, Cells], stored: Mapping[str, Cells], given: Collection[str]
) -> dict[int, Match]:
    """Return by number of incoming row the stored row that it means.

    ``rows`` are incoming rows by number, ``stored`` rows by key in the order of the sheet, both
    as exact texts; ``given`` are the columns that the incoming rows have.
    """
    found: dict[int, Match] = {}
    taken: set[str] = set()
    for way in _ways(spec, given):
        left = {number: cells for number, cells in rows.items() if number not in found}
        free = {key: cells for key, cells in stored.items() if key not in taken}
        if not left or not free:
            break
        for number, hit in _by(spec, way, left, free):
            found[number] = hit
            taken.add(hit.key)
    return found


def _by(
    spec: SheetSpec, way: Way, rows: Mapping[int, Cells], stored: Mapping[str, Cells]
) -> Iterator[tuple[int, Match]]:
    theirs, ours = _grouped(way, rows), _grouped(way, stored)
    words = "、".join(spec.by_key[name].title for name in way.columns)
    for values, numbers in theirs.items():
        keys = ours.get(values, [])
        if way.alone and (len(numbers), len(keys)) != (1, 1):
            continue
        for number, key in zip(numbers, keys, strict=False):
            yield number, Match(key, words, len(keys))


def _grouped(way: Way, rows: Mapping[RowKey, Cells]) -> dict[tuple[str, ...], list[RowKey]]:
    groups: dict[tuple[str, ...], list[RowKey]] = defaultdict(list)
    for key, cells in rows.items():
        values = tuple(cells.get(name, "") for name in way.columns)
        if any(values):
            groups[values].append(key)
    return groups


def _ways(spec: SheetSpec, given: Collection[str]) -> Sequence[Way]:
    identity = [each for each in spec.columns if each.matches and each.key in given]
    every = tuple(each.key for each in identity)
    single = [columns for columns, _ in spec.once if set(columns) <= set(given)]
    in_single = {name for columns, _ in spec.once for name in columns}
    names = tuple(
        each.key
        for each in identity
        if type(each.kind) is Words and each.required and each.key not in in_single
    )
    ways = [Way(every), *(Way(columns) for columns in single), Way(names, alone=True)]
    unlike = {way.columns: way for way in reversed(ways) if way.columns}
    return [way for way in ways if way.columns and unlike[way.columns] is way]


def _has_single(spec: SheetSpec, given: Collection[str]) -> bool:
    return any(set(columns) <= set(given) for columns, _ in spec.once)
