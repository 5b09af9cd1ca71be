"""The lines of a book added up once, and questions asked of the sums.

Every amount of every table, sentence and chart is the answer to one question: *which lines?*
``Where`` is that question as data. It can be combined, shown to a reader as the lines behind a
figure, and answered from sums that were made once, however many lines there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Final

from budget.codes import category, section
from budget.lines import Line
from budget.money import ZERO, total
from budget.terms import UnitType

Key = tuple[object, ...]
Sums = Mapping[Key, Decimal]

DIMENSIONS: Final = (
    "unit",
    "unit_type",
    "nature",
    "upkeep",
    "project",
    "category",
    "section",
    "function",
    "economic_category",
    "economic",
    "source",
    "carried_over",
    "allotment",
    "earned",
    "spent",
)
"""What lines are told apart by. ``category`` and ``section`` are the 类 and 款 of ``function``,
``economic_category`` the 类 of ``economic``. ``earned`` and ``spent`` are false on the side of a
line that faces another unit of the same book: 上级补助 from it is no income of the whole,
对附属单位补助 to it no spending of the whole."""


class UnknownDimension(KeyError):
    """A question asks about something that lines are not told apart by."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A conjunction: for each named dimension, the values that a line may have."""

    allowed: tuple[tuple[str, frozenset[object]], ...] = ()

    def narrowed(self, other: Clause) -> Clause | None:
        """Return what both allow, None when a dimension is left without a value."""
        merged = dict(self.allowed)
        for dimension, values in other.allowed:
            merged[dimension] = merged.get(dimension, values) & values
            if not merged[dimension]:
                return None
        return Clause(tuple(sorted(merged.items())))


@dataclass(frozen=True, slots=True)
class Where:
    """Which lines: those that satisfy at least one clause. No clause at all means no line.

    >>> where(nature="basic") & where(nature="project")
    Where(clauses=())
    """

    clauses: tuple[Clause, ...]

    def __and__(self, other: Where) -> Where:
        """Lines that satisfy both."""
        met = (mine.narrowed(theirs) for mine in self.clauses for theirs in other.clauses)
        return Where(tuple(dict.fromkeys(clause for clause in met if clause is not None)))

    def __or__(self, other: Where) -> Where:
        """Lines that satisfy at least one; a line that satisfies both still counts once."""
        return Where(tuple(dict.fromkeys((*self.clauses, *other.clauses))))

    def test(self, dimensions: tuple[str, ...]) -> Test:
        """Return the question compiled for keys made of these dimensions."""
        return Test(
            tuple(
                tuple((dimensions.index(name), values) for name, values in clause.allowed)
                for clause in self.clauses
            )
        )


def dimensions_of(*questions: Where, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the dimensions that the questions look at, in the order of DIMENSIONS."""
    used = {
        dimension
        for question in questions
        for clause in question.clauses
        for dimension, _ in clause.allowed
    }.union(also)
    return tuple(dimension for dimension in DIMENSIONS if dimension in used)


@dataclass(frozen=True, slots=True)
class Test:
    """A question compiled for keys of one shape."""

    __test__ = False

    clauses: tuple[tuple[tuple[int, frozenset[object]], ...], ...]

    def __call__(self, key: Key) -> bool:
        for clause in self.clauses:
            for place, values in clause:
                if key[place] not in values:
                    break
            else:
                return True
        return False


def where(**allowed: object) -> Where:
    """Return the question for lines with these values; a set or tuple names alternatives.

    Raises UnknownDimension for a name that is not in DIMENSIONS.
    """
    pairs = []
    for dimension, value in sorted(allowed.items()):
        if dimension not in DIMENSIONS:
            raise UnknownDimension(dimension)
        values = value if isinstance(value, (frozenset, set, tuple)) else (value,)
        pairs.append((dimension, frozenset(values)))
    return Where((Clause(tuple(pairs)),))


EVERYTHING = Where((Clause(),))
NOTHING = Where(())


class Ledger:
    """The lines of one book, added up by their dimensions.

    ``unit_types`` maps the code of each unit of the book to its type. Sums by fewer dimensions are
    made on demand from the smallest sums that hold them, and kept.
    """

    def __init__(self, lines: Iterable[Line], unit_types: Mapping[str, UnitType]) -> None:
        self._lines = tuple(lines)
        self._unit_types = unit_types
        self._sums: dict[tuple[str, ...], dict[Key, Decimal]] = {DIMENSIONS: self._added_up()}

    def amount(self, *questions: Where) -> Decimal:
        """Return the exact sum, in yuan, of the lines that all the questions name."""
        dimensions = dimensions_of(*questions)
        tests = [question.test(dimensions) for question in questions]
        return total(
            amount
            for key, amount in self.sums(dimensions).items()
            if all(test(key) for test in tests)
        )

    def by(self, dimension: str, *questions: Where) -> Mapping[str, Decimal]:
        """Return, by value of one dimension, the amount of the lines that all questions name.

        Zeros are left out. Values come in alphabetical order, for codes their official one.
        """
        dimensions = dimensions_of(*questions, also=(dimension,))
        place = dimensions.index(dimension)
        tests = [question.test(dimensions) for question in questions]
        amounts: dict[str, Decimal] = {}
        for key, amount in self.sums(dimensions).items():
            if all(test(key) for test in tests):
                value = str(key[place])
                amounts[value] = amounts.get(value, ZERO) + amount
        return {value: amounts[value] for value in sorted(amounts) if amounts[value]}

    def sums(self, dimensions: tuple[str, ...]) -> Sums:
        """Return the amounts of all lines added up by these dimensions, in yuan.

        The order of keys follows nothing; who prints them sorts them.
        """
        found = self._sums.get(dimensions)
        if found is None:
            found = self._sums[dimensions] = self._projected(dimensions)
        return found

    def lines(self, *questions: Where) -> tuple[Line, ...]:
        """Return the lines behind a figure: those that all its questions name, in their order."""
        tests = [question.test(DIMENSIONS) for question in questions]
        return tuple(line for line in self._lines if all(test(self._key(line)) for test in tests))

    def _added_up(self) -> dict[Key, Decimal]:
        sums: dict[Key, Decimal] = {}
        for line in self._lines:
            key = self._key(line)
            sums[key] = sums.get(key, ZERO) + line.amount
        return sums

    def _key(self, line: Line) -> Key:
        return (
            line.unit,
            self._unit_types[line.unit],
            line.nature,
            line.upkeep,
            line.project,
            category(line.function),
            section(line.function),
            line.function,
            category(line.economic) if line.economic else None,
            line.economic,
            line.source,
            line.carried_over,
            line.allotment,
            line.received_from not in self._unit_types,
            line.paid_to not in self._unit_types,
        )

    def _projected(self, dimensions: tuple[str, ...]) -> dict[Key, Decimal]:
        wanted = set(dimensions)
        held = min((own for own in self._sums if wanted <= set(own)), key=self._size)
        pick = _picker(tuple(held.index(dimension) for dimension in dimensions))
        sums: dict[Key, Decimal] = {}
        for key, amount in self._sums[held].items():
            short = pick(key)
            sums[short] = sums.get(short, ZERO) + amount
        return sums

    def _size(self, dimensions: tuple[str, ...]) -> int:
        return len(self._sums[dimensions])


def _picker(places: tuple[int, ...]) -> itemgetter[object] | _Few:
    """Return what takes a short key, always a tuple, out of a long one."""
    return itemgetter(*places) if len(places) > 1 else _Few(places)


@dataclass(frozen=True, slots=True)
class _Few:
    """Takes none or one place out of a key, as a tuple."""

    places: tuple[int, ...]

    def __call__(self, key: Key) -> Key:
        return tuple(key[place] for place in self.places)
