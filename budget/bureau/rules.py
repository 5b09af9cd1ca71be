"""The page of a year's rules: each severity and each threshold, what holds and who set it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from budget.access.admitted import person
from budget.bureau.ruling import NotSet, Wanted, settle
from budget.bureau.years import edition_title, found_year
from budget.edition import EDITIONS
from budget.models import BudgetYear, RuleChange, RuleSetting
from budget.rules.registry import RULES, Rule
from budget.rules.settings import SEVERITIES, Settings
from budget.rules.thresholds import THRESHOLDS, Threshold
from budget.terms import Severity

MOST_CHANGES = 50
VALUE, WAS = "set:", "was:"


@dataclass(frozen=True)
class Line:
    """One rule or threshold: what holds without a setting, the setting, what was typed, a fault.

    ``default`` is as people read it; ``value`` and ``typed`` are as they are stored, "" where the
    edition's holds.
    """

    name: str
    declared: Rule | Threshold
    default: str
    setting: RuleSetting | None
    typed: str
    fault: str = ""

    @property
    def value(self) -> str:
        """What is stored."""
        return self.setting.value if self.setting else ""

    @property
    def is_off(self) -> bool:
        """Whether it is a rule that does not run."""
        off = Severity.OFF
        return self.value == off.value if self.value else self.default == off.label


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, year: int) -> HttpResponse:
    """Show all rules and thresholds, and set those that were changed."""
    found = found_year(year)
    faults: Mapping[str, str] = {}
    if request.method == "POST":
        try:
            changed = settle(found, list(wanted(request.POST)), person(request))
        except NotSet as error:
            faults = error.faults
        else:
            messages.success(request, f"已保存{changed}项设定。")
            return redirect("bureau:rules", year)
    context = page(found, request.POST if faults else None, faults)
    return render(request, "bureau/rules.html", context, status=422 if faults else 200)


def wanted(posted: QueryDict) -> Iterator[Wanted]:
    """Yield what the form says of each rule and threshold that it names."""
    for name in (*RULES, *THRESHOLDS):
        if f"{VALUE}{name}" in posted:
            now = unicodedata.normalize("NFKC", str(posted[f"{VALUE}{name}"])).strip()
            yield Wanted(name, str(posted.get(f"{WAS}{name}", "")), now)


def page(
    year: BudgetYear, typed: Mapping[str, str] | None, faults: Mapping[str, str]
) -> dict[str, object]:
    """Return what the page shows, in three queries."""
    found = RuleSetting.objects.filter(year=year).select_related("year", "set_by__account")
    reader = _Reader(
        {each.name: each for each in found},
        Settings().in_force(EDITIONS[year.edition]),
        typed,
        faults,
    )
    lines = [reader.line(each.code, each) for each in RULES.values()]
    families = groupby(lines, key=attrgetter("declared.family_title"))
    return {
        "year": year,
        "edition": edition_title(year),
        "families": [(title, list(some)) for title, some in families],
        "off": [each for each in lines if each.is_off],
        "thresholds": [reader.line(each.name, each) for each in THRESHOLDS.values()],
        "severities": list(Severity),
        "changes": [_told(each) for each in _changes(year)],
        "faults": faults,
    }


@dataclass(frozen=True)
class _Reader:
    """What is stored, what holds without it, what was typed and what is wrong with that."""

    stored: Mapping[str, RuleSetting]
    without: Settings
    typed: Mapping[str, str] | None
    faults: Mapping[str, str]

    def line(self, name: str, declared: Rule | Threshold) -> Line:
        """Return the line of a rule or threshold."""
        setting = self.stored.get(name)
        value = setting.value if setting else ""
        typed = value if self.typed is None else self.typed.get(f"{VALUE}{name}", value)
        default = self._default(declared)
        return Line(name, declared, default, setting, typed, self.faults.get(name, ""))

    def _default(self, declared: Rule | Threshold) -> str:
        if isinstance(declared, Rule):
            return self.without.severities[declared.code].label
        return declared.told(self.without.thresholds[declared.name])


def _changes(year: BudgetYear) -> list[RuleChange]:
    found = RuleChange.objects.filter(year=year).select_related("changed_by__account")
    return list(found[:MOST_CHANGES])


def _told(change: RuleChange) -> tuple[RuleChange, str, str, str]:
    """Return a change with what was set and its two values, in words."""
    title = RULES[change.name].title if change.name in RULES else ""
    if change.name in THRESHOLDS:
        title = THRESHOLDS[change.name].title
    return change, title, _word(change.before), _word(change.after)


def _word(value: str) -> str:
    if not value:
        return "按版式"
    return SEVERITIES[value].label if value in SEVERITIES else value
