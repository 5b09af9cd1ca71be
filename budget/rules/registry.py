"""How a rule is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

from budget.registry import Registry
from budget.rules.finding import Outcome
from budget.rules.printed import Subject
from budget.terms import Needs, Severity

Check = Callable[[Subject], Iterable[Outcome]]


class Blame(Enum):
    """Which places of a finding its rule blames: what else is wrong there has the same cause."""

    NONE = "none"
    FIRST = "first"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, which is never used again for another, and what people read of it.

    ``explain`` says what to do first, ``basis`` where the rule comes from (依据), ``example`` what
    breaks it. ``severity`` is the default; an edition, then a bureau's setting override it.
    ``blames`` says what of its findings explains what other rules say of the same places.
    """

    code: str
    severity: Severity
    title: str
    explain: str
    basis: str
    example: str
    needs: Needs
    check: Check
    blames: Blame = Blame.NONE

    def said(self, subject: Subject) -> tuple[Outcome, ...]:
        """Return all that it says of a subject; it is asked once, however many want to know."""
        return subject.once(self._said)

    def _said(self, subject: Subject) -> tuple[Outcome, ...]:
        return tuple(self.check(subject))

    @property
    def family(self) -> str:
        """The module that the rule lives in."""
        return self.check.__module__.rsplit(".", 1)[-1]

    @property
    def family_title(self) -> str:
        """The Chinese name that begins the docstring of that module."""
        told: str = self.check.__globals__["__doc__"] or self.family
        return told.strip().split(":")[0].split("：")[0]


RULES: Registry[Rule] = Registry("规则")


def rule(
    code: str,
    severity: Severity,
    title: str,
    *,
    explain: str,
    basis: str,
    example: str,
    needs: Needs = Needs.DOCUMENT,
    blames: Blame = Blame.NONE,
) -> Callable[[Check], Check]:
    """Declare a function as the check of a rule."""

    def declare(check: Check) -> Check:
        declared = Rule(code, severity, title, explain, basis, example, needs, check, blames)
        RULES.add(code, declared)
        return check

    return declare
