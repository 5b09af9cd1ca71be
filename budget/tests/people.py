"""The cast: one person for each role, and what they sign in with."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from budget.models import Account, BudgetUnit, Department, Grant
from budget.roles import Reach, Role

PASSWORD = "Red-Pandas-7"


def a_person(username: str = "somebody", password: str | None = None) -> User:
    """Return a user whose account is approved and settled, without any role."""
    user = User(username=username)
    if password is None:
        user.set_unusable_password()
    else:
        user.set_password(password)
    user.save()
    now = timezone.now()
    Account.objects.create(
        user=user,
        name=f"姓名{username}",
        approved_at=now,
        password_changed_at=now,
        must_change_password=False,
    )
    return user


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
