"""核对单: the ledger beside what the 批复 says, amount by amount.

Both sides are added up by what money is for: its source (and whether it was carried over), the kind
of use, in basic spending people or running costs, among projects the project. The ledger is proven
equal only where a 批复 says something and nothing differs, not by one 分.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget.lines import Line
from budget.money import ZERO, total
from budget.terms import Nature, Source, Upkeep

SOURCES, NATURES, UPKEEPS = list(Source), list(Nature), list(Upkeep)


@dataclass(frozen=True, slots=True)
class Use:
    """What money is for; ``project`` is a project's code."""

    source: Source
    carried_over: bool
    nature: Nature
    upkeep: Upkeep | None = None
    project: str | None = None

    @property
    def order(self) -> tuple[int, bool, int, int, str]:
        """What uses are sorted by: the places in their vocabularies, then the project."""
        upkeep = -1 if self.upkeep is None else UPKEEPS.index(self.upkeep)
        source, nature = SOURCES.index(self.source), NATURES.index(self.nature)
        return source, self.carried_over, nature, upkeep, self.project or ""

    @property
    def fund(self) -> str:
        """Where it comes from, as people read it."""
        return f"{self.source.label}（上年结转）" if self.carried_over else self.source.label

    @property
    def kind(self) -> str:
        """The kind of use, as people read it."""
        return self.nature.label if self.upkeep is None else self.upkeep.label


@dataclass(frozen=True, slots=True)
class Approved:
    """What a 批复 says of one use, in yuan."""

    use: Use
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Sides:
    """The ledger's amount and that of the 批复, in yuan; None where a side says nothing."""

    ledger: Decimal | None
    approved: Decimal | None

    @property
    def difference(self) -> Decimal:
        """How much more the ledger has."""
        return (self.ledger or ZERO) - (self.approved or ZERO)


@dataclass(frozen=True, slots=True)
class Proof:
    """Both sides by use, in the order of funds and kinds."""

    rows: tuple[tuple[Use, Sides], ...]

    @property
    def is_stated(self) -> bool:
        """Whether the 批复 says anything at all."""
        return any(sides.approved is not None for _, sides in self.rows)

    @property
    def differing(self) -> tuple[tuple[Use, Sides], ...]:
        """The uses on which the sides differ."""
        return tuple((use, sides) for use, sides in self.rows if sides.difference)

    @property
    def is_equal(self) -> bool:
        """Whether the ledger is proven equal to the 批复."""
        return self.is_stated and not self.differing

    @property
    def total(self) -> Sides:
        """Both sides of all uses."""
        return _added(sides for _, sides in self.rows)

    def by(self, told: Callable[[Use], str]) -> dict[str, Sides]:
        """Return both sides added up by what is told of uses, such as their funds."""
        groups: dict[str, list[Sides]] = defaultdict(list)
        for use, sides in self.rows:
            groups[told(use)].append(sides)
        return {name: _added(group) for name, group in groups.items()}


def prove(lines: Iterable[Line], approved: Iterable[Approved]) -> Proof:
    """Return the ledger's lines beside the amounts of a 批复, every use of either."""
    ours: dict[Use, Decimal] = defaultdict(lambda: ZERO)
    theirs: dict[Use, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        ours[use_of(line)] += line.amount
    for each in approved:
        theirs[each.use] += each.amount
    uses = sorted({*ours, *theirs}, key=lambda use: use.order)
    return Proof(tuple((use, Sides(ours.get(use), theirs.get(use))) for use in uses))


def use_of(line: Line) -> Use:
    """Return what a line is for."""
    return Use(line.source, line.carried_over, line.nature, line.upkeep, line.project)


def _added(group: Iterable[Sides]) -> Sides:
    sides = list(group)
    ours = [each.ledger for each in sides if each.ledger is not None]
    theirs = [each.approved for each in sides if each.approved is not None]
    return Sides(total(ours) if ours else None, total(theirs) if theirs else None)
