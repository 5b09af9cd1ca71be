"""How a rule is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from budget.registry import Registry
from budget.rules.finding import Outcome
from budget.rules.printed import Subject
from budget.terms import Needs, Severity

Check = Callable[[Subject], Iterable[Outcome]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, which is never used again for another, and what people read of it.

    ``explain`` says what to do first, ``basis`` where the rule comes from (依据), ``example`` what
    breaks it. ``severity`` is the default; an edition, then a bureau's setting override it.
    """

    code: str
    severity: Severity
    title: str
    explain: str
    basis: str
    example: str
    needs: Needs
    check: Check

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
) -> Callable[[Check], Check]:
    """Declare a function as the check of a rule."""

    def declare(check: Check) -> Check:
        RULES.add(code, Rule(code, severity, title, explain, basis, example, needs, check))
        return check

    return declare
