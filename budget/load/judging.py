"""What a bureau set for a year's rules, and what was answered to their warnings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db.models.functions import Coalesce

from budget.models import Answer as StoredAnswer
from budget.models import DepartmentBudget, RuleSetting
from budget.rules.answers import Answer
from budget.rules.settings import SetBy, Settings, severity_for, threshold_for
from budget.terms import Severity


def read_settings(year: int) -> Settings:
    """Return the bureau's own settings of a year; what it left alone is not there.

    Raises UnreadableSetting for a rule or threshold that there is none of (any more).
    """
    severities: dict[str, Severity] = {}
    thresholds: dict[str, Decimal] = {}
    set_by: dict[str, SetBy] = {}
    for name, value, by, at in RuleSetting.objects.filter(year=year).values_list(
        "name", "value", Coalesce("set_by__account__name", "set_by__username"), "set_at"
    ):
        set_by[name] = SetBy(by or "", at)
        if name[0].isupper():
            severities[name] = severity_for(name, value)
        else:
            thresholds[name] = threshold_for(name, value)
    return Settings(severities, thresholds, set_by)


def read_answers(budget: DepartmentBudget, unit: str | None = None) -> tuple[Answer, ...]:
    """Return what one version's department answered, or by its code one of its units."""
    return read_all_answers(budget).get(unit, ())


def read_all_answers(budget: DepartmentBudget) -> Mapping[str | None, tuple[Answer, ...]]:
    """Return what was answered in one version: by a unit's code, None for the department."""
    stored = StoredAnswer.objects.filter(budget=budget).order_by("id")
    found: dict[str | None, tuple[Answer, ...]] = {}
    for unit, rule, address, reason, by, at in stored.values_list(
        "unit__code",
        "rule",
        "address",
        "reason",
        Coalesce("answered_by__account__name", "answered_by__username"),
        "answered_at",
    ):
        answer = Answer(rule=rule, address=address, reason=reason, by=by or "", at=at)
        found[unit] = (*found.get(unit, ()), answer)
    return found
