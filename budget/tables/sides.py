"""Rows of two halves: what comes in on the left, what goes out on the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from budget.document import Footing, RowKind
from budget.edition import Numbering
from budget.ledger import Where
from budget.measures.registry import Measure
from budget.numerals import han
from budget.tables.coverage import require_place
from budget.tables.spec import Column, RowPlan, Setting, Value, asked


@dataclass(frozen=True, slots=True)
class Entry:
    """One named amount of a half.

    ``rank`` 1 is numbered 一、二、三 and 2 is numbered 1、2、3 below it; 0 is not numbered.
    ``sum_of`` names the entries that add up to this one, None where nothing does; an empty tuple
    says that there is nothing to add, so the entry must be zero.
    """

    key: str
    title: str
    where: Where
    rank: int = 1
    sum_of: tuple[str, ...] | None = None

    @property
    def is_total(self) -> bool:
        """True for 合计 and 总计 rows."""
        return self.rank == 0


def entry(
    measure: Measure, title: str = "", *, rank: int = 1, sum_of: tuple[str, ...] | None = None
) -> Entry:
    """Return a measure as an entry, under its own name where no other is given."""
    assert measure.where is not None, measure.code
    return Entry(measure.code, title or measure.title, measure.where, rank, sum_of)


Pair = tuple[Entry | None, Entry | None]


@dataclass(frozen=True)
class Half:
    """One half of the table: the column of titles and the columns of money."""

    item: str
    money: tuple[str, ...]


@dataclass(frozen=True)
class Sides:
    """Rows that pair an entry of each half, either of which may be missing."""

    has_total: ClassVar[bool] = False

    left: Half
    right: Half
    pairs: Callable[[Setting], Iterable[Pair]]

    def plans(self, setting: Setting) -> Iterator[RowPlan]:
        """Yield the rows. Raises MoneyWithoutPlace where entries do not hold their total."""
        pairs = tuple(self.pairs(setting))
        _require_places(setting, [left for left, _ in pairs if left])
        _require_places(setting, [right for _, right in pairs if right])
        columns = {column.key: column for column in setting.spec.money}
        number_left, number_right = Counter(setting), Counter(setting)
        for left, right in pairs:
            values: dict[str, Value] = {}
            places = dict.fromkeys(self._columns, "")
            for half, shown, number in (
                (self.left, left, number_left),
                (self.right, right, number_right),
            ):
                if shown:
                    values |= self._half(setting, half, shown, columns, number)
                    places |= dict.fromkeys((half.item, *half.money), shown.key)
            first = left or right
            assert first is not None, setting.spec.code
            kind = RowKind.TOTAL if first.is_total else RowKind.ENTRY
            yield RowPlan(first.key, kind, values, places)

    @property
    def _columns(self) -> tuple[str, ...]:
        return (self.left.item, *self.left.money, self.right.item, *self.right.money)

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterator[Footing]:
        """A total is the sum of the entries that it names, in each money column of its half."""
        for left, right in self.pairs(setting):
            for half, shown in ((self.left, left), (self.right, right)):
                if shown and shown.sum_of:
                    for column in half.money:
                        items = tuple(f"{item}/{column}" for item in shown.sum_of)
                        yield Footing(f"{shown.key}/{column}", items)

    def _half(
        self,
        setting: Setting,
        half: Half,
        shown: Entry,
        columns: Mapping[str, Column],
        number: Counter,
    ) -> Mapping[str, Value]:
        values: dict[str, Value] = {
            half.item: number(shown.rank) + setting.label(shown.key, shown.title)
        }
        for key in half.money:
            values[key] = asked(setting, shown.where, columns[key].where)
        return values


class Counter:
    """Numbers the entries of one half as the edition wants them."""

    def __init__(self, setting: Setting) -> None:
        self._numbering: Numbering = setting.use.numbering
        self._first = 0
        self._second = 0

    def __call__(self, rank: int) -> str:
        """Return the next number of a rank with its punctuation; nothing for rank 0."""
        if rank == 0:
            return ""
        if rank == 1:
            self._first += 1
            self._second = 0
            return self._numbering.first.format(han=han(self._first), n=self._first)
        self._second += 1
        return self._numbering.second.format(han=han(self._second), n=self._second)


def _require_places(setting: Setting, entries: Iterable[Entry]) -> None:
    shown = {entry.key: entry for entry in entries}
    for whole in shown.values():
        if whole.sum_of is not None:
            require_place(setting, whole.where, [shown[key].where for key in whole.sum_of])
