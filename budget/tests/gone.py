"""Releases that readers may not see any more, row by row; no step has to be taken for it."""

from __future__ import annotations

from typing import Any

from budget.actions import Action
from budget.models import DepartmentBudget, Release, Seal, StepTaken, Withdrawal
from budget.terms import Ground, State
from budget.tests.people import a_person
from budget.tests.stored import a_budget, a_unit


def a_withdrawal(release: Release, ground: Ground = Ground.MISTAKE) -> Withdrawal:
    """Withdraw a release; what the publisher wrote inside the house is 内部理由."""
    stated = {"ground": ground, "reason": "内部理由", "step": _step(release)}
    return Withdrawal.objects.create(release=release, **stated)


def a_seal(release: Release, ground: Ground = Ground.SECRET) -> Seal:
    """Seal a release."""
    return Seal.objects.create(release=release, ground=ground, step=_step(release))


def _step(release: Release) -> StepTaken:
    stated: dict[str, Any] = {
        "budget": DepartmentBudget.objects.first() or a_budget(a_unit()),
        "action": Action.WITHDRAW,
        "start": State.PUBLISHED,
        "end": State.WITHDRAWN,
        "by": a_person(f"publisher-{release.pk}"),
        "revision": 1,
    }
    return StepTaken.objects.create(**stated)
