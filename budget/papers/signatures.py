"""Who signed what a paper is about, and as what, in the words of the history."""

from __future__ import annotations

from datetime import date
from typing import Final

from budget.actions import Action
from budget.models import DepartmentBudget, StepTaken, name_of
from budget.numerals import day
from budget.papers.asked import moment
from budget.papers.sources import SIGNING
from budget.workflow.capacities import acted_as, grants_of, signed_as

TOLD: Final = {
    Action.SUBMIT: "上报",
    Action.SIGN: "审签报送",
    Action.RECORD_SIGNATURE: "登记纸质审签",
    Action.PASS_FIRST_REVIEW: "初审通过",
    Action.PASS_FINAL_REVIEW: "审定",
}


def told(step: StepTaken) -> str:
    """Return a step as the sheets say it: of one that signs, as what he did who signed."""
    return f"{TOLD[step.action]}：{_by(step)}，{moment(step.at)}"


def signature(budget: DepartmentBudget) -> str:
    """Return who signed a version last, and as what; "" for one that was approved elsewhere."""
    steps = StepTaken.objects.filter(budget=budget, action__in=SIGNING).select_related("by")
    last = steps.select_related("budget").order_by("-id").first()
    return "" if last is None else f"{_by(last)}，{moment(last.at)}"


def _by(step: StepTaken) -> str:
    if step.action is Action.RECORD_SIGNATURE:
        said = step.said
        signed = day(date.fromisoformat(said["date"]))
        return f"{said['signer']}{signed_as(said)}于{signed}签字，{name_of(step.by)}登记"
    capacity = acted_as(step, grants_of([step.by_id])) if step.action is Action.SIGN else ""
    return f"{name_of(step.by)}（{capacity}）" if capacity else name_of(step.by)
