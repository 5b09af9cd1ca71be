"""What all papers say and refuse alike: who printed them and when, and why one cannot be had."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from budget.access.admitted import person
from budget.actions import Action
from budget.models import WrongState, name_of
from budget.numerals import minute
from budget.terms import State


class NotPrintable(WrongState):
    """A paper is not to be had in the state that the budget is in."""

    def __init__(self, what: str, state: State, possible: tuple[State, ...]) -> None:
        super().__init__(Action.PREVIEW, state, possible)
        places = "、".join(f"“{each.label}”" for each in possible)
        self.args = (f"预算现在处于“{state.label}”，没有{what}；在{places}时才可以打印。",)


class Unprintable(Exception):
    """A paper cannot be made of what is stored; the message says why in Chinese."""


def printed_by(request: HttpRequest) -> str:
    """Return who makes a paper, and when."""
    return f"{name_of(person(request))} {moment(timezone.now())}"


def moment(at: datetime) -> str:
    """Return a moment as papers say it."""
    return minute(timezone.localtime(at))
