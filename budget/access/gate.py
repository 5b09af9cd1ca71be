"""The gate before every view: deny by default, as the permission table says."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_cache_control

from budget.access import answers
from budget.access.checks import gaps_of_the_site
from budget.access.entries import SAFE, Arrival, Guarded, Public, SignedIn
from budget.access.routes import entry_for
from budget.access.second_factor import has_second_factor
from budget.access.sessions import has_session
from budget.models import Refused
from budget.models.once import one_reading
from budget.models.people import account_of
from budget.models.scopes import held_by

LOG = logging.getLogger("budget.access")


class Gate:
    """Middleware that asks the permission table before a view runs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Refuse to serve at all where the table and the addresses do not agree."""
        self.get_response = get_response
        without_entry, without_address = gaps_of_the_site()
        if without_entry or without_address:
            raise ImproperlyConfigured(
                f"权限表与地址不一致：无权限项 {list(without_entry)}，"
                f"无地址 {list(without_address)}。"
            )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; what is not for everybody is kept in no cache."""
        with one_reading() if request.method in SAFE else nullcontext():
            response = self.get_response(request)
        if getattr(request, "guarded", False):
            add_never_cache_headers(response)
        elif has_session(request):
            patch_cache_control(response, private=True)
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Return the refusal, or None to let the view run."""
        match = request.resolver_match
        entry = entry_for(match.view_name) if match else None
        if isinstance(entry, Public):
            return None
        request.guarded = True  # type: ignore[attr-defined]
        user = request.user
        if entry is None or not isinstance(user, AbstractUser):
            return answers.to_sign_in(request)
        return _unsettled(user, entry) or _admitted(Arrival(request, user, kwargs), entry)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal that came under the lock as one at the gate."""
        return answers.refused(request, error) if isinstance(error, Refused) else None


def _admitted(arrival: Arrival, entry: Guarded) -> HttpResponse | None:
    try:
        entry.admit(arrival)
    except Refused as refusal:
        LOG.warning(
            "%s: %s %s refused to user %s",
            type(refusal).__name__,
            arrival.request.method,
            arrival.request.path,
            arrival.user.pk,
        )
        return answers.refused(arrival.request, refusal)
    return None


def _unsettled(user: AbstractUser, entry: Guarded) -> HttpResponse | None:
    """Return the way to what somebody has to do before anything else, None where there is none."""
    if isinstance(entry, SignedIn) and entry.unsettled:
        return None
    if must_change_password(user):
        return redirect("account_change_password")
    required = settings.REQUIRE_TOTP
    if required and not required.isdisjoint(each.role for each in held_by(user)):
        return None if has_second_factor(user.pk) else redirect("mfa_activate_totp")
    return None


def must_change_password(user: AbstractUser) -> bool:
    """Return whether somebody still has a one-time password, or one that is too old."""
    account = account_of(user)
    if account is None:
        return False
    if account.must_change_password:
        return True
    changed, days = account.password_changed_at, settings.PASSWORD_DAYS
    return bool(days and changed) and timezone.now() - changed > timedelta(days=days)  # type: ignore[operator]
