"""How long a session lasts: until nobody has used it for a while, and never over a working day."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse

BEGUN, SEEN = "begun", "seen"
SEEN_EVERY = 60
"""Seconds between two notes that a session is in use: not every request writes to the database."""


class SessionLimits:
    """Middleware that ends sessions past their limits. Visitors without a session pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, the session ended before where it is too old."""
        if has_session(request) and request.user.is_authenticated:
            limit(request, int(time.time()))
        return self.get_response(request)


def has_session(request: HttpRequest) -> bool:
    """Return whether the browser brings a session, without looking it up."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def limit(request: HttpRequest, now: int) -> None:
    """End a session past its limits, or note that it is in use. ``now`` is in Unix seconds."""
    begun, seen = (request.session.get(name, 0) for name in (BEGUN, SEEN))
    if now - begun >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE:
        logout(request)
    elif now - seen >= SEEN_EVERY:
        request.session[SEEN] = now


def begin(request: HttpRequest, **_: object) -> None:
    """Note when a session began."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())


user_logged_in.connect(begin, dispatch_uid="budget.access.sessions")
