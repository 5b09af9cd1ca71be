"""Making a version void: a correction that is given up, a draft that nobody wants."""

from __future__ import annotations

from collections.abc import Iterator

from budget.actions import Action
from budget.models import Ceiling, Correction, DepartmentBudget, StepTaken
from budget.terms import CorrectionKind


def corrects_amounts(budget: DepartmentBudget) -> Iterator[str]:
    """The version corrects amounts of one that was published."""
    if not Correction.objects.filter(budget=budget, kind=CorrectionKind.AMOUNTS).exists():
        yield "这一版不是更正金额的版本"


def never_sent(budget: DepartmentBudget) -> Iterator[str]:
    """The version is a department's own beginning: nobody else has had to do with it yet."""
    if budget.copied_from_id is not None:
        yield "这一版是由另一版复制而来的，不能删除"
    if StepTaken.objects.filter(budget=budget, action=Action.SUBMIT).exists():
        yield "这一版已经上报过，不能删除"
    if Ceiling.objects.filter(budget=budget).exists():
        yield "已经下达控制数，不能删除"
