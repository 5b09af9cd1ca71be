"""All rules on one document: what they find, what they could not check, what they passed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from budget.money import ZERO, total
from budget.rules.diagnosis import Cause, Stated, causes, merged, stated
from budget.rules.finding import AtMost, Equal, Finding, Fix, NotChecked, Outcome, Side
from budget.rules.printed import Printed, Subject
from budget.rules.registry import RULES, Rule
from budget.rules.telling import in_unit, side, sum_side
from budget.terms import Needs, Severity


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
    """What checking a document gave, in the fixed order of rules."""

    found: tuple[Found, ...]
    unchecked: tuple[Unchecked, ...]
    passed: tuple[Rule, ...]

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

    @property
    def suspects(self) -> frozenset[str]:
        """Where something is wrong that is no equation."""
        alone = (place for _, finding in self.found for place in finding.where[:1])
        return frozenset(alone).union(*(finding.where for _, finding in self.exceeding))


Told = tuple[Rule, Finding, tuple[str, ...]]
"""A finding with its rule and the codes of other rules that the same cause breaks."""


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
    outcomes = Outcomes()
    for code in in_force:
        _run(RULES[code], subject, outcomes)
    traced: list[Told] = [
        (*_told(cause, subject.figures), _also(cause))
        for cause in merged(causes(outcomes.equations, outcomes.suspects))
    ]
    found = _once(traced, outcomes)
    order = {code: place for place, code in enumerate(in_force)}
    found.sort(key=lambda each: order[each[0].code])
    breached = {rule.code for rule, _, _ in found}.union(*(also for _, _, also in found))
    unsure = {each.rule.code for each in outcomes.unchecked}
    return Report(
        tuple(
            Found(rule, _gravest(in_force, (rule.code, *also)), finding, also)
            for rule, finding, also in found
        ),
        tuple(outcomes.unchecked),
        tuple(RULES[code] for code in in_force if code not in breached | unsure),
    )


def _gravest(in_force: Mapping[str, Severity], codes: Iterable[str]) -> Severity:
    """Return the severity of a cause: that of the gravest rule that it breaks."""
    return min((in_force[code] for code in codes), key=list(Severity).index)


def _once(traced: Sequence[Told], outcomes: Outcomes) -> list[Told]:
    """Return all findings; what is said of a figure that is known to be wrong joins the cause.

    A figure that breaks equations may also be negative, or exceed its limit, or be the limit.
    """
    told = list(traced)
    blamed = {finding.where[0]: place for place, (_, finding, _) in reversed([*enumerate(told)])}
    for rule, finding in (*outcomes.found, *outcomes.exceeding):
        known = next((blamed[place] for place in finding.where if place in blamed), None)
        if known is None:
            told.append((rule, finding, ()))
        else:
            first, cause, also = told[known]
            told[known] = (first, cause, tuple(dict.fromkeys((*also, rule.code))))
    return told


def _run(rule: Rule, subject: Subject, outcomes: Outcomes) -> None:
    if rule.needs is Needs.BOOK and subject.book is None:
        outcomes.unchecked.append(Unchecked(rule, "没有明细数据"))
        return
    try:
        said = list(rule.check(subject))
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


def _told(cause: Cause, figures: Mapping[str, Printed]) -> tuple[Rule, Finding]:
    """Return a cause as the finding of the first rule that it breaks."""
    first = min(cause.broken, key=lambda each: list(RULES).index(each.rule))
    whole = figures[first.equation.total]
    items = [figures[item] for item in first.equation.items]
    places = dict.fromkeys(
        (cause.address, *(a for each in cause.broken for a in _addresses(each.equation)))
    )
    suspect = figures[cause.address]
    finding = Finding(
        tuple(places),
        side(whole),
        sum_side(items) if items else _nothing(whole),
        in_unit(abs(first.gap), whole),
        advice=f"先核对{suspect.label}（{suspect.text or '空白'}）",
        fix=_fix(suspect, cause.correction),
    )
    return RULES[first.rule], finding


def _also(cause: Cause) -> tuple[str, ...]:
    codes = sorted({each.rule for each in cause.broken}, key=list(RULES).index)
    return tuple(codes[1:])


def _addresses(equation: Equal) -> tuple[str, ...]:
    return (equation.total, *equation.items)


def _nothing(whole: Printed) -> Side:
    """Return the other side of a total all of whose items are left out."""
    return Side("分项之和", in_unit(ZERO, whole), whole.unit)


def _fix(suspect: Printed, correction: Decimal) -> Fix | None:
    """Return what the figure should read; none where the document's unit cannot show it."""
    if suspect.half or correction == 0:
        return None
    return Fix(suspect.address, in_unit(suspect.yuan + correction, suspect))


def texts(report: Report) -> Iterable[str]:
    """Yield each finding as a line of text, for terminals and tests."""
    for each in report.found:
        finding = each.finding
        right = f"，{finding.right.label}{finding.right.text}" if finding.right else ""
        yield f"{each.rule.code} {each.rule.title}：{finding.left.label}{finding.left.text}{right}"
