"""Whether somebody may do something to a budget now: asked by every page, and again under the lock.

The three refusals are three answers: what he must not know of is not there (404), what he may see
but not do is forbidden (403), what he may do at another time is in the wrong state (409).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from budget.actions import Action, may, may_ever, may_see, states_for
from budget.models.budgets import DepartmentBudget, UnitBudget
from budget.models.once import once
from budget.models.organisation import BudgetUnit
from budget.models.scopes import Held, Person, held_by
from budget.roles import Reach, Role
from budget.terms import Round, State


class Refused(Exception):
    """Somebody may not do what he asks for; the message says why in Chinese."""


class OutOfSight(Refused):
    """The budget is not there for him: not his, or not to be seen in this state."""

    def __init__(self) -> None:
        super().__init__("没有这个预算，或者您无权知道它的存在。")


class Forbidden(Refused):
    """He sees the budget, but none of his roles may do this to it."""

    def __init__(self, action: Action) -> None:
        self.action = action
        super().__init__(f"您在这个预算中的角色不能“{action.label}”。")


class WrongState(Refused):
    """He may do it, but not in the state that the budget is in; ``possible`` are those he could."""

    def __init__(self, action: Action, state: State, possible: tuple[State, ...]) -> None:
        self.action, self.state, self.possible = action, state, possible
        places = "、".join(f"“{each.label}”" for each in possible)
        super().__init__(f"预算现在处于“{state.label}”，不能“{action.label}”；在{places}时才可以。")


class WrongRound(WrongState):
    """He may do it, but not in the round that the budget is in."""

    def __init__(self, action: Action, state: State, round_: Round) -> None:
        super().__init__(action, state, ())
        self.args = (f"预算在“{round_.label}”轮次，没有“{action.label}”这一步。",)


def roles_on(
    user: Person, budget: DepartmentBudget, unit: BudgetUnit | None = None
) -> frozenset[Role]:
    """Return the roles that somebody has today in a budget, or in one unit's part of it.

    In the whole budget a role for a unit counts only for whom holds it for all units that take
    part: the accountant of a department that is a single unit.
    """
    held = held_by(user)
    if unit is not None and unit.department_id != budget.department_id:
        return frozenset()
    whole = unit is None and any(each.role.reach is Reach.UNIT for each in held)
    parts = frozenset({unit.pk}) if unit is not None else _units(budget) if whole else frozenset()
    return frozenset(role for role in Role if _reaches(role, held, budget, parts))


def roles_on_each(
    user: Person, budgets: Collection[DepartmentBudget]
) -> Mapping[int, frozenset[Role]]:
    """Return ``roles_on`` for each of some whole budgets, by their keys, in two queries."""
    held = held_by(user)
    units: dict[int, set[int]] = {budget.pk: set() for budget in budgets}
    for budget, unit in UnitBudget.objects.filter(budget__in=units).values_list("budget", "unit"):
        units[budget].add(unit)
    return {
        budget.pk: frozenset(
            role for role in Role if _reaches(role, held, budget, frozenset(units[budget.pk]))
        )
        for budget in budgets
    }


def _units(budget: DepartmentBudget) -> frozenset[int]:
    parts = UnitBudget.objects.filter(budget=budget).values_list("unit_id", flat=True)
    return once((_units, budget.pk), lambda: frozenset(parts))


def _reaches(
    role: Role, held: tuple[Held, ...], budget: DepartmentBudget, parts: frozenset[int]
) -> bool:
    mine = [each for each in held if each.role is role]
    if role.reach is Reach.EVERYWHERE:
        return bool(mine)
    if role.reach is Reach.DEPARTMENT:
        return any(each.department == budget.department_id for each in mine)
    if role.reach is Reach.UNIT:
        return bool(parts) and parts <= {each.unit for each in mine}
    return False


def require(
    user: Person, action: Action, budget: DepartmentBudget, unit: BudgetUnit | None = None
) -> None:
    """Pass where somebody may do something to a budget, or to a unit's part of it, now.

    Writers call it again once the budget's row is locked: state and roles may have changed since
    the page was asked for. Raises OutOfSight, Forbidden or WrongState.
    """
    roles, state = roles_on(user, budget, unit), budget.state
    if may(roles, action, state, budget.round):
        return
    if not may_see(roles, state):
        raise OutOfSight
    if may_ever(roles, action, budget.round):
        raise WrongState(action, state, states_for(roles, action, budget.round))
    if may_ever(roles, action):
        raise WrongRound(action, state, budget.round)
    raise Forbidden(action)
