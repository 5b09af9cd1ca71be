"""Which cases each rule is tried on: five of them for a rule that compares amounts.

Cases are declared in tables (``cases_of_*.py``), one entry per rule, so that a test can tell which
rule lacks one. A case makes what is judged; the kind says what the rule must then say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from budget.rules.printed import Subject
from budget.terms import Term

Make = Callable[[], Subject]


class Kind(Term):
    """What a case shows of a rule."""

    PASSES = "passes", "合格"
    FAILS = "fails", "不合格"
    WITHIN = "within", "界内：差额恰在允许之内"
    BEYOND = "beyond", "界外：多出一分或半个印刷单位"
    MISSING = "missing", "缺少所需的数"


QUIET: Final = frozenset({Kind.PASSES, Kind.WITHIN})
SHARP: Final = frozenset({Kind.FAILS, Kind.BEYOND})


@dataclass(frozen=True, slots=True)
class Case:
    """Something to judge by one rule."""

    code: str
    kind: Kind
    make: Make

    @property
    def name(self) -> str:
        """How a test of it is called."""
        return f"{self.code}-{self.kind}"


CASES: Final[dict[tuple[str, Kind], Case]] = {}
WORDS_ONLY: Final[set[str]] = set()
"""Rules that compare no amounts, and so have no boundary."""
WAITING: Final[set[str]] = set()
"""Rules that nothing can be judged by yet."""


def amounts(
    code: str, *, passes: Make, fails: Make, within: Make, beyond: Make, missing: Make
) -> None:
    """Declare the cases of a rule that compares amounts."""
    _declare(
        code,
        {
            Kind.PASSES: passes,
            Kind.FAILS: fails,
            Kind.WITHIN: within,
            Kind.BEYOND: beyond,
            Kind.MISSING: missing,
        },
    )


def words(code: str, *, passes: Make, fails: Make, missing: Make) -> None:
    """Declare the cases of a rule that compares no amounts."""
    WORDS_ONLY.add(code)
    _declare(code, {Kind.PASSES: passes, Kind.FAILS: fails, Kind.MISSING: missing})


def waiting(code: str, *, missing: Make) -> None:
    """Declare a rule that waits for data which nobody can enter yet."""
    WAITING.add(code)
    _declare(code, {Kind.MISSING: missing})


def _declare(code: str, made: dict[Kind, Make]) -> None:
    for kind, make in made.items():
        assert (code, kind) not in CASES, f"{code} has two cases of {kind}"
        CASES[code, kind] = Case(code, kind, make)
