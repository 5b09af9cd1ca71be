"""What the gate let in: who it is, to which budget, to which part of it. Views ask here."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.http import HttpRequest

from budget.actions import Action
from budget.models import DepartmentBudget, Refused, UnitBudget, require


def person(request: HttpRequest) -> User:
    """Return who is signed in; the gate lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def budget_of(request: HttpRequest) -> DepartmentBudget:
    """Return the budget that the gate let somebody in to."""
    found = request.budget  # type: ignore[attr-defined]
    assert isinstance(found, DepartmentBudget)
    return found


def unit_budget_of(request: HttpRequest) -> UnitBudget | None:
    """Return the part of the unit that the address names, None for the whole department."""
    found = request.unit_budget  # type: ignore[attr-defined]
    assert found is None or isinstance(found, UnitBudget)
    return found


def unit_code(request: HttpRequest) -> str | None:
    """Return the code of the unit that the address names, None for the whole department."""
    part = unit_budget_of(request)
    return None if part is None else str(part.unit.code)


def may(request: HttpRequest, action: Action, *, whole: bool = False) -> bool:
    """Return whether the person may do something to the part of the address, or to the whole."""
    part = None if whole else unit_budget_of(request)
    try:
        require(person(request), action, budget_of(request), part.unit if part else None)
    except Refused:
        return False
    return True
