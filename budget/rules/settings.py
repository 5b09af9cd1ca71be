"""What is in force: the severity of each rule and the thresholds, as a bureau sets them.

Three layers: a rule's own default, the edition's, the bureau's for a year. What holds in the end
is frozen with each snapshot as plain texts: ``severity.BAL001`` is a severity's stored word,
``threshold.other_share`` a number. So it can be told later with which rules a budget was judged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from budget.edition import Edition
from budget.rules.registry import RULES
from budget.rules.thresholds import THRESHOLDS
from budget.terms import Severity

SEVERITY: Final = "severity"
THRESHOLD: Final = "threshold"
NUMBER: Final = re.compile(r"-?[0-9]+([.][0-9]+)?")
SEVERITIES: Final = {severity.value: severity for severity in Severity}


class UnreadableSetting(ValueError):
    """A setting's name or value is none that rules know. The message says so in Chinese."""


@dataclass(frozen=True, slots=True)
class SetBy:
    """Who set something and when. What an edition sets has no day."""

    by: str
    at: datetime | None = None


@dataclass(frozen=True)
class Settings:
    """Severities by code of a rule and thresholds by name; what is not there has its default.

    ``set_by`` tells by code or name who set it, where that is known; it is not frozen.
    """

    severities: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    set_by: Mapping[str, SetBy] = field(default_factory=dict)

    def in_force(self, edition: Edition) -> Settings:
        """Return what holds of every rule and every threshold that there is."""
        own = {code: rule.severity for code, rule in RULES.items()}
        default = {name: each.default for name, each in THRESHOLDS.items()}
        edited = dict.fromkeys(
            (*edition.severities, *edition.thresholds), SetBy(f"版式 {edition.code}")
        )
        return Settings(
            {**own, **edition.severities, **self.severities},
            {**default, **edition.thresholds, **self.thresholds},
            {**edited, **self.set_by},
        )

    def frozen(self) -> dict[str, str]:
        """Return the settings as texts by name, for a snapshot.

        >>> Settings({"BAL001": Severity.WARNING}, {"other_share": Decimal("25.0")}).frozen()
        {'severity.BAL001': 'warning', 'threshold.other_share': '25.0'}
        """
        severities = {f"{SEVERITY}.{code}": each.value for code, each in self.severities.items()}
        thresholds = {f"{THRESHOLD}.{name}": f"{each:f}" for name, each in self.thresholds.items()}
        return {**severities, **thresholds}


def thawed(texts: Mapping[str, str]) -> Settings:
    """Return the settings that a snapshot froze. Raises UnreadableSetting.

    Rules and thresholds that were dropped since are kept as they were: a snapshot tells how a
    budget was judged then, not how it would be judged now.
    """
    severities: dict[str, Severity] = {}
    thresholds: dict[str, Decimal] = {}
    for name, text in texts.items():
        kind, _, subject = name.partition(".")
        if kind == SEVERITY and subject:
            severities[subject] = severity_of(text)
        elif kind == THRESHOLD and subject:
            thresholds[subject] = number_of(text)
        else:
            raise UnreadableSetting(f"“{name}”不是规则的等级或限值")
    return Settings(severities, thresholds)


def severity_for(code: str, word: str) -> Severity:
    """Return the severity that a rule is set to. Raises UnreadableSetting."""
    if code not in RULES:
        raise UnreadableSetting(f"没有编号为 {code} 的规则")
    return severity_of(word)


def threshold_for(name: str, text: str) -> Decimal:
    """Return what a threshold is set to, within its bounds. Raises UnreadableSetting."""
    if name not in THRESHOLDS:
        known = "、".join(f"{each.name}（{each.title}）" for each in THRESHOLDS.values())
        raise UnreadableSetting(f"没有名为“{name}”的限值；现有：{known}")
    number, known_as = number_of(text), THRESHOLDS[name]
    if not known_as.lowest <= number <= known_as.highest:
        raise UnreadableSetting(f"“{known_as.title}”应在{known_as.span}之间，不能设为{number:f}")
    return number


def require_order(thresholds: Mapping[str, Decimal]) -> None:
    """Refuse lower ends above their upper ends, among all in force. Raises UnreadableSetting."""
    for each in THRESHOLDS.values():
        if each.upper and thresholds[each.name] > thresholds[each.upper]:
            upper = THRESHOLDS[each.upper]
            raise UnreadableSetting(
                f"“{each.title}”（{each.told(thresholds[each.name])}）不能高于"
                f"“{upper.title}”（{upper.told(thresholds[upper.name])}）"
            )


def severity_of(word: str) -> Severity:
    """Return the severity of a stored word. Raises UnreadableSetting."""
    if word not in SEVERITIES:
        known = "、".join(f"{each.value}（{each.label}）" for each in Severity)
        raise UnreadableSetting(f"“{word}”不是规则的等级，应为 {known}")
    return SEVERITIES[word]


def number_of(text: str) -> Decimal:
    """Return a number that is written plainly, such as 12.5. Raises UnreadableSetting."""
    if not NUMBER.fullmatch(text):
        raise UnreadableSetting(f"“{text}”不是数字，不能作限值")
    return Decimal(text)
