"""From 一上 to 二上: the answer to a first submission opens the second as a copy of it."""

from __future__ import annotations

from django.contrib.auth.models import User

from budget.models import DepartmentBudget, UnitBudget
from budget.terms import Round, State
from budget.workflow.copying import copy_version


def second_submission(budget: DepartmentBudget) -> DepartmentBudget | None:
    """Return the latest second submission of a budget's department and year, None without one."""
    found = DepartmentBudget.objects.filter(
        department=budget.department, year=budget.year_id, round=Round.SECOND_SUBMISSION
    )
    return found.order_by("-version").first()


def open_second_submission(budget: DepartmentBudget, by: User) -> DepartmentBudget:
    """Open 二上 from a reviewed first submission, with everything in it, the ceilings too.

    What units called complete was so in the first round; they are asked anew. The caller holds the
    lock and has asked whether he may.
    """
    second = Round.SECOND_SUBMISSION
    opened = copy_version(
        budget,
        round=second,
        version=DepartmentBudget.everything.next_version(
            budget.department_id, budget.year_id, second
        ),
        state=State.OPEN,
        by=by,
    )
    UnitBudget.objects.filter(budget=opened).update(complete=False)
    return opened
