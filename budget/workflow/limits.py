"""Ceilings as people see them: 控制数, 已安排, 剩余, in the unit of money that they work in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget.book import BudgetBook
from budget.ceilings import Standing, key_of
from budget.load.ceilings import read_standings
from budget.models import BudgetUnit, CeilingChange, DepartmentBudget, UnitBudget
from budget.money import YUAN, MoneyUnit
from budget.spellings import Unreadable, amount, amount_text
from budget.workflow.ceilings import excess_reasons, limit_of

DEPARTMENT: Final = "全部门"
MOST_CHANGES: Final = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """One ceiling in words. ``excess`` is by how much it is exceeded, ``reason`` why a first
    submission exceeds it; both are "" where it is not.
    """

    key: str
    whose: str
    label: str
    ceiling: str
    used: str
    left: str
    over: bool
    excess: str = ""
    reason: str = ""

    def as_json(self) -> dict[str, str | bool]:
        """Return what changes while people type."""
        return {"key": self.key, "used": self.used, "left": self.left, "over": self.over}


def shown_ceilings(
    budget: DepartmentBudget,
    unit: str | None = None,
    money: MoneyUnit = YUAN,
    *,
    book: BudgetBook | None = None,
) -> list[Shown]:
    """Return the ceilings of a budget, or by its code those that bind one of its units.

    A unit is bound by its own; where it is the department's only one also by the department's. One
    query where there are none; whoever has the whole department's ``book`` saves reading it.
    """
    found = read_standings(budget, book)
    if not found:
        return []
    names = dict(
        UnitBudget.objects.filter(budget=budget, unit__merged=False).values_list(
            "unit__code", "unit__name"
        )
    )
    if unit is not None:
        bound = {unit, None} if set(names) == {unit} else {unit}
        found = tuple(each for each in found if each.ceiling.unit in bound)
    return list(_shown(found, names, _reasons(budget, found), money))


def _reasons(budget: DepartmentBudget, found: Iterable[Standing]) -> Mapping[str, str]:
    if not any(each.excess for each in found):
        return {}
    return {key_of(place): each.reason for place, each in excess_reasons(budget).items()}


def _shown(
    found: Iterable[Standing],
    names: Mapping[str, str],
    reasons: Mapping[str, str],
    money: MoneyUnit,
) -> Iterable[Shown]:
    for each in found:
        unit, key = each.ceiling.unit, key_of(each.ceiling.place)
        yield Shown(
            key=key,
            whose=names.get(unit, unit) if unit else DEPARTMENT,
            label=each.ceiling.limit.label,
            ceiling=amount_text(each.ceiling.amount, money),
            used=amount_text(each.used, money),
            left=amount_text(each.left, money),
            over=bool(each.excess),
            excess=amount_text(each.excess, money) if each.excess else "",
            reason=reasons.get(key, ""),
        )


def changes_told(
    budget: DepartmentBudget, unit: BudgetUnit | None = None
) -> list[tuple[CeilingChange, str, str, str]]:
    """Return the last changes of a department's ceilings in the year, of all rounds, latest first.

    Each with what it limits, and the amounts before and after as people read them; of a ``unit``
    its own alone.
    """
    found = CeilingChange.objects.filter(
        budget__department=budget.department, budget__year=budget.year
    ).select_related("unit", "by__account", "budget")
    if unit is not None:
        found = found.filter(unit=unit)
    return [
        (
            each,
            limit_of(each).label,
            amount_text(each.before, YUAN) or "（无）",
            amount_text(each.after, YUAN) or "（撤销）",
        )
        for each in found[:MOST_CHANGES]
    ]


def amount_seen(text: str) -> Decimal | None:
    """Return the ceiling that a form says was seen; what it cannot have shown is none."""
    try:
        return amount(text, YUAN)
    except Unreadable:
        return None
