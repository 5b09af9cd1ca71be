"""What must hold before and after publishing: the approved amounts, and asking for a withdrawal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max

from budget.actions import Action
from budget.amounts import differing
from budget.load import read_whole
from budget.models import Correction, DepartmentBudget, Snapshot, StepTaken, roles_on
from budget.models.once import once
from budget.release import thaw
from budget.roles import Role
from budget.sheets.approving import missing_for_approval, proofs
from budget.sheets.publishable import why_not_only_published
from budget.terms import CorrectionKind, State
from budget.workflow.refusals import OwnWork

MOST_TOLD = 3
SIDES = (Role.HEAD, Role.BUDGET_REVIEWER)
"""The two sides of a withdrawal: what the one asks for, the other confirms."""

ABOUT_WITHDRAWING = (Action.WITHDRAW, Action.DROP_WITHDRAWAL, Action.CONFIRM_WITHDRAWAL)


def corrects_texts(budget: DepartmentBudget) -> bool:
    """Return whether a version corrects texts alone: no amount of it may change."""
    found = correction_of_version(budget)
    return found is not None and found.kind is CorrectionKind.TEXTS


def correction_of_version(budget: DepartmentBudget) -> Correction | None:
    """Return what a version corrects and why, None where it corrects nothing."""
    found = Correction.objects.filter(budget=budget).select_related("original")
    return once((correction_of_version, budget.pk), found.first)


def approved_snapshot(budget: DepartmentBudget) -> Snapshot | None:
    """Return what was frozen when the amounts of a version were approved.

    A correction of texts has the approval of the version that it corrects, whatever happens to it.
    """
    if corrects_texts(budget):
        return None if budget.copied_from is None else approved_snapshot(budget.copied_from)
    approved = StepTaken.objects.filter(budget=budget, end=State.APPROVED, snapshot__isnull=False)
    last = approved.select_related("snapshot").order_by("-id").first()
    return None if last is None else last.snapshot


def as_approved(budget: DepartmentBudget) -> Iterator[str]:
    """Every amount is the one that was approved, to the 分."""
    approved = approved_snapshot(budget)
    if approved is None:
        yield "没有批复时留存的快照，不能证明金额与批复一致"
        return
    found = differing(thaw(approved).book, read_whole(budget).book)
    if found:
        places = "、".join(f"{each[0]} {each[1]} {each[-1]}元" for each in found[:MOST_TOLD])
        more = "等" if len(found) > MOST_TOLD else ""
        yield f"有{len(found)}处金额与批复时的不同（{places}{more}），金额更正须重新批复"


def proven(budget: DepartmentBudget) -> Iterator[str]:
    """A budget that is only published is proven equal to its 批复."""
    yield from missing_for_approval(budget, proofs(budget))


def only_published(budget: DepartmentBudget) -> Iterator[str]:
    """A budget was approved elsewhere, and does not go the way of those that are approved here."""
    yield from why_not_only_published(budget)


def no_later_version(budget: DepartmentBudget) -> Iterator[str]:
    """No other version is on its way: there is one correction at a time."""
    later = DepartmentBudget.objects.filter(
        department=budget.department, year=budget.year, round=budget.round
    )
    for each in later.filter(version__gt=budget.version).order_by("-version")[:1]:
        yield f"第{each.version}版（{each.state.label}）已经开始，请在这一版中更正，或者先放弃它"


def not_asked(budget: DepartmentBudget) -> Iterator[str]:
    """Nobody waits for a withdrawal to be confirmed."""
    if open_request(budget) is not None:
        yield "已经有撤回的申请，等待另一方确认"


def asked(budget: DepartmentBudget) -> Iterator[str]:
    """Somebody has asked for a withdrawal."""
    if open_request(budget) is None:
        yield "没有撤回的申请"


def open_request(budget: DepartmentBudget) -> StepTaken | None:
    """Return the step that asks for a withdrawal which nobody has answered."""
    return once((open_request, budget.pk), lambda: open_requests([budget.pk]).get(budget.pk))


def open_requests(budgets: Any) -> Mapping[int, StepTaken]:
    """Return the unanswered requests for a withdrawal of some budgets, by their keys.

    ``budgets`` are keys, or a query of them. One query.
    """
    told = StepTaken.objects.filter(budget__in=budgets, action__in=ABOUT_WITHDRAWING)
    last = told.values("budget").annotate(last=Max("id")).values("last")
    found = StepTaken.objects.filter(pk__in=last, action=Action.WITHDRAW)
    return {each.budget_id: each for each in found}


def side_of(user: User, budget: DepartmentBudget) -> Role | None:
    """Return for which side of a withdrawal somebody acts."""
    held = roles_on(user, budget)
    return next((side for side in SIDES if side in held), None)


def hinder_one_side(user: User, action: Action, budget: DepartmentBudget) -> str:
    """Return why a withdrawal wants the other side, "" where it does not."""
    if action is not Action.CONFIRM_WITHDRAWAL:
        return ""
    request = open_request(budget)
    side = side_of(user, budget)
    if request is not None and side is not None and request.said.get("side") == side.value:
        return f"撤回是由{side.label}一方申请的，须由另一方确认。"
    return ""


def require_other_side(user: User, action: Action, budget: DepartmentBudget) -> None:
    """Pass where a withdrawal is not confirmed by the side that asked for it. Raises OwnWork."""
    reason = hinder_one_side(user, action, budget)
    if reason:
        raise OwnWork(reason)
