"""Whose hands a version has been through: who typed in it, who took which step, and who may not.

In every duty profile nobody judges what he typed, and some acts want different persons, while they
stand (`budget.duties`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from budget.actions import Action
from budget.duties import DIFFERENT_PERSONS, NOT_ON_OWN_WORK
from budget.models import (
    Answer,
    Attachment,
    Batch,
    DepartmentBudget,
    ExcessReason,
    ReturnPoint,
    StepTaken,
)
from budget.terms import AttachmentKind, State
from budget.workflow.refusals import OwnWork

TAKING_BACK = frozenset({Action.SEND_PACKAGE_BACK, Action.DROP_WITHDRAWAL})
BEGINS_ANEW = Q(end=State.DRAFT) | Q(action__in=[each.value for each in TAKING_BACK])
"""The steps behind which what was done before is to be done anew."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What somebody has had to do with a version: whether he wrote in it, and his steps in order.

    Steps that were taken back count no more: where a budget went back to the department, all are
    taken anew, and by whom is asked anew.
    """

    typed: bool = False
    done: tuple[Action, ...] = ()

    def hinder(self, action: Action) -> str:
        """Return why the act wants another person, "" where it does not."""
        apart = {other for some in DIFFERENT_PERSONS if action in some for other in some}
        mine = [each for each in self.done if each in apart - {action}]
        if mine:
            return f"“{mine[-1].label}”是您办的，“{action.label}”须由另一人办理。"
        if self.typed and action in NOT_ON_OWN_WORK:
            return f"您录入过这个版本，不能再由您“{action.label}”。"
        return ""


def hands_in(user: User, budgets: Collection[int]) -> Mapping[int, Hands]:
    """Return what somebody has had to do with each of some budgets, by their keys."""
    before = _originals(budgets)
    versions = {version for each in before.values() for version in each}
    entered = frozenset(_written_in(user, versions))
    steps = StepTaken.objects.filter(BEGINS_ANEW | Q(by=user), budget__in=budgets).order_by("id")
    done: dict[int, tuple[Action, ...]] = {}
    for budget, action, end, by in steps.values_list("budget_id", "action", "end", "by_id"):
        if end is State.DRAFT or action in TAKING_BACK:
            done[budget] = ()
        elif by == user.pk:
            done[budget] = (*done.get(budget, ()), action)
    return {each: Hands(bool(entered & before[each]), done.get(each, ())) for each in budgets}


def _written_in(user: User, versions: Collection[int]) -> Iterator[int]:
    """Yield in which of some versions somebody wrote anything that is judged there.

    Amounts and words; why a warning or an excess may stand; what is answered to a return; and the
    批复 that a budget is proven equal to. One query.
    """
    mine = (
        Batch.objects.filter(budget__in=versions, by=user).values_list("budget"),
        Answer.objects.filter(budget__in=versions, answered_by=user).values_list("budget"),
        ExcessReason.objects.filter(budget__in=versions, by=user).values_list("budget"),
        ReturnPoint.objects.filter(step__budget__in=versions, answered_by=user)
        .order_by()
        .values_list("step__budget"),
        Attachment.objects.filter(
            budget__in=versions, added_by=user, kind=AttachmentKind.APPROVAL
        ).values_list("budget"),
        StepTaken.objects.filter(
            budget__in=versions, by=user, action=Action.RECORD_APPROVAL
        ).values_list("budget"),
    )
    first, *others = (each.order_by() for each in mine)
    return (budget for (budget,) in first.union(*others))


def _originals(budgets: Collection[int]) -> Mapping[int, frozenset[int]]:
    """Return each of some budgets with the versions that it was copied from, by its key.

    What was typed in an original stands in its copies: who typed it does not judge them either.
    """
    wanted = DepartmentBudget.objects.filter(pk__in=budgets)
    copies = DepartmentBudget.objects.filter(
        copied_from__isnull=False,
        department__in=wanted.values("department"),
        year__in=wanted.values("year"),
    )
    origin: dict[int, Any] = dict(copies.values_list("pk", "copied_from"))
    found: dict[int, frozenset[int]] = {}
    for each in budgets:
        chain = [each]
        while chain[-1] in origin:
            chain.append(origin[chain[-1]])
        found[each] = frozenset(chain)
    return found


def require_other_hands(user: User, action: Action, budget: DepartmentBudget) -> None:
    """Pass where somebody may judge this version himself. Raises OwnWork."""
    reason = hands_in(user, [budget.pk])[budget.pk].hinder(action)
    if reason:
        raise OwnWork(reason)
