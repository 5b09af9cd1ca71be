"""The kinds of entry in the permission table: what must hold for an address to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.http import HttpRequest

from budget.actions import Action
from budget.load.finding import find_versions, is_unit_code
from budget.models import (
    BudgetUnit,
    DepartmentBudget,
    OutOfSight,
    Refused,
    UnitBudget,
    require,
)
from budget.models.scopes import held_by
from budget.roles import Role

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class NoRole(Refused):
    """The page is for people of other roles."""

    def __init__(self) -> None:
        super().__init__("您的角色不能使用这一页面。")


@dataclass(frozen=True)
class Arrival:
    """Somebody who is signed in, and the parts of the address that he asks for."""

    request: HttpRequest
    user: AbstractUser
    kwargs: dict[str, object]


@dataclass(frozen=True)
class Public:
    """Everybody; the session is not even looked at."""


@dataclass(frozen=True)
class SignedIn:
    """Everybody who is signed in.

    With ``unsettled`` also before he has changed a one-time password or set up the second factor
    that he must have: the pages on which he does so.
    """

    unsettled: bool = False

    def admit(self, arrival: Arrival) -> None:
        """Pass."""


@dataclass(frozen=True)
class Holding:
    """Whoever has one of these roles today, wherever."""

    roles: frozenset[Role]

    def admit(self, arrival: Arrival) -> None:
        """Pass, or raise NoRole."""
        if self.roles.isdisjoint(each.role for each in held_by(arrival.user)):
            raise NoRole


@dataclass(frozen=True)
class Superuser:
    """Django's superusers: for the plain administration pages alone."""

    def admit(self, arrival: Arrival) -> None:
        """Pass, or raise NoRole."""
        if not arrival.user.is_superuser:
            raise NoRole


@dataclass(frozen=True)
class OnBudget:
    """Whoever may do this to the budget that ``code`` and ``year`` of the address name.

    Sets ``request.budget`` and, for a unit's code, ``request.unit_budget`` (otherwise None): views
    do not look them up again. ``writes`` says what requests that change something need instead,
    any one of them: whoever writes asks again for the very action, once the row is locked.

    The budget is the latest version. With ``earlier``, for pages that are read, it is the latest
    one with which he may do this: what was published stays within reach while its correction is
    being drafted. ``request.fell_back`` says that it is not the latest, ``request.newer`` is the
    latest where he may know of it.
    """

    action: Action
    writes: frozenset[Action] = frozenset()
    earlier: bool = False

    def admit(self, arrival: Arrival) -> None:
        """Pass, or raise OutOfSight, Forbidden or WrongState."""
        code, year = str(arrival.kwargs["code"]), int(str(arrival.kwargs["year"]))
        versions = self._named(code, year)
        asked = self._asked(arrival.request)
        budget, part = _first_allowed(arrival.user, asked, versions[: self._reach(asked)], code)
        fell_back = budget is not versions[0]
        request: Any = arrival.request
        request.budget, request.unit_budget, request.fell_back = budget, part, fell_back
        known = fell_back and _knows_of(arrival.user, versions[0], part)
        request.newer = versions[0] if known else None

    def _reach(self, asked: tuple[Action, ...]) -> int | None:
        """Return how many versions may be meant, None for all: who writes means the latest."""
        return None if self.earlier and asked == (self.action,) else 1

    def _asked(self, request: HttpRequest) -> tuple[Action, ...]:
        if request.method in SAFE or not self.writes:
            return (self.action,)
        return tuple(sorted(self.writes))

    def _named(self, code: str, year: int) -> list[DepartmentBudget]:
        """Return what the address names, the latest first. Raises OutOfSight where none is."""
        try:
            return find_versions(code, year)
        except LookupError as error:
            raise OutOfSight from error


def _first_allowed(
    user: AbstractUser, asked: tuple[Action, ...], versions: list[DepartmentBudget], code: str
) -> tuple[DepartmentBudget, UnitBudget | None]:
    """Return the first version with which somebody may do one of these, and the unit's part of it.

    Otherwise raises the refusal of the first version.
    """
    refusals: list[Refused] = []
    parts = _parts_of(versions, code)
    for budget in versions:
        try:
            part = _part_of(budget, code, parts)
            _require_any(user, asked, budget, part.unit if part else None)
        except Refused as refusal:
            refusals.append(refusal)
        else:
            return budget, part
    raise refusals[0]


def _parts_of(versions: list[DepartmentBudget], code: str) -> Mapping[int, UnitBudget]:
    """Return a unit's part of each version, by the version's key; none for a department."""
    if not is_unit_code(code):
        return {}
    parts = UnitBudget.objects.select_related("unit").filter(unit__code=code, budget__in=versions)
    return {part.budget_id: part for part in parts.order_by()}


def _part_of(
    budget: DepartmentBudget, code: str, parts: Mapping[int, UnitBudget]
) -> UnitBudget | None:
    """Return a unit's part of a budget, None for a department. Raises OutOfSight where none is."""
    if not is_unit_code(code):
        return None
    if budget.pk not in parts:
        raise OutOfSight
    part = parts[budget.pk]
    part.budget = budget
    return part


def _knows_of(user: AbstractUser, budget: DepartmentBudget, part: UnitBudget | None) -> bool:
    try:
        require(user, Action.VIEW_STATUS, budget, part.unit if part else None)
    except Refused:
        return False
    return True


def _require_any(
    user: AbstractUser,
    actions: tuple[Action, ...],
    budget: DepartmentBudget,
    unit: BudgetUnit | None,
) -> None:
    """Pass where one of the actions is allowed; otherwise raise the refusal of the first."""
    refusals = []
    for action in actions:
        try:
            require(user, action, budget, unit)
        except Refused as refusal:
            refusals.append(refusal)
        else:
            return
    raise refusals[0]


Guarded = SignedIn | Holding | Superuser | OnBudget
Entry = Public | Guarded
