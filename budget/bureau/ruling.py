"""Setting the rules of a year: all that was asked for or nothing, each change with its line.

What a person changed is held against what he saw: a setting that somebody else has changed since is
told, not overwritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from budget.audit.recording import record
from budget.models import BudgetYear, RuleChange, RuleSetting
from budget.rules.registry import RULES
from budget.rules.settings import UnreadableSetting, severity_for, threshold_for


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rule or threshold should be set to: values as stored, "" for the edition's."""

    name: str
    was: str
    now: str


class NotSet(Exception):
    """Nothing was set; ``faults`` says by name why, in Chinese."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = faults
        super().__init__("；".join(faults.values()))


@transaction.atomic
def settle(year: BudgetYear, wanted: Sequence[Wanted], by: User) -> int:
    """Set what differs from what was seen, and return how many settings. Raises NotSet."""
    BudgetYear.objects.select_for_update().get(pk=year.pk)
    stored = {each.name: each for each in RuleSetting.objects.filter(year=year)}
    moving = [each for each in wanted if each.now != each.was]
    faults = {each.name: words for each in moving if (words := _unfit(each, stored))}
    if faults:
        raise NotSet(faults)
    for each in moving:
        _write(year, each, stored.get(each.name), by)
    faults = {each.name: words for each in moving if (words := _wrong(year, each))}
    if faults:
        raise NotSet(faults)
    if moving:
        detail = {each.name: [each.was, each.now] for each in moving}
        record("rules.set", by=by, subject=str(year.year), detail=detail)
    return len(moving)


def _unfit(wanted: Wanted, stored: Mapping[str, RuleSetting]) -> str:
    """Return in Chinese why a value is none, or who has changed it since; "" where it may be."""
    try:
        if wanted.now:
            read = severity_for if wanted.name in RULES else threshold_for
            read(wanted.name, wanted.now)
    except UnreadableSetting as error:
        return str(error)
    now = stored.get(wanted.name)
    if (now.value if now else "") in (wanted.was, wanted.now):
        return ""
    return f"其间已有人改为“{now.told if now else '按版式'}”，请核对后重新设定。"


def _write(year: BudgetYear, wanted: Wanted, stored: RuleSetting | None, by: User) -> None:
    before = stored.value if stored else ""
    if before == wanted.now:
        return
    if stored is not None and not wanted.now:
        stored.delete()
    else:
        setting = stored or RuleSetting(year=year, name=wanted.name)
        setting.value, setting.set_by = wanted.now, by
        setting.save()
    RuleChange.objects.create(
        year=year, name=wanted.name, before=before, after=wanted.now, changed_by=by
    )


def _wrong(year: BudgetYear, wanted: Wanted) -> str:
    """Return in Chinese what is against a setting beside all others, "" where nothing is."""
    setting = RuleSetting.objects.select_related("year").filter(year=year, name=wanted.name).first()
    try:
        if setting is not None:
            setting.full_clean()
    except ValidationError as error:
        return "；".join(error.messages)
    return ""
