"""Taking in a unit's part, or handing it back with a reason: the department's finance office.

A part that was taken in and typed into afterwards is not taken in any more: what was looked at is
not what there is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max

from budget.audit.recording import record
from budget.models import Account, DepartmentBudget, Edit, UnitVerdict
from budget.sheets.changing import Guard, locked
from budget.sheets.completing import NotComplete, mark
from budget.sheets.part import Part

LONGEST = 2000


class NoReason(ValueError):
    """A part is handed back without a word why, or with too many; the message is in Chinese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The last verdict on a unit's part; ``typed_since`` says that it was changed afterwards."""

    accepted: bool
    reason: str
    by: str
    at: datetime
    typed_since: bool

    @property
    def holds(self) -> bool:
        """True where the part is taken in as it is now."""
        return self.accepted and not self.typed_since


def take_in(part: Part, *, by: User, guard: Guard) -> None:
    """Take in a unit's part; one that is taken in already stays so, and nothing is recorded.

    Raises NotComplete for a part that its accountant has not said is entered, and what the guard
    raises.
    """
    with transaction.atomic():
        budget = locked(part.budget)
        guard(budget)
        now = Part(budget, part.unit)
        if not now.unit_budget.complete:
            raise NotComplete(f"{part.name}还没有确认填报完成，不能接收")
        last = verdicts(budget).get(now.unit_budget.unit_id)
        if last is None or not last.holds:
            _write(now, by, accepted=True, reason="")


def hand_back(part: Part, reason: str, *, by: User, guard: Guard) -> None:
    """Hand a unit's part back to its accountant, who sees why.

    Raises NoReason, and what the guard raises.
    """
    words = reason.strip()
    if not words:
        raise NoReason("请写明退回的理由")
    if len(words) > LONGEST:
        raise NoReason(f"退回的理由最多{LONGEST}个字，现有{len(words)}个字")
    with transaction.atomic():
        budget = locked(part.budget)
        guard(budget)
        now = Part(budget, part.unit)
        mark(now, by, complete=False)
        _write(now, by, accepted=False, reason=words)


def _write(part: Part, by: User, *, accepted: bool, reason: str) -> None:
    assert part.unit is not None
    UnitVerdict.objects.create(
        budget=part.budget, unit=part.unit, accepted=accepted, reason=reason, by=by
    )
    act = "budget.accept_unit" if accepted else "budget.return_unit"
    detail = {"reason": reason} if reason else {}
    record(act, by=by, subject=f"{part.code}/{part.budget.year_id}", detail=detail)


def verdicts(budget: DepartmentBudget) -> Mapping[int, Verdict]:
    """Return the last verdict on each unit's part, by the unit's key; in three queries."""
    said = UnitVerdict.objects.filter(budget=budget).order_by("id")
    last = {verdict.unit_id: verdict for verdict in said}
    names = dict(
        Account.objects.filter(user__in={each.by_id for each in last.values()}).values_list(
            "user_id", "name"
        )
    )
    edited = Edit.objects.filter(budget=budget, unit__in=last).order_by()
    typed = dict(edited.values_list("unit").annotate(at=Max("batch__at")))
    return {
        unit: Verdict(
            accepted=verdict.accepted,
            reason=verdict.reason,
            by=names.get(verdict.by_id, ""),
            at=verdict.at,
            typed_since=unit in typed and typed[unit] > verdict.at,
        )
        for unit, verdict in last.items()
    }
