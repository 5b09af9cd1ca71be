"""Pages kept until something is published, withdrawn or added: made once for all who ask.

What is kept is found under a *stamp*: what the page depends on, read by one query each time. So
nothing is ever shown that no longer holds, on whatever process, and nobody has to clear anything.
Browsers and proxies may keep pages too, and ask each time whether they still hold (ETag). People
who are signed in see their name at the head; for them pages are made anew and kept nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag

from budget.access.sessions import has_session
from budget.models import PublicPlace, Release, Seal, Withdrawal

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page depends on, as a text, and when it last changed (None: nothing is there)."""

    text: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was made."""

    content: bytes
    content_type: str
    etag: str


def of_document(code: str, year: int, **_: object) -> Stamp:
    """Return the stamp of all releases of a document. One query."""
    found = list(
        Release.objects.filter(code=code, year=year)
        .order_by("pk")
        .values_list("pk", "digest", "withdrawal", "seal")
        .annotate(
            Count("files", distinct=True),
            Max("places"),
            Max("published_at"),
            Max("withdrawal__at"),
            Max("seal__at"),
            Max("job__finished_at"),
            Max("places__recorded_at"),
        )
    )
    times = [each for row in found for each in row[6:] if each is not None]
    return Stamp(repr([row[:6] for row in found]), max(times, default=None))


def of_everything(**_: object) -> Stamp:
    """Return the stamp of all that is published. Four short queries."""
    facts = [
        model.objects.aggregate(Count("pk"), Max("pk"), Max(at))
        for model, at in (
            (Release, "published_at"),
            (Withdrawal, "at"),
            (Seal, "at"),
            (PublicPlace, "recorded_at"),
        )
    ]
    told = [tuple(each.values()) for each in facts]
    times = [row[2] for row in told if row[2] is not None]
    return Stamp(repr([row[:2] for row in told]), max(times, default=None))


def kept(
    stamp: Callable[..., Stamp], *, varies: tuple[str, ...] = ()
) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Declare that a view's page depends on a stamp alone, and on some words of the address.

    ``varies`` are the names behind the question mark that the view reads.
    """

    def declare(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if has_session(request):
                return view(request, **kwargs)
            held = stamp(**kwargs)
            page = _page(request, view, kwargs, held.text, varies)
            return page if isinstance(page, HttpResponse) else _answer(request, page, held.at)

        return answer

    return declare


def _page(
    request: HttpRequest, view: View, kwargs: Any, stamp: str, varies: tuple[str, ...]
) -> Kept | HttpResponse:
    """Return a page as it is kept or was made now; what is no page for everybody as it is."""
    asked = [request.GET.get(name, "")[:20] for name in varies]
    facts = (request.get_host(), request.is_secure(), request.path, asked, stamp)
    key = hashlib.sha256(repr(facts).encode()).hexdigest()
    found: Kept | None = caches["pages"].get(key)
    if found is None:
        response = view(request, **kwargs)
        if response.status_code != 200:
            return response
        etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        found = Kept(response.content, response.headers["Content-Type"], etag)
        caches["pages"].set(key, found)
    return found


def _answer(request: HttpRequest, page: Kept, at: datetime | None) -> HttpResponseBase:
    """Send a page, or say that whoever asks already has it."""
    when = int(at.timestamp()) if at else None
    response = get_conditional_response(request, etag=page.etag, last_modified=when)
    if response is None:
        response = HttpResponse(page.content, content_type=page.content_type)
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "public, no-cache"
    if when is not None:
        response.headers["Last-Modified"] = http_date(when)
    patch_vary_headers(response, ("Cookie",))
    return response
