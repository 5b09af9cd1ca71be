"""The cast: one person for each role, and what they sign in with."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from budget.models import Account, BudgetUnit, Department, Grant
from budget.roles import Reach, Role

PASSWORD = "Red-Pandas-7"
LOGIN = "/account/login/"
OWN = "/account/"

REACHING = {
    Role.COMPILER: "801001",
    Role.DEPARTMENT_FINANCE: "801",
    Role.HEAD: "801",
    Role.PUBLISHER: "801",
    Role.DIVISION_REVIEWER: "801",
    Role.BUDGET_REVIEWER: "",
    Role.PERFORMANCE_REVIEWER: "",
    Role.AUDITOR: "",
    Role.SYSTEM_ADMIN: "",
    Role.SECURITY_ADMIN: "",
}
"""What each role is given for, so that it reaches department 801 (`budget.tests.stored`)."""


@cache
def _hash() -> str:
    """Return the hash of everybody's password: it takes long to make, so it is made once."""
    return make_password(PASSWORD)


def a_person(username: str = "somebody") -> User:
    """Return a user whose account is approved and settled, without any role."""
    user = User.objects.create(username=username, password=_hash())
    now = timezone.now()
    Account.objects.create(
        user=user,
        name=f"姓名{username}",
        approved_at=now,
        password_changed_at=now,
        must_change_password=False,
    )
    return user


def act_on(user: User, act: str) -> str:
    """Return the address of an administrator's act on somebody's account."""
    return f"/people/{Account.objects.get(user=user).pk}/{act}/"


def bring(client: Client, session_key: str | None) -> None:
    """Let a browser bring a session key, however it came by it."""
    client.cookies[settings.SESSION_COOKIE_NAME] = session_key or ""


def a_grant(user: User, role: Role, code: str = "") -> Grant:
    """Return a role given for what the code names: a unit, a department, or nothing."""
    bound: dict[str, object] = {}
    if role.reach is Reach.UNIT:
        bound["unit"] = BudgetUnit.objects.get(code=code)
    if role.reach is Reach.DEPARTMENT:
        bound["department"] = Department.objects.get(code=code)
    return Grant.objects.create(user=user, role=role, **bound)


def someone_with(role: Role, code: str = "", username: str = "") -> User:
    """Return a new person with one role."""
    user = a_person(username or f"{role.value}-{code}")
    a_grant(user, role, code)
    return user


def signed_in(user: User) -> Client:
    """Return a browser in which somebody is signed in."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def sign_in(client: Client, username: str, password: str = PASSWORD, **extra: Any) -> Any:
    """Send the form of the sign-in page."""
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def is_in(client: Client) -> bool:
    """Return whether somebody is signed in there."""
    return client.get(OWN).status_code == 200
