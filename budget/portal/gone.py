"""What stands in the place of a release that was withdrawn: when, and on what ground."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from budget.release.finding import NoLongerPublished

GONE = 410
Answered = TypeVar("Answered", bound=HttpResponseBase)


def told_when_gone(view: Callable[..., Answered]) -> Callable[..., Answered | HttpResponse]:
    """Answer with the notice (410) where a view finds that a release is published no longer."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> Answered | HttpResponse:
        try:
            return view(request, **kwargs)
        except NoLongerPublished as error:
            return _notice(request, error)

    return answer


def _notice(request: HttpRequest, error: NoLongerPublished) -> HttpResponse:
    """Show number, dates, ground and digest; nothing of what the release said, not even a title."""
    context = {"release": error.release, "fact": error.fact, "became": error.standing.label}
    return render(request, "portal/gone.html", context, status=GONE)
