"""All rules on one document: what they find, what they could not check, what they passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from budget.money import total
from budget.rules.attribution import Told, told_once
from budget.rules.diagnosis import Stated, stated
from budget.rules.finding import AtMost, Equal, Finding, NotChecked, Outcome
from budget.rules.printed import Printed, Subject
from budget.rules.registry import RULES, Rule
from budget.rules.scaling import rescaled
from budget.rules.telling import in_unit, side, sum_side
from budget.terms import Needs, Severity

SCALE: Final = "AGR003"
"""The rule that finds whole tables to be multiples; while it is off, none is looked for."""


class RuleFailed(RuntimeError):
    """A rule itself is broken. It is a mistake of the program and never a finding."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding stamped with its rule and severity; ``also`` are other rules of the same cause."""

    rule: Rule
    severity: Severity
    finding: Finding
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A rule that could not be checked, and why."""

    rule: Rule
    reason: str


@dataclass(frozen=True)
class Report:
    """What checking a document gave, in the fixed order of rules; ``off`` were not looked at."""

    found: tuple[Found, ...]
    unchecked: tuple[Unchecked, ...]
    passed: tuple[Rule, ...]
    off: tuple[Rule, ...] = ()

    def of(self, severity: Severity) -> tuple[Found, ...]:
        """Return the findings of one severity."""
        return tuple(found for found in self.found if found.severity is severity)


@dataclass
class Outcomes:
    """What the rules said, before equations are measured."""

    found: list[tuple[Rule, Finding]] = field(default_factory=list)
    unchecked: list[Unchecked] = field(default_factory=list)
    equations: list[Stated] = field(default_factory=list)
    exceeding: list[tuple[Rule, Finding]] = field(default_factory=list)


def check(subject: Subject, severities: Mapping[str, Severity] | None = None) -> Report:
    """Return what all rules that are not off say of a document.

    ``severities`` are a bureau's settings by code of a rule; without one the edition's holds, else
    the rule's own. Raises RuleFailed.
    """
    settings = {**subject.edition.severities, **(severities or {})}
    in_force = {
        each.code: severity
        for each in RULES.values()
        if (severity := settings.get(each.code, each.severity)) is not Severity.OFF
    }
    if SCALE in in_force:
        subject = rescaled(subject)
    outcomes = Outcomes()
    for code in in_force:
        _run(RULES[code], subject, outcomes)
    told = told_once(outcomes.found, outcomes.exceeding, outcomes.equations, subject.figures)
    return _report(in_force, outcomes, told)


def _report(in_force: Mapping[str, Severity], outcomes: Outcomes, told: Sequence[Told]) -> Report:
    order = {code: place for place, code in enumerate(in_force)}
    breached = {code for each in told for code in each.codes}
    unsure = {each.rule.code for each in outcomes.unchecked}
    return Report(
        tuple(
            Found(each.rule, _gravest(in_force, each.codes), each.finding, each.also)
            for each in sorted(told, key=lambda each: order[each.rule.code])
        ),
        tuple(outcomes.unchecked),
        tuple(RULES[code] for code in in_force if code not in breached | unsure),
        tuple(rule for code, rule in RULES.items() if code not in in_force),
    )


def _gravest(in_force: Mapping[str, Severity], codes: Iterable[str]) -> Severity:
    """Return the severity of a cause: that of the gravest rule that it breaks."""
    return min((in_force[code] for code in codes), key=list(Severity).index)


def _run(rule: Rule, subject: Subject, outcomes: Outcomes) -> None:
    if rule.needs is Needs.BOOK and subject.book is None:
        outcomes.unchecked.append(Unchecked(rule, "没有明细数据"))
        return
    try:
        said = rule.said(subject)
    except Exception as error:
        raise RuleFailed(f"规则 {rule.code}（{rule.title}）本身出错") from error
    for outcome in said:
        _note(rule, outcome, subject, outcomes)


def _note(rule: Rule, outcome: Outcome, subject: Subject, outcomes: Outcomes) -> None:
    if isinstance(outcome, Finding):
        outcomes.found.append((rule, outcome))
    elif isinstance(outcome, NotChecked):
        outcomes.unchecked.append(Unchecked(rule, outcome.reason))
    elif isinstance(outcome, Equal):
        outcomes.equations.append(stated(rule.code, outcome, subject.figures))
    else:
        exceeding = _exceeding(outcome, subject.figures)
        outcomes.exceeding.extend((rule, finding) for finding in exceeding)


def _exceeding(bound: AtMost, figures: Mapping[str, Printed]) -> Iterator[Finding]:
    amount, limits = figures[bound.amount], [figures[address] for address in bound.limit]
    limit = total(each.yuan for each in limits)
    slack = total((amount.half, *(each.half for each in limits)))
    if amount.yuan - limit > slack:
        yield Finding(
            (bound.amount, *bound.limit),
            side(amount),
            sum_side(limits),
            in_unit(amount.yuan - limit, amount),
            advice=bound.advice,
        )


def texts(report: Report) -> Iterable[str]:
    """Yield each finding as a line of text, for terminals and tests."""
    for each in report.found:
        finding = each.finding
        right = f"，{finding.right.label}{finding.right.text}" if finding.right else ""
        yield f"{each.rule.code} {each.rule.title}：{finding.left.label}{finding.left.text}{right}"
