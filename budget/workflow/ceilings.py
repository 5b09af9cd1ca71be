"""Setting, revising and splitting 控制数, and saying why one is exceeded: each with its trail.

Everything that is asked for happens, or nothing. What a person changes is held against what he saw:
a ceiling that somebody else has changed since is told, not overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from budget.actions import Action
from budget.audit.recording import record
from budget.ceilings import Limit, Place
from budget.models import (
    Ceiling,
    CeilingChange,
    DepartmentBudget,
    ExcessReason,
    Project,
    Refused,
    UnitBudget,
    require,
)
from budget.models.once import once
from budget.money import LARGEST, YUAN, ZERO, total
from budget.sheets.changing import locked
from budget.sheets.publishable import is_copy, is_declared
from budget.spellings import amount_text
from budget.terms import CeilingKind, Round
from budget.workflow.published import corrects_texts
from budget.workflow.rounds import second_submission
from budget.workflow.saying import LONGEST, too_long


@dataclass(frozen=True, slots=True)
class Wanted:
    """A ceiling as it was seen and as it should be, in yuan; None where there is none."""

    unit: str | None
    limit: Limit
    was: Decimal | None
    now: Decimal | None

    @property
    def place(self) -> Place:
        """Whose ceiling, and what it limits."""
        return self.unit, self.limit


class NotSet(Refused):
    """Nothing was set; ``faults`` says by place why, in Chinese; None stands for all of it."""

    def __init__(self, faults: Mapping[Place | None, str]) -> None:
        self.faults = faults
        super().__init__("；".join(faults.values()))


def set_ceilings(
    budget: DepartmentBudget, wanted: Sequence[Wanted], by: User, *, reason: str = ""
) -> int:
    """Set the ceilings of a budget, as the bureau does, and return how many changed.

    A revision wants a reason. Raises NotSet and what ``require`` raises.
    """
    with transaction.atomic():
        now = locked(budget)
        require(by, Action.SET_CEILING, now)
        _require_open(now)
        return _Setting(now, by, reason.strip()).done(wanted)


def split_ceilings(
    budget: DepartmentBudget, wanted: Sequence[Wanted], by: User, *, reason: str = ""
) -> int:
    """Split what a department was given among its units, and return how many parts changed.

    The units together get no more than the department has. Raises NotSet and what ``require`` does.
    """
    with transaction.atomic():
        now = locked(budget)
        require(by, Action.SPLIT_CEILING, now)
        _require_open(now)
        return _Splitting(now, by, reason.strip()).done(wanted)


def why_ceilings_stand(budget: DepartmentBudget) -> str:
    """Return in Chinese why the ceilings of a version are changed no more, "" where they are."""
    if budget.round is Round.FIRST_SUBMISSION and second_submission(budget) is not None:
        return "二上已经开设，控制数请在二上中修改"
    if corrects_texts(budget):
        return "这一版只更正文字，金额以批复为准，不再下达或分解控制数"
    if is_declared(budget) and not is_copy(budget):
        return "本部门本年度登记为只做公开，预算在别处批复，不下达控制数；要下达的，先取消登记"
    return ""


def _require_open(budget: DepartmentBudget) -> None:
    reason = why_ceilings_stand(budget)
    if reason:
        raise NotSet({None: reason})


class _Setting:
    """Sets ceilings of one budget under its lock."""

    act = "budget.set_ceiling"
    split = False

    def __init__(self, budget: DepartmentBudget, by: User, reason: str) -> None:
        self.budget, self.by, self.reason = budget, by, reason
        units = UnitBudget.objects.filter(budget=budget, unit__merged=False)
        self.units: dict[str | None, int | None] = {None: None}
        self.units.update(units.values_list("unit__code", "unit_id"))
        self.stored = _stored(budget)

    def done(self, wanted: Sequence[Wanted]) -> int:
        moving = [each for each in wanted if each.now != each.was]
        faults: dict[Place | None, str] = {}
        for each in moving:
            fault = self.fault(each)
            if fault:
                faults[each.place] = fault
        if not faults and not self.reason and any(each.was is not None for each in moving):
            faults[None] = "修改已经下达的控制数，请写明理由"
        if not faults and too_long(self.reason):
            faults[None] = too_long(self.reason)
        faults = faults or dict(self.together(moving))
        if faults:
            raise NotSet(faults)
        fresh = [each for each in moving if self.amount_at(each.place) != each.now]
        self.write(fresh)
        return len(fresh)

    def fault(self, wanted: Wanted) -> str:
        """Return in Chinese why a ceiling cannot be set so, "" where it can."""
        if wanted.unit not in self.units:
            return f"没有编码为 {wanted.unit} 的单位，或者它不单列预算"
        if wanted.limit.project and wanted.limit.kind is not CeilingKind.PROJECT:
            return "只有项目支出的控制数可以注明项目"
        if wanted.limit.project and not self.has_project(wanted):
            return f"没有编码为 {wanted.limit.project} 的项目"
        if wanted.now is not None and not ZERO <= wanted.now <= LARGEST:
            return "控制数不能为负数，最多 9,999,999,999,999.99 元"
        stands = self.amount_at(wanted.place)
        if stands in (wanted.was, wanted.now):
            return ""
        told = "撤销" if stands is None else f"改为 {amount_text(stands, YUAN)} 元"
        return f"其间已有人{told}，请核对后重新填写"

    def together(self, moving: Sequence[Wanted]) -> Iterable[tuple[Place | None, str]]:
        """Yield what is wrong with all of it together."""
        return ()

    def has_project(self, wanted: Wanted) -> bool:
        found = Project.objects.filter(budget=self.budget, code=wanted.limit.project)
        return found.filter(unit__code=wanted.unit).exists() if wanted.unit else found.exists()

    def amount_at(self, place: Place) -> Decimal | None:
        stored = self.stored.get(place)
        return stored.amount if stored else None

    def write(self, moving: Sequence[Wanted]) -> None:
        if not moving:
            return
        changes = [self.change(each) for each in moving]
        for each in moving:
            self.write_one(each)
        CeilingChange.objects.bulk_create(changes)
        DepartmentBudget.objects.filter(pk=self.budget.pk).update(revision=F("revision") + 1)
        record(
            self.act,
            by=self.by,
            subject=f"{self.budget.department_id}/{self.budget.year_id}",
            detail={
                "round": self.budget.round.value,
                "version": self.budget.version,
                "reason": self.reason,
                "changes": [
                    [each.unit or "", *_named(each.limit).values(), each.was, each.now]
                    for each in moving
                ],
            },
        )

    def write_one(self, wanted: Wanted) -> None:
        stored = self.stored.get(wanted.place)
        if stored is not None and wanted.now is None:
            stored.delete()
        elif stored is not None:
            stored.amount = wanted.now
            stored.save(update_fields=["amount"])
        else:
            Ceiling.objects.create(
                budget=self.budget,
                unit_id=self.units[wanted.unit],
                amount=wanted.now,
                **_named(wanted.limit),
            )

    def change(self, wanted: Wanted) -> CeilingChange:
        return CeilingChange(
            budget=self.budget,
            unit_id=self.units[wanted.unit],
            before=self.amount_at(wanted.place),
            after=wanted.now,
            reason=self.reason,
            split=self.split,
            by=self.by,
            **_named(wanted.limit),
        )


class _Splitting(_Setting):
    """Splits the department's own ceilings among its units."""

    act = "budget.split_ceiling"
    split = True

    def fault(self, wanted: Wanted) -> str:
        if wanted.unit is None or (None, wanted.limit) not in self.stored:
            return "财政部门没有下达部门的这一项控制数，不能分解"
        return super().fault(wanted)

    def has_project(self, wanted: Wanted) -> bool:
        """A named project is of one unit; the others simply get nothing of it."""
        return wanted.now is None or super().has_project(wanted)

    def together(self, moving: Sequence[Wanted]) -> Iterable[tuple[Place | None, str]]:
        after = {place: each.amount for place, each in self.stored.items()}
        after |= {each.place: each.now for each in moving}
        for limit in dict.fromkeys(each.limit for each in moving):
            parts = total(
                amount
                for (unit, of), amount in after.items()
                if unit is not None and of == limit and amount is not None
            )
            whole = after[None, limit]
            if parts > whole:
                yield (
                    (None, limit),
                    f"{limit.label}：分解到各单位的合计 {amount_text(parts, YUAN)} 元，"
                    f"超过部门的控制数 {amount_text(whole, YUAN)} 元",
                )


def _stored(budget: DepartmentBudget) -> dict[Place, Ceiling]:
    found = Ceiling.objects.filter(budget=budget).select_related("unit")
    return {(each.unit.code if each.unit else None, limit_of(each)): each for each in found}


def limit_of(stored: Ceiling | CeilingChange | ExcessReason) -> Limit:
    """Return what a stored ceiling, change or reason is about."""
    return Limit(stored.source, stored.kind, stored.project)


def _named(limit: Limit) -> dict[str, str]:
    return {"source": limit.source, "kind": limit.kind, "project": limit.project}


# ---- why a first submission exceeds one


class NotExplained(Refused):
    """A reason cannot be kept; the message says why in Chinese."""


def explain_excess(budget: DepartmentBudget, place: Place, reason: str, by: User) -> None:
    """Keep why a first submission asks for more than a ceiling allows; "" takes the reason back.

    Whoever submits explains. Raises NotExplained and what ``require`` raises.
    """
    words = reason.strip()
    with transaction.atomic():
        now = locked(budget)
        require(by, Action.SUBMIT, now)
        stored = _stored(now).get(place)
        if stored is None:
            raise NotExplained("没有这一项控制数。")
        if now.round is not Round.FIRST_SUBMISSION:
            raise NotExplained("二上不得超过控制数，不能以说明代替调减。")
        about: dict[str, Any] = {"budget": now, "unit": stored.unit, **_named(place[1])}
        if len(words) > LONGEST:
            raise NotExplained(f"说明最多{LONGEST}个字，现有{len(words)}个字。")
        if words:
            ExcessReason.objects.update_or_create(**about, defaults={"reason": words, "by": by})
        else:
            ExcessReason.objects.filter(**about).delete()
        record(
            "budget.explain_excess",
            by=by,
            subject=f"{now.department_id}/{now.year_id}",
            detail={"unit": place[0] or "", **_named(place[1]), "reason": words},
        )


def excess_reasons(budget: DepartmentBudget) -> Mapping[Place, ExcessReason]:
    """Return why ceilings are exceeded, by place."""
    return once((excess_reasons, budget.pk), partial(_excess_reasons, budget))


def _excess_reasons(budget: DepartmentBudget) -> Mapping[Place, ExcessReason]:
    found = ExcessReason.objects.filter(budget=budget).select_related("unit", "by__account")
    return {(each.unit.code if each.unit else None, limit_of(each)): each for each in found}
