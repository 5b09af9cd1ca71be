"""What somebody may see at all: every query for a person passes through ``for_user``.

A row that his roles do not reach, or whose budget is in a state that they do not see, is not there
for him. What he may do to what is there is `budget.models.permits`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial, reduce
from itertools import groupby
from operator import attrgetter, or_
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from budget.actions import Action, states_for
from budget.models.once import once
from budget.roles import Reach, Role

Person = AbstractBaseUser | AnonymousUser
Row = TypeVar("Row", bound=models.Model)

ALL = Q(pk__isnull=False)  # an empty Q() would vanish from an "or"
NONE = Q(pk__in=())


@dataclass(frozen=True)
class Held:
    """A role that somebody has today: the department's code and the unit's key that bound it.

    A role for a unit also names the unit's department.
    """

    role: Role
    department: str | None = None
    unit: int | None = None


def held_by(user: Person) -> tuple[Held, ...]:
    """Return the roles that somebody has today, sorted by role; none for who is not signed in."""
    if not (user.is_authenticated and user.is_active):
        return ()
    return once((held_by, user.pk), partial(_held_by, user.pk))


def _held_by(user: int) -> tuple[Held, ...]:
    grants = apps.get_model("budget", "Grant").objects.in_force().filter(user_id=user)
    rows: Iterable[tuple[Any, ...]] = grants.values_list(
        "role", "unit__department_id", "department_id", "unit_id"
    )
    held = (Held(role, of_unit or department, unit) for role, of_unit, department, unit in rows)
    return tuple(sorted(held, key=attrgetter("role")))


@dataclass(frozen=True)
class Bounds:
    """How a model's rows are bounded: look-ups of department code, unit key and budget's state.

    Without ``state`` a row is there in every state. Without ``unit`` roles for a unit do not reach
    the rows, or, with ``units_see``, reach those of the unit's department.
    """

    department: str
    unit: str | None = None
    state: str | None = None
    action: Action = Action.VIEW
    units_see: bool = False

    def of(self, held: Iterable[Held]) -> Q:
        """Return the condition that a row is there for somebody with these roles."""
        found = NONE
        for role, group in groupby(held, attrgetter("role")):
            found |= self._reached(role, tuple(group)) & self._visible(role)
        return found

    def _reached(self, role: Role, held: tuple[Held, ...]) -> Q:
        if role.reach is Reach.EVERYWHERE:
            return ALL
        if role.reach is Reach.UNIT and self.unit is not None:
            return Q(**{f"{self.unit}__in": [each.unit for each in held]})
        if role.reach is Reach.DEPARTMENT or (role.reach is Reach.UNIT and self.units_see):
            return Q(**{f"{self.department}__in": [each.department for each in held]})
        return NONE

    def _visible(self, role: Role) -> Q:
        if self.state is None:
            return ALL
        return Q(**{f"{self.state}__in": states_for((role,), self.action)})


def under(path: str, action: Action = Action.VIEW) -> Bounds:
    """Return the bounds of a row that finds its budget and its unit by way of another row."""
    return Bounds(f"{path}budget__department_id", f"{path}unit_id", f"{path}budget__state", action)


OF_BUDGET = under("")
"""The bounds of a row that names its budget and its unit."""

OF_WHOLE_BUDGET = Bounds("budget__department_id", None, "budget__state")
"""The bounds of a row that names its budget alone."""


class ScopedRows(models.QuerySet[Row]):
    """Rows of a model that says by ``bounds`` whose they are, by one way or by several."""

    def for_user(self, user: Person) -> ScopedRows[Row]:
        """Return the rows that are there for somebody: none but for whom roles reach them."""
        bounds: Bounds | tuple[Bounds, ...] = self.model.bounds  # type: ignore[attr-defined]
        ways = bounds if isinstance(bounds, tuple) else (bounds,)
        held = held_by(user)
        return self.filter(reduce(or_, (each.of(held) for each in ways)))
