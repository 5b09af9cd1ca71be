"""How people sign in: accounts are given, never taken; each sign-in leaves its time and address."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.signals import password_changed
from allauth.core.internal.adapter import BaseAdapter
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from budget.models import Account
from budget.models.scopes import held_by
from budget.roles import ADMINISTRATORS, ENTERING

PREVIOUS = "previous_sign_in"
THIS_MACHINE = "127.0.0.1"
QUIET = frozenset({"account/messages/logged_in.txt"})


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's behaviour, with signing up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: the system administrator makes accounts."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Go to one's budgets, or to what waits for those who write in none.

        Administrators and people without a role go to their own page.
        """
        roles = frozenset(each.role for each in held_by(request.user))
        if roles & ENTERING:
            return reverse("entry:home")
        return reverse("flow:desk" if roles - ADMINISTRATORS else "people:own")

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the sender's address; a request without one came over a socket of this machine."""
        if not (request.META.get("REMOTE_ADDR") or settings.PROXIES):
            return THIS_MACHINE
        return str(super().get_client_ip(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to one's own page."""
        return reverse("people:own")

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Leave a message for the next page, unless the page says as much itself."""
        template = args[0] if args else kwargs.get("message_template")
        if template not in QUIET:
            super().add_message(request, level, *args, **kwargs)


class SocialAccountAdapter(BaseAdapter):  # type: ignore[misc]
    """What a directory of the house would sign in through, were one connected: closed as well."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Say no."""
        return False


def address(request: HttpRequest) -> str:
    """Return the address of the person's machine, behind as many proxies as are ours."""
    return str(account_adapter().get_client_ip(request))


def remember(request: HttpRequest, user: Any, **_: object) -> None:
    """Note a sign-in, and keep the one before for the notice on the person's page."""
    account = Account.objects.filter(user_id=user.pk).first()
    if account is None:
        return
    if account.signed_in_at is not None:
        moment = timezone.localtime(account.signed_in_at).strftime("%Y-%m-%d %H:%M")
        request.session[PREVIOUS] = {"at": moment, "from": account.signed_in_from}
    account.signed_in_at = timezone.now()
    account.signed_in_from = address(request)
    account.save(update_fields=["signed_in_at", "signed_in_from"])


def settle(user: Any, **_: object) -> None:
    """Note that somebody has chosen a password of his own."""
    Account.objects.filter(user_id=user.pk).update(
        must_change_password=False, password_changed_at=timezone.now()
    )


user_logged_in.connect(remember, dispatch_uid="budget.access.signing_in.remember")
password_changed.connect(settle, dispatch_uid="budget.access.signing_in.settle")
