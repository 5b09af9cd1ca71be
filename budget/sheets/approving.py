"""只做公开: a budget that begins as approved — its 批复 recorded, its ledger proven equal to it.

Amounts are entered as in any budget until nothing differs from the 批复; then the budget is
approved, and every amount locked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db import transaction

from budget.approval import Approved, Proof, Use, prove
from budget.audit.recording import record
from budget.load import read_book
from budget.models import (
    ApprovedAmount,
    Attachment,
    BudgetUnit,
    DepartmentBudget,
)
from budget.sheets.attaching import Upload, attach
from budget.sheets.changing import Guard, counted_on, locked
from budget.sheets.keeping import with_files
from budget.sheets.part import Part
from budget.sheets.publishable import is_copy, why_not_of_day, why_not_only_published
from budget.terms import AttachmentKind

LONGEST_NUMBER = 100


class NotRecorded(ValueError):
    """A 批复 cannot be recorded as it is told; the message says why in Chinese."""


@dataclass(frozen=True, slots=True)
class UnitProof:
    """The proof of one unit's part."""

    unit: BudgetUnit
    proof: Proof


# ---- recording what was approved ----


def record_approval(
    budget: DepartmentBudget,
    number: str,
    approved_on: date | None,
    upload: Upload | None,
    *,
    by: User,
    guard: Guard,
) -> None:
    """Record number, date and file of a 批复; from now on the budget is only published.

    A file that is there already may stay. Raises NotRecorded, UnfitFile and what the guard raises.
    """
    with with_files():
        mine = locked(budget)
        guard(mine)
        _refuse(mine, number.strip(), approved_on, upload)
        if upload is not None:
            attach(Part(mine), upload, AttachmentKind.APPROVAL, by=by, guard=_allowed)
        _keep(mine, number.strip(), approved_on, disclosure_only=True)
        _written(mine, "budget.record_approval", by, number.strip(), approved_on)


def forget_approval(budget: DepartmentBudget, *, by: User, guard: Guard) -> None:
    """Take back that a budget is only published; its files and approved amounts stay.

    Raises NotRecorded for a copy, whose 批复 is its original's, and what the guard raises.
    """
    with transaction.atomic():
        mine = locked(budget)
        guard(mine)
        if is_copy(mine):
            raise NotRecorded("本版是更正，批复是所更正的版本的，不能取消")
        _keep(mine, "", None, disclosure_only=False)
        _written(mine, "budget.forget_approval", by, mine.approval_number, mine.approved_on)


def approval_files(budget: DepartmentBudget) -> list[Attachment]:
    """Return the files of the 批复, in the order in which they came."""
    rows = Attachment.objects.filter(budget=budget, kind=AttachmentKind.APPROVAL)
    return list(rows.filter(unit__isnull=True).order_by("pk"))


def _refuse(
    budget: DepartmentBudget, number: str, approved_on: date | None, upload: Upload | None
) -> None:
    for reason in why_not_only_published(budget):
        raise NotRecorded(f"不能登记批复：{reason}")
    if not number:
        raise NotRecorded("请填写批复文号")
    if len(number) > LONGEST_NUMBER:
        raise NotRecorded(f"批复文号最多{LONGEST_NUMBER}个字")
    if approved_on is None:
        raise NotRecorded("请填写批复日期")
    for reason in why_not_of_day(budget.year, approved_on):
        raise NotRecorded(reason)
    if upload is None and not approval_files(budget):
        raise NotRecorded("请上传批复文件")


def _allowed(budget: DepartmentBudget) -> None:
    """Let a file in: who may record a 批复 was asked already, under the same lock."""


def _keep(
    budget: DepartmentBudget, number: str, approved_on: date | None, *, disclosure_only: bool
) -> None:
    DepartmentBudget.objects.filter(pk=budget.pk).update(
        disclosure_only=disclosure_only, approval_number=number, approved_on=approved_on
    )
    counted_on(budget)


def _written(
    budget: DepartmentBudget, act: str, by: User, number: str, approved_on: date | None
) -> None:
    """Record what was done about the 批复 of this number and day."""
    subject = f"{budget.department_id}/{budget.year_id}"
    record(act, by=by, subject=subject, detail={"number": number, "approved_on": approved_on})


# ---- the proof ----


def proofs(budget: DepartmentBudget) -> list[UnitProof]:
    """Return the proof of each unit's part, in the order of units."""
    lines = read_book(budget).lines
    parts = budget.unit_budgets.select_related("unit").order_by("unit__position", "unit__code")
    stated = _stated(budget)
    return [
        UnitProof(
            part.unit,
            prove(
                (line for line in lines if line.unit == part.unit.code),
                (approved for unit, approved in stated if unit == part.unit_id),
            ),
        )
        for part in parts
    ]


def _stated(budget: DepartmentBudget) -> list[tuple[int, Approved]]:
    """Return what the 批复 says, each amount with the key of its unit."""
    names = ("source", "carried_over", "nature", "upkeep", "project")
    rows = ApprovedAmount.objects.filter(budget=budget).values_list("unit_id", "amount", *names)
    return [
        (unit, Approved(Use(source, carried_over, nature, upkeep, project or None), amount))
        for unit, amount, source, carried_over, nature, upkeep, project in rows
    ]


def missing_for_approval(budget: DepartmentBudget, found: list[UnitProof]) -> list[str]:
    """Return in Chinese what keeps a budget from being approved; nothing where it may be."""
    return list(_missing(budget, found))


def _missing(budget: DepartmentBudget, found: list[UnitProof]) -> Iterator[str]:
    if not budget.disclosure_only:
        yield "本预算没有登记为只做公开"
    if not (budget.approval_number and budget.approved_on and approval_files(budget)):
        yield "批复文号、日期和文件没有登记齐全"
    if budget.approved_on:
        yield from why_not_of_day(budget.year, budget.approved_on)
    if not any(each.proof.is_stated for each in found):
        yield "批复数还没有填写"
    for each in found:
        differing = len(each.proof.differing)
        if differing:
            yield f"{each.unit.name}有{differing}项与批复不符"
