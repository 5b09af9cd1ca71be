"""A number for each request, and one line in the log about it."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Final
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from budget.access.sessions import has_session

LOG = logging.getLogger("budget.request")
HEADER: Final = "X-Request-ID"
NUMBER: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
QUIET: Final = ("/healthz", "/readyz", settings.STATIC_URL)
Answer = Callable[[HttpRequest], HttpResponse]


class Told:
    """Middleware around everything: numbers the request, and says what became of it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; its number is in the header of the answer."""
        number, began = number_of(request), time.monotonic()
        clear_contextvars()
        bind_contextvars(request=number)
        response = self.get_response(request)
        response.headers[HEADER] = number
        _tell(request, response, began)
        return response


class ForWhom:
    """Middleware behind the session: later lines of this request have the user's number."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if has_session(request) and request.user.is_authenticated:
            bind_contextvars(user=request.user.pk)
        return self.get_response(request)


def number_of(request: HttpRequest) -> str:
    """Return the number that our proxy gave a request, or a new one."""
    given = request.headers.get(HEADER, "") if settings.PROXIES else ""
    return given if NUMBER.fullmatch(given) else uuid4().hex


def _tell(request: HttpRequest, response: HttpResponse, began: float) -> None:
    """Write the line: no query, which may hold what somebody searched for."""
    status = response.status_code
    if status < 400 and request.path.startswith(QUIET):
        return
    level = logging.ERROR if status >= 500 else logging.WARNING if status >= 400 else logging.INFO
    milliseconds = int((time.monotonic() - began) * 1000)
    LOG.log(level, "%s %s %s %s ms", request.method, request.path, status, milliseconds)
