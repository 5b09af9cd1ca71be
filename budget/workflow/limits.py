"""Ceilings as people see them: 控制数, 已安排, 剩余, in the unit of money that they work in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from budget.ceilings import Standing, key_of
from budget.load.ceilings import read_standings
from budget.models import DepartmentBudget, UnitBudget
from budget.money import YUAN, MoneyUnit
from budget.spellings import amount_text
from budget.workflow.ceilings import excess_reasons

DEPARTMENT = "全部门"


@dataclass(frozen=True, slots=True)
class Shown:
    """One ceiling in words; ``reason`` is why a first submission exceeds it, "" where it is not."""

    key: str
    whose: str
    label: str
    ceiling: str
    used: str
    left: str
    over: bool
    reason: str = ""

    def as_json(self) -> dict[str, str | bool]:
        """Return what changes while people type."""
        return {"key": self.key, "used": self.used, "left": self.left, "over": self.over}


def shown_ceilings(
    budget: DepartmentBudget, unit: str | None = None, money: MoneyUnit = YUAN
) -> list[Shown]:
    """Return the ceilings of a budget, or by its code those that bind one of its units.

    A unit is bound by its own; where it is the department's only one also by the department's. One
    query where there are none.
    """
    found = read_standings(budget)
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
            reason=reasons.get(key, ""),
        )
