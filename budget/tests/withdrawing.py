"""Releases withdrawn, sealed and corrected, as the facts beside them say it."""

from __future__ import annotations

from django.contrib.auth.models import User

from budget.actions import Action
from budget.models import (
    BudgetYear,
    Correction,
    DepartmentBudget,
    Issue,
    Release,
    Seal,
    StepTaken,
    Withdrawal,
)
from budget.terms import CorrectionKind, Ground, State
from budget.tests.stored import YEAR, a_budget, a_unit


def a_step() -> StepTaken:
    """Return a step of a budget of its own, made once."""
    found = StepTaken.objects.first()
    if found is not None:
        return found
    BudgetYear.objects.get_or_create(
        year=YEAR, defaults={"edition": "changsha-2023", "codes_on": f"{YEAR}-01-01"}
    )
    budget: DepartmentBudget = a_budget(a_unit("801001", is_head=True))
    return StepTaken.objects.create(
        budget=budget,
        action=Action.WITHDRAW,
        start=State.PUBLISHED,
        end=State.WITHDRAWN,
        by=User.objects.create_user("someone"),
        revision=1,
    )


def withdraw(release: Release, ground: Ground = Ground.MISTAKE) -> Withdrawal:
    """Withdraw a release, and seal it where the ground asks for it.

    What is written about it inside the house is 内部理由.
    """
    stated = {"ground": ground, "reason": "内部理由", "step": a_step()}
    withdrawal: Withdrawal = Withdrawal.objects.create(release=release, **stated)
    if ground.seals:
        seal(release, ground)
    return withdrawal


def seal(release: Release, ground: Ground = Ground.SECRET) -> None:
    """Seal a release."""
    Seal.objects.create(release=release, ground=ground, step=a_step())


def correct(release: Release, what: str, why: str) -> None:
    """Say with what note a release was issued."""
    step = a_step()
    Correction.objects.create(
        budget=step.budget,
        original=step.budget,
        kind=CorrectionKind.TEXTS,
        ground=Ground.MISTAKE,
        what=what,
        why=why,
        by=step.by,
    )
    Issue.objects.create(release=release, budget=step.budget, step=step)
