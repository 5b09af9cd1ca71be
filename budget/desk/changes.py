"""What changed, in the words and amounts of a page: lines, figures, words, last year's measures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from budget.book import BudgetBook
from budget.codes import hyphenated
from budget.desk.bases import LAST_YEAR, Basis, Seen, seen
from budget.desk.ways import Ways
from budget.differing import (
    FigureChange,
    LineChange,
    MeasureChange,
    WordsChange,
    differences,
    line_differences,
    measure_differences,
)
from budget.differing.presence import Amounts, Presence
from budget.money import YUAN, ZERO, written
from budget.money import total as added

MOST = 60
"""So many rows are shown of each kind; nobody reads more, and the rest is counted."""
Change = TypeVar("Change")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One amount that moved: what it is, both amounts, and the ways to it."""

    what: str
    where: str
    presence: Presence
    before: str
    after: str
    difference: str
    percent: str
    way: str = ""
    sheet: str = ""

    @property
    def rises(self) -> bool:
        """True where it is more than it was."""
        return not self.difference.startswith("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reworded:
    """One passage whose words changed, with the way to it."""

    change: WordsChange
    way: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that changed since a basis; ``more_…`` count what is not shown."""

    basis: Basis
    lines: tuple[Moved, ...]
    figures: tuple[Moved, ...]
    words: tuple[Reworded, ...]
    measures: tuple[Moved, ...]
    more_lines: int
    more_figures: int
    more_words: int
    restated: int
    risen: str
    fallen: str
    net: str

    @property
    def is_none(self) -> bool:
        """True where nothing changed at all."""
        return not (self.lines or self.figures or self.words or self.restated)


def changes(basis: Basis, unit: str | None, now: Seen, ways: Ways) -> Changes:
    """Return what changed since a basis, as a department or one of its units sees it.

    Raises UnknownUnit where the unit took no part then.
    """
    then = seen(basis.inputs, unit)
    moved = line_differences(then.inputs.book, now.inputs.book)
    found = differences(then.document, now.document)
    apart = [each.difference for each in moved]
    last_year = measure_differences(now.inputs.book) if basis.word == LAST_YEAR else ()
    return Changes(
        basis=basis,
        lines=tuple(_line(each, then.inputs.book, now.inputs.book, ways) for each in _few(moved)),
        figures=tuple(_figure(each, ways) for each in _few(found.details)),
        words=tuple(
            Reworded(change=each, way=ways.to_draft(each.address)) for each in _few(found.written)
        ),
        measures=tuple(map(_measure, last_year)),
        more_lines=_rest(moved),
        more_figures=_rest(found.details),
        more_words=_rest(found.written),
        restated=len(found.words) - len(found.written),
        risen=_yuan(added(each for each in apart if each > 0)),
        fallen=_yuan(-added(each for each in apart if each < 0)),
        net=_signed(added(apart)),
    )


def _few(found: Sequence[Change]) -> Sequence[Change]:
    return found[:MOST]


def _rest(found: Sequence[object]) -> int:
    return max(0, len(found) - MOST)


def _line(change: LineChange, then: BudgetBook, now: BudgetBook, ways: Ways) -> Moved:
    sheet = next(filter(None, map(ways.to_line, change.lines)), "")
    names = {each.code: each.name for each in (*then.units, *now.units)}
    where = names.get(change.unit, change.unit) if len(now.units) > 1 else ""
    return _moved(change, _words_of(change, then, now), where, sheet=sheet)


def _words_of(change: LineChange, then: BudgetBook, now: BudgetBook) -> str:
    """Return what a kind of line is, by the names of the later book, else of the earlier."""
    projects = {each.code: each.name for each in (*then.projects, *now.projects)}
    functions = {**then.catalogue.function, **now.catalogue.function}
    economics = {**then.catalogue.economic, **now.catalogue.economic}
    told = (
        projects.get(change.project or "") or change.nature.label,
        change.upkeep.label if change.upkeep else "",
        f"{hyphenated(change.function)} {functions.get(change.function, '')}".strip(),
        f"{change.economic} {economics.get(change.economic, '')}".strip()
        if change.economic
        else "",
        f"{change.source.label}{'（上年结转）' if change.carried_over else ''}",
    )
    return " · ".join(filter(None, told))


def _figure(change: FigureChange, ways: Ways) -> Moved:
    what = " · ".join(filter(None, (change.row, change.column)))
    return _moved(
        change,
        what,
        change.table_name,
        way=ways.to_draft(change.address),
        sheet=ways.to_behind(change.address),
    )


def _measure(change: MeasureChange) -> Moved:
    return _moved(change, change.title, change.origin)


def _moved(change: Amounts, what: str, where: str, *, way: str = "", sheet: str = "") -> Moved:
    percent = change.percent
    return Moved(
        what=what,
        where=where,
        presence=change.presence,
        before=_shown(change.before),
        after=_shown(change.after),
        difference=_signed(change.difference),
        percent="" if percent is None else f"{_plus(percent)}{written(percent, grouped=True)}%",
        way=way,
        sheet=sheet,
    )


def _shown(amount: Decimal | None) -> str:
    return "—" if amount is None else _yuan(amount)


def _yuan(amount: Decimal) -> str:
    return YUAN.text(amount, grouped=True)


def _signed(amount: Decimal) -> str:
    return f"{_plus(amount)}{_yuan(amount)}"


def _plus(number: Decimal) -> str:
    return "+" if number > ZERO else ""
