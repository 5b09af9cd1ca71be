"""Which causes are one: a wrong figure is carried on, or typed wrong with its whole row.

Two causes are one where one slip explains both:

- they blame one figure;
- they stand in one column and differ by the same amount: somebody changed a figure and its sum,
  but not the other places that state them, or exchanged two rows;
- they stand in one row whose columns still add up: the row was typed wrong as a whole;
- both are in doubt about the rows below one total, or about the same total of several tables;
- they concern one table and differ by the same amount: somebody changed a figure and carried it
  through the sums of that table, which now differs from every other that states them;
- they have to do with the same two rows of a table, which somebody exchanged;
- one is in doubt about a row that the other one blames, be it by the same amount where the doubt is
  about the rows below a total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from budget.rules.diagnosis import Cause, Stated, parts

RowPlace = tuple[str, str]
"""A table and the key of one of its rows."""
Keys = Callable[[Cause], Iterable[object]]
Test = Callable[[Cause, Cause], bool]


def joined(found: Sequence[Cause], equations: Iterable[Stated] = ()) -> list[Cause]:
    """Return causes with those joined that are one, the first certain one speaking for all.

    ``equations`` are all that were stated: they tell which rows still add up in themselves.
    """
    if not found:
        return []
    sound = _sound_rows(equations)
    groups = _Groups(found)
    groups.join(_figure, _always)
    groups.join(_column, _differ_alike)
    groups.join(lambda cause: _blamed_row(cause) & sound, _always)
    groups.join(_doubted_total, _always)
    groups.join(_doubted_key, _differ_alike)
    groups.join(lambda cause: _rows_concerned(cause) & sound, _one_blames_what_one_doubts)
    groups.join(_sources, _clearly_differ_alike)
    whole = _Groups(groups.as_causes())
    whole.join(_two_rows, _always)
    return whole.as_causes()


class _Groups:
    """Causes in groups, each led by its first one."""

    def __init__(self, causes: Sequence[Cause]) -> None:
        self._causes = causes
        self._leader = list(range(len(causes)))

    def join(self, keys: Keys, is_one: Test) -> None:
        """Join the causes that share a key and pass a test."""
        met: dict[object, list[int]] = {}
        for place, cause in enumerate(self._causes):
            for key in keys(cause):
                others = met.setdefault(key, [])
                known = [other for other in others if is_one(self._causes[other], cause)]
                for other in known:
                    self._unite(other, place)
                if not known:
                    others.append(place)

    def as_causes(self) -> list[Cause]:
        """Return each group as one cause, in the order of their first ones."""
        members: dict[int, list[Cause]] = {}
        for place, cause in enumerate(self._causes):
            members.setdefault(self._find(place), []).append(cause)
        return [_as_one(group) for group in members.values()]

    def _find(self, place: int) -> int:
        while self._leader[place] != place:
            place = self._leader[place]
        return place

    def _unite(self, first: int, second: int) -> None:
        low, high = sorted((self._find(first), self._find(second)))
        self._leader[high] = low


def _as_one(group: list[Cause]) -> Cause:
    """Return a group as its first certain cause, or its first, that breaks what all of them do."""
    leader = next((cause for cause in group if cause.is_certain), group[0])
    others = [cause for cause in group if cause is not leader]
    broken = (*leader.broken, *(each for cause in others for each in cause.broken))
    blamed = _in_the_one_source(group)
    if blamed:
        (address, correction), *along = blamed
        return Cause(address, correction, broken, (), tuple(along))
    certain = [each for cause in others for each in _blamed(cause)]
    return Cause(leader.address, leader.correction, broken, leader.doubt, (*leader.along, *certain))


def _blamed(cause: Cause) -> tuple[tuple[str, Decimal], ...]:
    """Return the figures that a cause blames, each with its correction; none in doubt."""
    return ((cause.address, cause.correction), *cause.along) if cause.is_certain else ()


def _in_the_one_source(group: list[Cause]) -> list[tuple[str, Decimal]]:
    """Return the figures of the one table that all of a group disagree with, the lowest row first.

    None where they have no such table, or where one of them blames a figure of it already.
    """
    shared = set.intersection(*map(_sources, group))
    if len(group) == 1 or len(shared) != 1:
        return []
    [source] = shared
    if any(cause.is_certain and _source(cause.address) == source for cause in group):
        return []
    blamed = {
        address: each.correction(address)
        for cause in group
        for each in cause.broken
        for address in each.addresses
        if _are_two_sources(each) and _source(address) == source
    }
    return sorted(blamed.items(), key=lambda each: -len(parts(each[0])[1]))


def _are_two_sources(stated: Stated) -> bool:
    """True where a figure of one table or sentence is held against one of another."""
    return len(stated.addresses) == 2 and len(set(map(_source, stated.addresses))) == 2


# ---- what causes may share


def _source(address: str) -> tuple[str, bool]:
    """Return the table that a figure stands in, or the sentence, and whether it is a table."""
    table, row, _ = parts(address)
    return table, bool(row)


def _sources(cause: Cause) -> set[object]:
    """Return the tables and sentences that all that a cause breaks has to do with."""
    sources: list[set[object]] = [{_source(at) for at in each.addresses} for each in cause.broken]
    return set.intersection(*sources)


def _two_rows(cause: Cause) -> set[object]:
    """Return the pairs of rows of one table that a cause sets against other places."""
    rows: dict[str, set[str]] = {}
    for each in cause.broken:
        if len(each.addresses) != 2:
            return set()
        for table, row, _ in map(parts, each.addresses):
            if row:
                rows.setdefault(table, set()).add(row)
    return {(table, *sorted(those)) for table, those in rows.items() if len(those) == 2}


def _figure(cause: Cause) -> set[object]:
    return {cause.address}


def _column(cause: Cause) -> set[object]:
    table, row, column = parts(cause.address)
    return {(table, column)} if row else set()


def _blamed_row(cause: Cause) -> set[object]:
    """Return the row of the figure that a certain cause blames."""
    return {parts(cause.address)[:2]} if cause.is_certain else set()


def _doubted_total(cause: Cause) -> set[object]:
    """Return the row whose totals a cause in doubt is told of."""
    row = cause.broken[0].summed_row
    return set() if cause.is_certain or row is None else {row}


def _doubted_key(cause: Cause) -> set[object]:
    """Return the key of that row, which other tables use too."""
    row = cause.broken[0].summed_row
    return set() if cause.is_certain or row is None else {row[1]}


def _rows_concerned(cause: Cause) -> set[object]:
    """Return the row that a cause blames, or those that it is in doubt about."""
    return {parts(address)[:2] for address in cause.doubt or (cause.address,)}


def _sound_rows(equations: Iterable[Stated]) -> set[object]:
    """Return the rows whose columns add up."""
    rows: dict[RowPlace, bool] = {}
    for each in equations:
        if (row := each.crossed_row) is not None:
            rows[row] = rows.get(row, True) and each.holds
    return {row for row, holds in rows.items() if holds}


# ---- when they are one


def _always(first: Cause, second: Cause) -> bool:
    return True


def _differ_alike(first: Cause, second: Cause) -> bool:
    slack = max(each.slack for each in (*first.broken, *second.broken))
    return abs(abs(first.correction) - abs(second.correction)) <= slack


def _clearly_differ_alike(first: Cause, second: Cause) -> bool:
    """True where two differ by the same amount, which rounding alone would hardly make."""
    slack = sum(max(each.slack for each in cause.broken) for cause in (first, second))
    gap = abs(abs(first.correction) - abs(second.correction))
    return gap <= slack < abs(first.correction)


def _one_blames_what_one_doubts(first: Cause, second: Cause) -> bool:
    if first.is_certain is second.is_certain:
        return False
    doubtful = second if first.is_certain else first
    return doubtful.broken[0].summed_row is None or _differ_alike(first, second)
