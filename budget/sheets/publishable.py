"""Which budgets may be 只做公开, and of which days a 批复 may be.

Recording a 批复 takes no review, no signature and no bureau: it is for budgets that were reviewed
and approved elsewhere, and for no others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from budget.actions import Action
from budget.models import BudgetYear, Ceiling, Correction, DepartmentBudget, StepTaken, YearRound
from budget.terms import Round

BESIDE = frozenset({Action.RECORD_APPROVAL, Action.REVOKE_APPROVAL})
"""The steps that a budget takes which is only published, before it is published."""


def why_not_only_published(budget: DepartmentBudget) -> Iterator[str]:
    """Yield in Chinese why a budget is approved here, by the bureau, and not by a record."""
    if budget.copied_from_id is not None or Correction.objects.filter(budget=budget).exists():
        yield "本版是更正或由一上转入，不能登记批复；更正金额的，须由财政部门重新批复"
    steps = StepTaken.objects.filter(budget=budget).exclude(action__in=sorted(BESIDE))
    first = steps.order_by("id").first()
    if first is not None:
        day = timezone.localtime(first.at).date().isoformat()
        yield f"本预算已经上报过（{day}{first.action.label}），须由财政部门审核、批复"
    if Ceiling.objects.filter(budget=budget).exists():
        yield "本预算已有控制数，须上报并由财政部门审核、批复"
    yield from _rounds_of_the_year(budget)


def _rounds_of_the_year(budget: DepartmentBudget) -> Iterator[str]:
    """A year with more rounds than 二上 is reviewed and approved here: its budgets are too."""
    rounds = YearRound.objects.filter(year=budget.year_id).exclude(round=Round.SECOND_SUBMISSION)
    named = "、".join(f"“{each.round.label}”" for each in rounds.order_by("id"))
    if named:
        yield (
            f"{budget.year_id}年设有{named}，预算须上报并由财政部门审核、批复；"
            "全年只做公开的，请预算科在年度设置中只保留“二上”"
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
