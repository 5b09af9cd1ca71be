"""The only writer of a budget's state: one step, checked and written in one transaction."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from budget.actions import Action, holders, states_for
from budget.audit.recording import record
from budget.judging import freeze_version
from budget.models import DepartmentBudget, Grant, ReturnPoint, StepTaken, WrongState, require
from budget.models.permits import roles_on
from budget.sheets.changing import locked
from budget.sheets.keeping import with_files
from budget.terms import Opinion, State
from budget.workflow.days import require_day
from budget.workflow.effects import EFFECTS
from budget.workflow.hands import require_other_hands
from budget.workflow.holding import CONDITIONS
from budget.workflow.published import corrects_texts, require_other_side, side_of
from budget.workflow.refusals import NotReady, Stale, Unsaid
from budget.workflow.saying import LONGEST, Said, told
from budget.workflow.signing import require_signer
from budget.workflow.steps import Asked, Step, step_for


def advance(
    budget: DepartmentBudget, action: Action, by: User, *, revision: int, said: Said | None = None
) -> StepTaken:
    """Take one step with a budget, and return what is kept of it.

    ``revision`` is that of the budget which the person has read. Everything is asked again under
    the lock, the rules included: what was green on a page may not be green any more. Raises
    OutOfSight, Forbidden, WrongState, OwnWork, Stale, Unsaid, Unfit and NotReady; nothing changes
    then.
    """
    said = said or Said()
    with with_files():
        now = locked(budget)
        require(by, action, now)
        step = _step(by, action, now)
        require_other_hands(by, action, now)
        require_other_side(by, action, now)
        if now.revision != revision:
            raise Stale(revision, now.revision)
        kept = {**told(step, said), **_side(action, by, now)}
        require_day(action, now, said.date)
        kept |= require_signer(action, now, by, said.signer, said.date)
        _require_holding(step, now)
        taken = _taken(step, now, by, kept)
        _effects(step, now, said, taken)
        return taken


def _step(by: User, action: Action, budget: DepartmentBudget) -> Step:
    step = step_for(action, budget.state, texts=corrects_texts(budget))
    if step is None:
        possible = states_for(roles_on(by, budget), action, budget.round)
        raise WrongState(action, budget.state, possible)
    return step


def _side(action: Action, by: User, budget: DepartmentBudget) -> dict[str, Any]:
    """Return for which side somebody asks for a withdrawal: the other one confirms it."""
    side = side_of(by, budget) if action is Action.WITHDRAW else None
    return {} if side is None else {"side": side.value}


def _require_holding(step: Step, budget: DepartmentBudget) -> None:
    reasons = [reason for must in step.must for reason in CONDITIONS[must](budget)]
    if reasons:
        raise NotReady(reasons)


def _taken(step: Step, budget: DepartmentBudget, by: User, told: dict[str, Any]) -> StepTaken:
    taken = StepTaken.objects.create(
        budget=budget,
        action=step.action,
        start=step.start,
        end=step.end,
        by=by,
        revision=budget.revision,
        said=told,
        snapshot=freeze_version(budget) if step.freezes else None,
    )
    record(
        f"budget.{step.action.value}",
        by=by,
        subject=f"{budget.department_id}/{budget.year_id}",
        detail={
            "from": step.start.value,
            "to": step.end.value,
            "version": budget.version,
            "round": budget.round.value,
            "revision": budget.revision,
            "snapshot": taken.snapshot.digest if taken.snapshot else "",
            "as": acting_as(step, budget, by),
            **told,
        },
    )
    return taken


def acting_as(step: Step, budget: DepartmentBudget, by: User) -> list[dict[str, Any]]:
    """Return by which grants somebody may take a step today, with their days (stand-ins too)."""
    able = holders(step.action, step.start, budget.round)
    whose = Q(department=budget.department) | Q(unit__department=budget.department)
    everywhere = Q(department=None, unit=None)
    found = Grant.objects.in_force().filter(whose | everywhere, user=by, role__in=sorted(able))
    return [
        {"role": each.role.value, "from": each.valid_from, "to": each.valid_to}
        for each in found.order_by("pk")
    ]


def _effects(step: Step, budget: DepartmentBudget, said: Said, taken: StepTaken) -> None:
    """Write what the step changes: the state, and what belongs to this step alone."""
    changes: dict[str, Any] = {"state": step.end, "revision": F("revision") + 1}
    if step.action is Action.JUDGE_PERFORMANCE:
        changes["performance"] = said.opinion
    if step.end is State.DRAFT and step.start is not State.DRAFT:
        changes["performance"] = Opinion.PENDING
    if step.action is Action.APPROVE:
        changes |= {"approval_number": said.number.strip(), "approved_on": said.date}
        changes["disclosure_only"] = False  # whatever was recorded, it is approved here
    if step.action is Action.REVOKE_APPROVAL and not budget.disclosure_only:
        changes |= {"approval_number": "", "approved_on": None}
    DepartmentBudget.objects.filter(pk=budget.pk).update(**changes)
    effect = EFFECTS.get(step.action)
    if effect is not None:
        effect(budget, taken, said)
    if Asked.POINTS in step.asks:
        points = taken.said[Asked.POINTS.value]
        ReturnPoint.objects.bulk_create(
            ReturnPoint(step=taken, sequence=number, text=text)
            for number, text in enumerate(points, 1)
        )


def answer_point(point: ReturnPoint, by: User, text: str) -> ReturnPoint:
    """Answer one point of a return, while the budget is with those who fill it in.

    Raises what ``require`` raises, and Unsaid for a blank answer.
    """
    words = text.strip()[:LONGEST]
    if not words:
        raise Unsaid("答复")
    with transaction.atomic():
        budget = locked(point.step.budget)
        require(by, Action.SUBMIT, budget)  # whoever answers is who submits again
        point.answer, point.answered_by, point.answered_at = words, by, timezone.now()
        point.save(update_fields=["answer", "answered_by", "answered_at"])
        record(
            "budget.answer_point",
            by=by,
            subject=f"{budget.department_id}/{budget.year_id}",
            detail={"step": point.step_id, "point": point.sequence, "answer": words},
        )
    return point
