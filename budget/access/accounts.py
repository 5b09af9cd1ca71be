"""Acts on accounts: each is one function, one transaction, one entry of the audit trail.

The system administrator makes and disables accounts, the security administrator lets them in. An
account gives no right by itself: rights are grants (`budget.access.granting`).
"""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.utils import reset as unlock_attempts
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from budget.access.passwords import one_time_password
from budget.audit.recording import record
from budget.models import Account, Grant
from budget.roles import ADMINISTRATORS


class NotDone(Exception):
    """An act on an account is refused; the message says why in Chinese."""


@dataclass(frozen=True)
class NewPassword:
    """A one-time password: shown to the administrator once, kept nowhere."""

    account: Account
    password: str


@transaction.atomic
def create(username: str, name: str, office: str = "", by: User | None = None) -> NewPassword:
    """Return a new account that waits for approval. Raises NotDone for a name that cannot be."""
    user = User(username=username, is_active=False)
    password = one_time_password()
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as error:
        raise NotDone("；".join(error.messages)) from error
    if User.objects.filter(username__iexact=username).exists():
        raise NotDone(f"用户名“{username}”已有人使用（不分大小写）。")
    user.save()
    account = Account(user=user, name=name, office=office, created_by=by)
    account.full_clean()
    account.save()
    _log("create", account, by)
    return NewPassword(account, password)


@transaction.atomic
def approve(account: Account, by: User | None) -> None:
    """Let the person in. Raises NotDone for an account that is disabled, or one's own."""
    locked = _locked(account)
    if locked.disabled_at is not None:
        raise NotDone("账户已停用；请系统管理员先启用。")
    if by is not None and locked.created_by_id == by.pk:
        raise NotDone("不能批准自己建立的账户。")
    locked.approved_by, locked.approved_at = by, timezone.now()
    locked.save()
    User.objects.filter(pk=locked.user_id).update(is_active=True)
    _log("approve", locked, by)


@transaction.atomic
def disable(account: Account, by: User) -> None:
    """Keep the person out from now on. Raises NotDone for oneself and the last of 三员."""
    locked = _locked(account)
    if locked.user_id == by.pk:
        raise NotDone("不能停用自己的账户。")
    _not_the_last_administrator(locked)
    locked.disabled_by, locked.disabled_at = by, timezone.now()
    locked.approved_by = locked.approved_at = None
    locked.save()
    User.objects.filter(pk=locked.user_id).update(is_active=False)
    end_sessions(locked, by)
    _log("disable", locked, by)


@transaction.atomic
def enable(account: Account, by: User) -> None:
    """Take a disabling back; the security administrator has to approve again."""
    locked = _locked(account)
    locked.disabled_by = locked.disabled_at = None
    locked.save()
    _log("enable", locked, by)


@transaction.atomic
def reset_password(account: Account, by: User) -> NewPassword:
    """Return a new one-time password; all sessions of the person end."""
    locked = _locked(account)
    if locked.user_id == by.pk:
        raise NotDone("自己的密码请在“我的账户”中修改。")
    password = one_time_password()
    locked.user.set_password(password)
    locked.user.save()
    locked.must_change_password = True
    locked.save()
    end_sessions(locked, by)
    _log("reset_password", locked, by)
    return NewPassword(locked, password)


@transaction.atomic
def reset_second_factor(account: Account, by: User) -> None:
    """Take away the authenticator app and the recovery codes of somebody who lost them."""
    if account.user_id == by.pk:
        raise NotDone("自己的两步验证请在“我的账户”中管理。")
    Authenticator.objects.filter(user_id=account.user_id).delete()
    end_sessions(account, by)
    _log("reset_second_factor", account, by)


@transaction.atomic
def unlock(account: Account, by: User) -> None:
    """Let somebody try again who is locked out after wrong passwords."""
    unlock_attempts(username=account.user.get_username())
    _log("unlock", account, by)


@transaction.atomic
def end_sessions(account: Account, by: User) -> int:
    """End all sessions of a person and return how many there were."""
    sessions = UserSession.objects.filter(user_id=account.user_id)
    number = int(sessions.count())
    for session in sessions:
        session.end()
    _log("end_sessions", account, by)
    return number


def _locked(account: Account) -> Account:
    """Return the account again, its user's row locked until the transaction ends."""
    User.objects.select_for_update().get(pk=account.user_id)
    return Account.objects.select_related("user").get(pk=account.pk)


def _not_the_last_administrator(account: Account) -> None:
    for role in sorted(ADMINISTRATORS):
        holders = Grant.objects.in_force().filter(role=role, user__is_active=True)
        users = frozenset(holders.values_list("user_id", flat=True))
        if users == {account.user_id}:
            raise NotDone(f"此人是唯一的{role.label}，不能停用；请先授权他人。")


def _log(act: str, account: Account, by: User | None) -> None:
    """Add the act to the audit trail, in the transaction of the act."""
    record(f"account.{act}", by=by, subject=account.user.get_username())
