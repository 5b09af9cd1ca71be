"""核定数 beside the 申报数, set by whose turn it is to review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from budget.actions import Action
from budget.audit.recording import record
from budget.models import (
    DepartmentBudget,
    GrantChange,
    GrantedAmount,
    Refused,
    require,
)
from budget.money import LARGEST, YUAN, ZERO
from budget.sheets.changing import locked
from budget.spellings import amount_text
from budget.workflow.granted import Asked, Place, asked_for
from budget.workflow.hands import require_other_hands
from budget.workflow.holding import not_closed
from budget.workflow.refusals import NotReady
from budget.workflow.saying import too_long


@dataclass(frozen=True, slots=True)
class Wanted:
    """What should be granted of a row, in yuan; ``now`` None takes back what was granted.

    ``requested`` and ``was`` are the 申报数 and the 核定数 that the person saw, ``what`` is what
    he saw it asked for (`budget.load.granting.told`), None where he did not say.
    """

    place: Place
    requested: Decimal
    was: Decimal | None
    now: Decimal | None
    reason: str
    what: str | None = None


class NotGranted(Refused):
    """Nothing was granted; ``faults`` says by place why, in Chinese."""

    def __init__(self, faults: Mapping[Place, str]) -> None:
        self.faults = faults
        super().__init__("；".join(faults.values()))


def grant(budget: DepartmentBudget, wanted: Sequence[Wanted], by: User) -> int:
    """Grant other amounts than were asked for, all or nothing; return how many rows changed.

    What equals the 申报数 again needs no grant and is taken back. Raises NotGranted, OwnWork,
    NotReady in a first submission that is over, and what ``require`` raises.
    """
    with transaction.atomic():
        now = locked(budget)
        require(by, Action.GRANT_AMOUNT, now)
        require_other_hands(by, Action.GRANT_AMOUNT, now)
        over = list(not_closed(now))
        if over:
            raise NotReady(over)
        asked = asked_for(now)
        stored = {
            (each.unit_id, each.row): each for each in GrantedAmount.objects.filter(budget=now)
        }
        faults = {each.place: _fault(each, asked, stored) for each in wanted}
        faults = {place: fault for place, fault in faults.items() if fault}
        if faults:
            raise NotGranted(faults)
        moving = [each for each in wanted if not _stands(each, asked, stored)]
        for each in moving:
            _write(now, each, stored.get(each.place), asked[each.place].what, by)
        if moving:
            DepartmentBudget.objects.filter(pk=now.pk).update(revision=F("revision") + 1)
            _record(now, moving, by)
        return len(moving)


def _fault(
    wanted: Wanted, asked: Mapping[Place, Asked], stored: Mapping[Place, GrantedAmount]
) -> str:
    """Return in Chinese why a row cannot be granted so, "" where it can."""
    if wanted.place not in asked:
        return "这一笔已不在预算中，请刷新页面"
    if asked[wanted.place].amount != wanted.requested:
        return "申报数已经改动，请刷新页面后核定"
    if wanted.what not in (None, asked[wanted.place].what):
        return "这一笔的科目或资金来源已经改动，请刷新页面后核定"
    found = stored.get(wanted.place)
    stands = found.amount if found else None
    if stands not in (wanted.was, wanted.now):
        told = "撤销" if stands is None else f"改为 {amount_text(stands, YUAN)} 元"
        return f"其间已有人{told}，请核对后重新填写"
    if wanted.now is not None and not wanted.reason.strip():
        return "请写明核定的理由"
    if too_long(wanted.reason):
        return too_long(wanted.reason)
    if wanted.now is not None and not min(ZERO, wanted.requested) <= wanted.now <= LARGEST:
        return "核定数不能为负数，最多 9,999,999,999,999.99 元"
    return ""


def _stands(
    wanted: Wanted, asked: Mapping[Place, Asked], stored: Mapping[Place, GrantedAmount]
) -> bool:
    """Return whether a row is granted so already, of what is asked for now."""
    found = stored.get(wanted.place)
    if found is None or wanted.now is None or wanted.now == wanted.requested:
        return found is None and wanted.now in (None, wanted.requested)
    if Asked(found.requested, found.what) != asked[wanted.place]:
        return False
    reason = wanted.reason.strip()
    return (found.amount, found.reason) == (wanted.now, reason)


def _write(
    budget: DepartmentBudget, wanted: Wanted, stored: GrantedAmount | None, what: str, by: User
) -> None:
    unit, row = wanted.place
    after = None if wanted.now == wanted.requested else wanted.now
    reason = wanted.reason.strip()
    before = stored.amount if stored else None
    if after is None and stored is not None:
        stored.delete()
    elif after is not None:
        GrantedAmount.objects.update_or_create(
            budget=budget,
            unit_id=unit,
            row=row,
            defaults={
                "what": what,
                "requested": wanted.requested,
                "amount": after,
                "reason": reason,
                "by": by,
            },
        )
    GrantChange.objects.create(
        budget=budget,
        unit_id=unit,
        row=row,
        what=what,
        requested=wanted.requested,
        before=before,
        after=after,
        reason=reason,
        by=by,
    )


def _record(budget: DepartmentBudget, moving: Sequence[Wanted], by: User) -> None:
    record(
        "budget.grant_amount",
        by=by,
        subject=f"{budget.department_id}/{budget.year_id}",
        detail={
            "round": budget.round.value,
            "version": budget.version,
            "changes": [[*each.place, each.requested, each.now, each.reason] for each in moving],
        },
    )
