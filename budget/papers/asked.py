"""What a page of papers was asked for: the budget of its address, the unit, the person."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils import timezone

from budget.actions import Action
from budget.models import DepartmentBudget, Refused, WrongState, name_of, require
from budget.terms import State


class NotPrintable(WrongState):
    """A paper is not to be had in the state that the budget is in."""

    def __init__(self, what: str, state: State, possible: tuple[State, ...]) -> None:
        super().__init__(Action.PREVIEW, state, possible)
        places = "、".join(f"“{each.label}”" for each in possible)
        self.args = (f"预算现在处于“{state.label}”，没有{what}；在{places}时才可以打印。",)


class Unprintable(Exception):
    """A paper cannot be made of what is stored; the message says why in Chinese."""


def budget_of(request: HttpRequest) -> DepartmentBudget:
    """Return the budget that the gate let somebody in to."""
    budget = request.budget  # type: ignore[attr-defined]
    assert isinstance(budget, DepartmentBudget)
    return budget


def unit_of(request: HttpRequest) -> str | None:
    """Return the code of the unit that the address names, None for the whole department."""
    part = request.unit_budget  # type: ignore[attr-defined]
    return None if part is None else str(part.unit.code)


def person(request: HttpRequest) -> User:
    """Return who is signed in; the gate lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def may(request: HttpRequest, action: Action) -> bool:
    """Return whether the person may do something to what the address names."""
    part = request.unit_budget  # type: ignore[attr-defined]
    try:
        require(person(request), action, budget_of(request), part.unit if part else None)
    except Refused:
        return False
    return True


def printed_by(request: HttpRequest) -> str:
    """Return who makes a paper, and when."""
    return f"{name_of(person(request))} {moment(timezone.now())}"


def moment(at: datetime) -> str:
    """Return a moment as papers say it."""
    here = timezone.localtime(at)
    return f"{day(here.date())} {here:%H:%M}"


def day(on: date | None) -> str:
    """Return a day as papers say it, "" for none."""
    return "" if on is None else f"{on.year}年{on.month}月{on.day}日"
