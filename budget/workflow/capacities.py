"""As what somebody took a step: his roles of that day, or the capacity in which he signs.

Pages and papers say it in the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from budget.actions import holders
from budget.models import Grant, StepTaken
from budget.numerals import day
from budget.roles import Role


def grants_of(people: Collection[int | None]) -> list[Grant]:
    """Return the grants, of old too, of some people by their keys: one query."""
    return list(Grant.objects.filter(user__in=people).select_related("unit"))


def acted_as(taken: StepTaken, grants: Iterable[Grant]) -> str:
    """Return in which of his roles of that day somebody took a step; "" if none is known.

    Who stands in for another has the role until a day, and it is said.
    """
    able = holders(taken.action, taken.start, taken.budget.round)
    held = [each for each in grants if each.role in able and _held(each, taken)]
    return "、".join(_as_role(role, held) for role in Role if any(role is g.role for g in held))


def signed_as(said: Mapping[str, Any]) -> str:
    """Return in what capacity somebody signed on paper, in brackets; steps of old do not tell."""
    capacity, until = said.get("signed_as", ""), said.get("signed_until", "")
    return f"（{_until(capacity, until)}）" if capacity else ""


def _as_role(role: Role, held: Iterable[Grant]) -> str:
    """Return a role, with the last day on which all its grants end."""
    ends = [each.valid_to for each in held if each.role is role]
    last = max((end for end in ends if end is not None), default=None)
    signed = [each.signs_as for each in held if each.role is role and each.signs_as]
    called = "、".join(dict.fromkeys(signed)) or str(role.label)
    return called if last is None or None in ends else _until(called, last.isoformat())


def _until(called: str, end: str) -> str:
    return f"{called}，授权至{day(date.fromisoformat(end))}" if end else called


def _held(grant: Grant, taken: StepTaken) -> bool:
    on = timezone.localdate(taken.at)
    department = grant.unit.department_id if grant.unit else grant.department_id
    return (
        grant.user_id == taken.by_id
        and department in (None, taken.budget.department_id)
        and grant.valid_from <= on
        and (grant.valid_to is None or grant.valid_to >= on)
        and (grant.revoked_at is None or grant.revoked_at > taken.at)
    )
