"""What was signed on paper: who may have signed it, on which day, and the sheet that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.contrib.auth.models import User
from django.utils import timezone

from budget.actions import Action
from budget.models import DepartmentBudget, Grant, StepTaken, name_of
from budget.models.people import Grants
from budget.roles import Role
from budget.sheets.attaching import Upload, attach
from budget.sheets.file_kinds import UnfitFile
from budget.sheets.part import Part
from budget.terms import AttachmentKind
from budget.workflow.hands import hands_in
from budget.workflow.refusals import OwnWork, Unfit

SIGNED: Final[Mapping[Action, Action]] = {
    Action.RECORD_SIGNATURE: Action.SIGN,
    Action.RECORD_RELEASE: Action.PUBLISH,
}
"""What was done on paper, by the action that records it."""

READ_SINCE: Final[Mapping[Action, Action]] = {
    Action.RECORD_SIGNATURE: Action.SUBMIT,
    Action.RECORD_RELEASE: Action.PREPARE_PUBLICATION,
}
"""The step that lays before the signer what he signs: he cannot have signed it earlier."""


def signers(action: Action, budget: DepartmentBudget) -> Grants:
    """Return the grants of those who may have signed since it was laid before them, until today."""
    first, today = laid_before(action, budget) or timezone.localdate(), timezone.localdate()
    heads = Grant.objects.filter(role=Role.HEAD, department=budget.department)
    kept = heads.filter(valid_from__lte=today).exclude(valid_to__lt=first)
    return kept.exclude(revoked_at__date__lte=first).order_by("user", "-id")


def laid_before(action: Action, budget: DepartmentBudget) -> date | None:
    """Return the day of the last submission, or preparation; None where there was none."""
    steps = StepTaken.objects.filter(budget=budget, action=READ_SINCE[action])
    last = steps.order_by("-id").first()
    return None if last is None else timezone.localdate(last.at)


def require_signer(
    action: Action, budget: DepartmentBudget, by: User, signer: User | None, day: date | None
) -> Mapping[str, Any]:
    """Return what is kept of who signed on paper, {} for a step that records no signature.

    Accounts are compared, never names. Raises OwnWork where the signer is the recorder, typed the
    version or did what wants another than who signs it; Unfit for a day on which he did not hold
    the role, or nothing could be signed yet.
    """
    if action not in SIGNED or signer is None or day is None:
        return {}
    if signer.pk == by.pk:
        raise OwnWork("签字人不能是登记人本人；您自己审签的，请直接办理。")
    if hands_in(signer, [budget.pk])[budget.pk].hinder(SIGNED[action]):
        done = SIGNED[action].label
        raise OwnWork(
            f"{name_of(signer)}录入过这个版本，或者办过须与“{done}”分开的步骤，不能由其签字。"
        )
    reasons = list(_why_not_on(action, budget, signer, day))
    if reasons:
        raise Unfit("；".join(reasons) + "，请核对签字人和签字日期。")
    held = _held_on(budget, signer, day)[0]
    kept = {"signed_by": signer.pk, "signed_as": held.signs_as}
    return kept if held.valid_to is None else {**kept, "signed_until": held.valid_to.isoformat()}


def _held_on(budget: DepartmentBudget, signer: User, day: date) -> list[Grant]:
    held = Grant.objects.held_on(day).filter(role=Role.HEAD, department=budget.department)
    return list(held.filter(user=signer).order_by("-id"))


def _why_not_on(action: Action, budget: DepartmentBudget, signer: User, day: date) -> Iterator[str]:
    if not _held_on(budget, signer, day):
        yield f"{name_of(signer)}在{day.isoformat()}不是{budget.department.name}的签字负责人"
    first = laid_before(action, budget)
    if first is not None and day < first:
        yield f"{day.isoformat()}早于“{READ_SINCE[action].label}”的日期{first.isoformat()}"
    if day > timezone.localdate():
        yield f"签字日期{day.isoformat()}不能晚于今天"


def keep_sheet(budget: DepartmentBudget, by: User, sheet: Upload) -> None:
    """Keep the scan of a signed sheet. Raises Unfit."""
    try:
        attach(Part(budget), sheet, AttachmentKind.SIGNATURE, by=by, guard=lambda _: None)
    except UnfitFile as error:
        raise Unfit(f"签字件不能收下：{error}。") from error
