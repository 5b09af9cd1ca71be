"""Expected bodies of tables: exact amounts in a grid, what adds up to what, and their print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from budget.tests.golden_district.adding import (
    Record,
    Test,
    added,
    both,
    code_names,
    in_wan,
    in_whole_yuan,
    in_yuan,
)

Value = str | Decimal
Place = tuple[int, int]
"""Row and column of a grid."""

LEVELS = (3, 5, 7)


@dataclass(frozen=True, slots=True)
class Style:
    """How a place prints a table.

    ``unit`` is 元 or 万元; 元 lose their decimals in a table where all are whole. ``repeated``
    prints the codes above on each row, ``total_last`` puts 合计 last, ``zeros`` makes a table
    without figures one row of zeros, ``categories`` are the 类 that are always printed. The other
    fields are labels, of totals in the order 本年收入, 本年支出, 收入总计, 支出总计.
    """

    unit: str
    repeated: bool = False
    total_last: bool = False
    zeros: bool = False
    categories: tuple[str, ...] = ()
    other_revenue: str = ""
    summary_totals: tuple[str, ...] = ("本年收入合计", "本年支出合计", "收入总计", "支出总计")
    appropriation_totals: tuple[str, ...] = ("收入总计", "支出总计")


@dataclass(frozen=True)
class Sheet:
    """Exact amounts and words row by row; ``sums`` says which places add up to which.

    ``scored`` says that points stand in it, so that it is not empty without money.
    """

    rows: list[list[Value]]
    sums: list[tuple[Place, list[Place]]] = field(default_factory=list)
    scored: bool = False

    @property
    def is_empty(self) -> bool:
        """True where no amount is above zero."""
        return not self.scored and not any(self._amounts())

    def printed(self, style: Style) -> tuple[tuple[str, ...], ...]:
        """Return the body as a reader sees it."""
        if self.is_empty and style.zeros:
            return (tuple("0" if isinstance(value, Decimal) else "" for value in self.rows[0]),)
        rounded = self._rounding(style)
        return tuple(tuple(_shown(value, rounded) for value in row) for row in self.rows)

    def adds_up(self, style: Style) -> bool:
        """True where every printed sum is the sum of what is printed under it."""
        rounded = self._rounding(style)
        return all(
            rounded(self._amount(whole)) == sum(rounded(self._amount(item)) for item in items)
            for whole, items in self.sums
        )

    def _rounding(self, style: Style) -> Callable[[Decimal], Decimal]:
        if style.unit == "万元":
            return in_wan
        return in_whole_yuan if all(yuan % 1 == 0 for yuan in self._amounts()) else in_yuan

    def _amounts(self) -> Iterator[Decimal]:
        for row in self.rows:
            yield from (value for value in row if isinstance(value, Decimal))

    def _amount(self, place: Place) -> Decimal:
        value = self.rows[place[0]][place[1]]
        assert isinstance(value, Decimal)
        return value


def _shown(value: Value, rounded: Callable[[Decimal], Decimal]) -> str:
    if isinstance(value, str):
        return value
    return f"{rounded(value):,}" if value else ""


Across = Mapping[int, tuple[int, ...]]
"""Which money columns, counted from 0, add up to which."""


def tree(records: list[Record], by: str, tests: list[Test], across: Across, style: Style) -> Sheet:
    """Return rows by code, each the sum of those below it, and 合计.

    ``by`` is ``function``, ``economic`` (one code column) or ``economic_parts`` (two of them).
    """
    column = by.partition("_")[0]
    used = {record[column] for record in records}
    codes = sorted({code[:length] for code in used for length in LEVELS if length <= len(code)})
    rows: list[list[Value]] = [
        [*_heads(by, code, code in used, style), *_row(records, column, code, tests)]
        for code in codes
    ]
    total: list[Value] = [*_total_heads(by), *(added(records, test) for test in tests)]
    keys = [*codes, ""] if style.total_last else ["", *codes]
    rows = [*rows, total] if style.total_last else [total, *rows]
    first = len(_total_heads(by))
    return Sheet(rows, [*_across(rows, first, across), *_down(keys, first, len(tests))])


def _row(records: list[Record], column: str, code: str, tests: list[Test]) -> list[Decimal]:
    def below(record: Record) -> bool:
        return record[column].startswith(code)

    return [added(records, both(below, test)) for test in tests]


def _heads(by: str, code: str, is_leaf: bool, style: Style) -> list[str]:
    scheme = "function_codes" if by == "function" else "economic_codes"
    name = code_names(scheme)[code]
    if by == "economic":
        return [code, name]
    parts = [code[:3], code[3:5], code[5:7]] if by == "function" else [code[:3], code[3:5]]
    own = len(code) // 2 - 1
    if not style.repeated and not is_leaf:
        parts = [part if place == own else "" for place, part in enumerate(parts)]
    return [*parts, name]


def _total_heads(by: str) -> list[str]:
    return {"function": ["", "", "", "合计"], "economic": ["", "合计"]}.get(by, ["", "", "合计"])


def _across(
    rows: list[list[Value]], first: int, across: Across
) -> Iterator[tuple[Place, list[Place]]]:
    for place in range(len(rows)):
        for whole, parts in across.items():
            yield (place, first + whole), [(place, first + part) for part in parts]


def _down(keys: list[str], first: int, columns: int) -> Iterator[tuple[Place, list[Place]]]:
    """Each code is the sum of those one level longer; the blank one is 合计."""
    for place, key in enumerate(keys):
        longer = 3 if not key else len(key) + 2
        below = [
            n for n, other in enumerate(keys) if len(other) == longer and other[: len(key)] == key
        ]
        for column in range(first, first + columns):
            if below:
                yield (place, column), [(row, column) for row in below]


@dataclass(frozen=True, slots=True)
class Entry:
    """A named amount of one half, its records in each money column, and what adds up to it."""

    label: str
    test: Test
    sum_of: tuple[str, ...] | None = None


Half = tuple[Entry | None, ...]


def sides(
    records: list[Record], left: Half, right: Half, tests: list[Test], across: Across
) -> Sheet:
    """Return rows of two halves, the left one of a single money column, the right one of several.

    The halves are as long as each other, with None where one of them has no entry.
    """
    width = len(tests)
    rows: list[list[Value]] = []
    sums: list[tuple[Place, list[Place]]] = []
    for place, (mine, other) in enumerate(zip(left, right, strict=True)):
        own: list[Value] = [mine.label, added(records, mine.test)] if mine else ["", ""]
        uses: list[Value] = [""] * (width + 1)
        if other:
            uses = [other.label, *(added(records, both(other.test, test)) for test in tests)]
            sums += [((place, 3 + t), [(place, 3 + p) for p in ps]) for t, ps in across.items()]
        rows.append([*own, *uses])
    return Sheet(rows, [*sums, *_halves(left, [1]), *_halves(right, list(range(3, 3 + width)))])


def _halves(half: Half, columns: list[int]) -> Iterator[tuple[Place, list[Place]]]:
    places = {entry.label: place for place, entry in enumerate(half) if entry}
    for entry in half:
        if entry and entry.sum_of is not None:
            for column in columns:
                items = [(places[label], column) for label in entry.sum_of]
                yield (places[entry.label], column), items
