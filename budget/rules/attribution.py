"""What rules found, each cause once: named causes, then broken sums, then what follows from both.

1. A finding of a rule that names a cause (a wrong code, an amount below zero, a table in another
   unit) takes over the sums that it explains: those of a total that it blames, and those that are
   put down to a figure that it blames.
2. The sums that are left are put down to their causes (budget/rules/diagnosis.py, joining.py).
3. Any other finding joins the cause that is certain and blames one of its places; it is told by
   itself where there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from budget.rules.diagnosis import Cause, Stated, causes, parts
from budget.rules.finding import Finding
from budget.rules.joining import RowPlace, joined
from budget.rules.printed import Printed
from budget.rules.registry import Blame, Rule
from budget.rules.tracing import fix, places, rules_broken, told
from budget.terms import Severity

Said = tuple[Rule, Finding]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with its rule and the codes of other rules that the same cause breaks."""

    rule: Rule
    finding: Finding
    also: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all rules that the cause breaks."""
        return (self.rule.code, *self.also)


def told_once(
    found: Sequence[Said],
    exceeding: Sequence[Said],
    equations: Sequence[Stated],
    figures: Mapping[str, Printed],
) -> list[Told]:
    """Return what is told of all that rules said: one finding for each cause.

    ``exceeding`` are the findings of limits, ``equations`` the sums that hold and that do not.
    """
    telling = _Telling(figures)
    for rule, finding in found:
        if rule.blames is not Blame.NONE:
            telling.tell(rule, finding)
    open_sums = [each for each in equations if not telling.explains(each)]
    for cause in joined(causes(open_sums, _suspects(found, exceeding)), equations):
        telling.trace(cause)
    for rule, finding in found:
        if rule.blames is Blame.NONE:
            telling.tell(rule, finding)
    for rule, finding in exceeding:
        telling.limit(rule, finding)
    return telling.told


def _suspects(found: Iterable[Said], exceeding: Iterable[Said]) -> frozenset[str]:
    """Return where something is wrong that is no sum: of equals it is blamed first.

    An unusual share, which may be right, makes nobody a suspect.
    """
    wrong = (finding for rule, finding in found if rule.severity is Severity.ERROR)
    alone = (place for finding in wrong for place in finding.where[:1])
    return frozenset(alone).union(*(finding.where for _, finding in exceeding))


class _Telling:
    """What is told so far, and which places it blames."""

    def __init__(self, figures: Mapping[str, Printed]) -> None:
        self.told: list[Told] = []
        self._figures = figures
        self._blamed: dict[str, int] = {}
        self._taken: dict[str, int] = {}
        self._rows: dict[RowPlace, int] = {}
        self._limited: dict[frozenset[RowPlace], int] = {}

    def tell(self, rule: Rule, finding: Finding) -> int:
        """Tell a finding, or let it join what blames one of its places; return where it is told."""
        known = next((self._blamed[at] for at in finding.where if at in self._blamed), None)
        if known is None:
            self._add(Told(rule, finding), _blamed_by(rule, finding))
            known = len(self.told) - 1
            if rule.blames is Blame.ALL:
                self._taken.update(dict.fromkeys(finding.where, known))
        else:
            self._join(known, (rule.code,))
        return known

    def explains(self, stated: Stated) -> bool:
        """True for a total of rows that a named cause blames for exceeding them, which it joins."""
        known = self._taken.get(stated.equation.total)
        if known is None or stated.summed_row is None or stated.gap <= stated.slack:
            return False
        self._join(known, (stated.rule,), stated.addresses)
        return True

    def trace(self, cause: Cause) -> None:
        """Tell a cause of broken sums, or let it join the named cause that blames its figure."""
        known = self._blamed.get(cause.address) if cause.is_certain else None
        if known is not None:
            self._join(known, rules_broken(cause), places(cause))
            self._mend(known, cause)
            return
        rule, finding = told(cause, self._figures)
        also = tuple(code for code in rules_broken(cause) if code != rule.code)
        for row in _rows_of(cause):
            self._rows.setdefault(row, len(self.told))
        self._add(Told(rule, finding, also), finding.where[:1] if cause.is_certain else ())

    def limit(self, rule: Rule, finding: Finding) -> None:
        """Tell that an amount exceeds others, or let it join what is wrong in one of its rows.

        A row that exceeds another one in several columns does so once.
        """
        rows = frozenset(map(_row, finding.where))
        known = self._limited.get(
            rows, next((self._rows[at] for at in rows if at in self._rows), None)
        )
        if known is not None:
            self._join(known, (rule.code,), finding.where)
            return
        self._limited[rows] = self.tell(rule, finding)

    def _add(self, told: Told, blamed: Iterable[str]) -> None:
        for place in blamed:
            self._blamed.setdefault(place, len(self.told))
        self.told.append(told)

    def _join(self, place: int, codes: Iterable[str], where: Iterable[str] = ()) -> None:
        known = self.told[place]
        also = dict.fromkeys((*known.also, *(code for code in codes if code != known.rule.code)))
        everywhere = tuple(dict.fromkeys((*known.finding.where, *where)))
        finding = replace(known.finding, where=everywhere)
        self.told[place] = Told(known.rule, finding, tuple(also))

    def _mend(self, place: int, cause: Cause) -> None:
        known = self.told[place]
        mended = known.finding.fix or fix(cause, self._figures)
        self.told[place] = replace(known, finding=replace(known.finding, fix=mended))


def _row(address: str) -> RowPlace:
    """Return the table and row of a cell; a figure of a sentence stands for itself."""
    table, row, _ = parts(address)
    return (table, row) if row else (address, "")


def _rows_of(cause: Cause) -> Iterator[RowPlace]:
    """Yield the rows that a cause blames, and those that it sets against other places."""
    yield _row(cause.address)
    for each in cause.broken:
        if len(each.addresses) == 2:
            yield from map(_row, each.addresses)


def _blamed_by(rule: Rule, finding: Finding) -> tuple[str, ...]:
    if rule.blames is Blame.ALL:
        return finding.where
    return finding.where[:1] if rule.blames is Blame.FIRST else ()
