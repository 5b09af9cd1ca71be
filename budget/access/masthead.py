"""What the head of every page knows: who is signed in, without opening visitors' sessions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from budget.access.sessions import has_session
from budget.models.people import account_of
from budget.models.scopes import held_by
from budget.roles import ADMINISTRATORS, BUREAU_SIDE, ENTERING, Role


def person(request: HttpRequest) -> dict[str, Any]:
    """Return the person who is signed in, None for visitors; their session is never opened."""
    if not (has_session(request) and request.user.is_authenticated):
        return {"person": None, "person_name": ""}
    account = account_of(request.user)
    roles = frozenset(each.role for each in held_by(request.user))
    return {
        "administers_people": not roles.isdisjoint((Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)),
        "reads_trail": not roles.isdisjoint((Role.AUDITOR, Role.SECURITY_ADMIN)),
        "administers": not roles.isdisjoint(ADMINISTRATORS),
        "keeps_indicators": Role.PERFORMANCE_REVIEWER in roles,
        "keeps_years": Role.BUDGET_REVIEWER in roles,
        "sums_units": not roles.isdisjoint(BUREAU_SIDE | {Role.DEPARTMENT_FINANCE}),
        "shows_budgets": bool(roles - ADMINISTRATORS),
        "guide_way": _guide(roles),
        "person": request.user,
        "person_name": account.name if account else request.user.get_username(),
    }


def _guide(roles: frozenset[Role]) -> str:
    """Return the page of help that is written for somebody: what he has most to do with."""
    if not roles.isdisjoint(ADMINISTRATORS):
        return "help:administrators"
    if not roles.isdisjoint(ENTERING):
        return "help:guide"
    if not roles.isdisjoint(BUREAU_SIDE | {Role.HEAD}):
        return "help:review"
    return "help:publishing" if Role.PUBLISHER in roles else "help:guide"
