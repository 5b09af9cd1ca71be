"""Which budgets may be 只做公开, and of which days a 批复 may be.

Recording a 批复 takes no review, no signature and no bureau: it is for budgets that were reviewed
and approved elsewhere, and for no others. Which those are the budget division says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from django.db.models import Min
from django.utils import timezone

from budget.actions import Action
from budget.models import (
    BudgetYear,
    Ceiling,
    Correction,
    DepartmentBudget,
    DisclosureOnly,
    StepTaken,
    YearRound,
)
from budget.terms import Round

BESIDE = frozenset(
    {
        Action.RECORD_APPROVAL,
        Action.REVOKE_APPROVAL,
        Action.PREPARE_PUBLICATION,
        Action.SEND_PACKAGE_BACK,
    }
)
"""The steps that a budget takes which is only published, before it is published.

None of them leads over the bureau; a budget that went over it has taken others before."""

HAS_CEILINGS = "本预算已有控制数，须上报并由财政部门审核、批复"


def why_not_only_published(budget: DepartmentBudget) -> Iterator[str]:
    """Yield in Chinese why a budget is approved here, by the bureau, and not by a record."""
    if is_copy(budget):
        yield "本版是更正或由一上转入，不能登记批复；更正金额的，须由财政部门重新批复"
    for first in over_the_bureau([budget.pk]).values():
        yield gone_the_way(first)
    if Ceiling.objects.filter(budget=budget).exists():
        yield HAS_CEILINGS
    yield from _not_declared(budget)


def is_copy(budget: DepartmentBudget) -> bool:
    """Return whether a version began as another: what was recorded is that one's."""
    return budget.copied_from_id is not None or Correction.objects.filter(budget=budget).exists()


def over_the_bureau(budgets: Collection[int]) -> Mapping[int, StepTaken]:
    """Return the first step of each budget that has begun the way over the bureau, by its key."""
    steps = StepTaken.objects.filter(budget__in=budgets).exclude(action__in=sorted(BESIDE))
    first = steps.order_by().values("budget").annotate(first=Min("id")).values("first")
    return {each.budget_id: each for each in StepTaken.objects.filter(pk__in=first)}


def gone_the_way(first: StepTaken) -> str:
    """Return in Chinese that a budget has begun the way over the bureau, with which step."""
    day = timezone.localtime(first.at).date().isoformat()
    return f"本预算已经上报过（{day}{first.action.label}），须由财政部门审核、批复"


def is_declared(budget: DepartmentBudget) -> bool:
    """Return whether the budget division says that the department is only published that year."""
    declared = DisclosureOnly.objects.filter(year=budget.year_id)
    return declared.filter(department__code=budget.department_id).exists()


def _not_declared(budget: DepartmentBudget) -> Iterator[str]:
    """The budget division has declared the department, or opened the year with 二上 alone.

    A year with more rounds is reviewed and approved here: so is everybody who is not declared.
    """
    if is_declared(budget):
        return
    rounds = YearRound.objects.filter(year=budget.year_id).exclude(round=Round.SECOND_SUBMISSION)
    named = "、".join(f"“{each.round.label}”" for each in rounds.order_by("id"))
    if named:
        yield (
            f"{budget.year_id}年设有{named}，预算须上报并由财政部门审核、批复；"
            "本部门确在别处批复、只做公开的，请预算科登记为只做公开的部门"
        )


def why_not_of_day(year: BudgetYear, day: date) -> Iterator[str]:
    """Yield in Chinese why a 批复 of a year's budget cannot be of a day."""
    if day > timezone.localdate():
        yield f"批复日期{day.isoformat()}不能晚于今天"
    congress = year.congress_on
    if congress is not None and day < congress:
        yield (f"批复日期{day.isoformat()}早于人民代表大会批准预算的日期{congress.isoformat()}")
    if congress is None and day.year < year.year - 1:
        yield f"批复日期{day.isoformat()}早于{year.year - 1}年，不会是{year.year}年预算的批复"
