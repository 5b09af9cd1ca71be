"""期限: every last day that binds a budget, whom it binds, and what it is counted from.

Days are calendar days, counted from the day after, and do not move for holidays (预算法 14, 52;
预算法实施条例 6). Where the day that one is counted from is not known yet it is said what is
missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from budget.models import DepartmentBudget, UnitBudget
from budget.terms import Round

UNITS_APPROVED_IN: Final = 15
"""Days in which a department passes the 批复 on to its units, from the day it received it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One last day: what is due, who is bound, the day (None: not known yet) and its source."""

    what: str
    who: str
    due: date | None
    told: str


def deadlines(budget: DepartmentBudget) -> list[Deadline]:
    """Return the deadlines of a budget in the order of the way; two queries."""
    year, approved = budget.year, budget.approved_on
    found = [
        Deadline(
            what=f"{each.round.label}截止",
            who=_bound(each.round),
            due=each.due_on,
            told="预算科设定" if each.due_on else "预算科还没有设定",
        )
        for each in year.rounds.all()
        if each.round is not Round.APPROVAL or each.due_on
    ]
    found.append(
        Deadline(
            what="批复",
            who="财政部门",
            due=year.approval_due,
            told=f"人大批准后{year.approval_days}日内"
            if year.congress_on
            else "人大批准日期还没有登记",
        )
    )
    waiting = "" if approved else "，还没有批复"
    if UnitBudget.objects.filter(budget=budget, unit__merged=False).count() > 1:
        found.append(
            Deadline(
                what="向所属单位批复",
                who="主管部门",
                due=approved and approved + timedelta(days=UNITS_APPROVED_IN),
                told=f"收到批复后{UNITS_APPROVED_IN}日内{waiting}",
            )
        )
    found.append(
        Deadline(
            what="公开",
            who="主管部门及所属单位",
            due=approved and year.disclosure_due(approved),
            told=f"批复后{year.disclosure_days}日内{waiting}",
        )
    )
    return found


def _bound(round: Round) -> str:
    with_bureau = round in (Round.CEILING, Round.APPROVAL)
    return "财政部门" if with_bureau else "主管部门及所属单位"
