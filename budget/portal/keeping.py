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
from django.db import connection
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date, quote_etag

from budget.access.sessions import has_session
from budget.models import Release

View = Callable[..., HttpResponse]


OF_DOCUMENT = """
SELECT release.id, release.digest, withdrawal.id, seal.id,
    (SELECT count(*) FROM budget_releasefile WHERE release_id = release.id),
    (SELECT max(id) FROM budget_publicplace WHERE release_id = release.id)
FROM budget_release AS release
LEFT JOIN budget_withdrawal AS withdrawal ON withdrawal.release_id = release.id
LEFT JOIN budget_seal AS seal ON seal.release_id = release.id
WHERE release.code = %s AND release.year = %s ORDER BY release.id
"""
OF_EVERYTHING = "SELECT " + ", ".join(
    f"(SELECT {fact} FROM budget_{table})"
    for table in ("release", "withdrawal", "seal", "publicplace")
    for fact in ("count(*)", "max(id)")
)
"""Written out: each page is asked for by them, and to build them anew takes longer than to ask."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a page depends on, as a text, and how to learn when it last changed."""

    text: str
    changed: Callable[[], datetime | None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was made; ``at`` is when it last changed, None where nothing is there."""

    content: bytes
    content_type: str
    etag: str
    at: datetime | None


def of_document(code: str, year: int, **_: object) -> Stamp:
    """Return the stamp of all releases of a document. One query."""
    own = Release.objects.filter(code=code, year=year)
    return Stamp(_asked(OF_DOCUMENT, code, year), lambda: _changed(own))


def of_everything(**_: object) -> Stamp:
    """Return the stamp of all that is published. One query."""
    return Stamp(_asked(OF_EVERYTHING), lambda: _changed(Release.objects.all()))


def _asked(sql: str, *values: str | int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return repr(cursor.fetchall())


def _changed(releases: QuerySet[Release]) -> datetime | None:
    """Return when anything last became of releases."""
    times = releases.order_by().aggregate(
        *(Max(each) for each in ("published_at", "withdrawal__at", "seal__at")),
        *(Max(each) for each in ("job__finished_at", "places__recorded_at")),
    )
    return max(filter(None, times.values()), default=None)


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
            page = _page(request, view, kwargs, held, varies)
            return page if isinstance(page, HttpResponse) else _answer(request, page)

        return answer

    return declare


def _page(
    request: HttpRequest, view: View, kwargs: Any, stamp: Stamp, varies: tuple[str, ...]
) -> Kept | HttpResponse:
    """Return a page as it is kept or was made now; what is no page for everybody as it is."""
    asked = [request.GET.get(name, "")[:20] for name in varies]
    facts = (request.get_host(), request.is_secure(), request.path, asked, stamp.text)
    key = hashlib.sha256(repr(facts).encode()).hexdigest()
    found: Kept | None = caches["pages"].get(key)
    if found is None:
        response = view(request, **kwargs)
        if response.status_code != 200:
            return response
        etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        found = Kept(response.content, response.headers["Content-Type"], etag, stamp.changed())
        caches["pages"].set(key, found)
    return found


def _answer(request: HttpRequest, page: Kept) -> HttpResponseBase:
    """Send a page, or say that whoever asks already has it."""
    when = int(page.at.timestamp()) if page.at else None
    response = get_conditional_response(request, etag=page.etag, last_modified=when)
    if response is None:
        response = HttpResponse(page.content, content_type=page.content_type)
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "public, no-cache"
    if when is not None:
        response.headers["Last-Modified"] = http_date(when)
    patch_vary_headers(response, ("Cookie",))
    return response
