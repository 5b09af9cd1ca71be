"""What is in force: the severity of each rule and the thresholds, as a bureau sets them.

Three layers: a rule's own default, the edition's, the bureau's for a year. What holds in the end
is frozen with each snapshot as plain texts: ``severity.BAL001`` is a severity's stored word,
``threshold.other_share`` a number. So it can be told later with which rules a budget was judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from budget.edition import Edition
from budget.rules.registry import RULES
from budget.terms import Severity

SEVERITY: Final = "severity"
THRESHOLD: Final = "threshold"
SEVERITIES: Final = {severity.value: severity for severity in Severity}


class UnreadableSetting(ValueError):
    """A setting's name or value is none that rules know. The message says so in Chinese."""


@dataclass(frozen=True)
class Settings:
    """Severities by code of a rule and thresholds by name; what is not there has its default."""

    severities: Mapping[str, Severity] = field(default_factory=dict)
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)

    def in_force(self, edition: Edition) -> Settings:
        """Return the severity of every rule and every threshold that edition or bureau states."""
        own = {code: rule.severity for code, rule in RULES.items()}
        return Settings(
            {**own, **edition.severities, **self.severities},
            {**edition.thresholds, **self.thresholds},
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
    """Return the settings that a snapshot froze. Raises UnreadableSetting."""
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


def severity_of(word: str) -> Severity:
    """Return the severity of a stored word. Raises UnreadableSetting."""
    if word not in SEVERITIES:
        known = "、".join(f"{each.value}（{each.label}）" for each in Severity)
        raise UnreadableSetting(f"“{word}”不是规则的等级，应为 {known}")
    return SEVERITIES[word]


def number_of(text: str) -> Decimal:
    """Return a threshold. Raises UnreadableSetting for what is no finite number."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise UnreadableSetting(f"“{text}”不是数字，不能作限值") from error
    if not number.is_finite():
        raise UnreadableSetting(f"“{text}”不是数字，不能作限值")
    return number
