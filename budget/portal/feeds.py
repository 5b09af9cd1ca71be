"""For programs: what was published last (Atom), the addresses of all documents, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from budget.models import Correction, Release
from budget.portal import keeping
from budget.portal.citing import named, numbered
from budget.portal.keeping import kept
from budget.portal.publications import NotPublished
from budget.portal.shelves import Entry
from budget.portal.site import absolute
from budget.release.finding import corrections, current, readable

LATEST = 50
"""Releases in a feed."""


@require_safe
@kept(keeping.of_everything)
def feed(request: HttpRequest, code: str = "") -> HttpResponse:
    """Send the latest releases, of all or of one department with its units."""
    found = readable().filter(code__startswith=code)
    releases = list(found.order_by("-published_at", "-pk")[:LATEST])
    if code and not releases:
        raise NotPublished(f"没有公开过编码为 {code} 的部门或单位的预算。")
    # A department's own code stands before those of its units, whichever was published last.
    first = found.order_by("code", "-year", "-number").first() if code else None
    written = _feed(request, code, first.name if first else "", releases)
    content = written.writeString("utf-8")
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


def _feed(request: HttpRequest, code: str, name: str, releases: list[Release]) -> Atom1Feed:
    names = {"code": code} if code else {}
    page = reverse("portal:department" if code else "portal:home", kwargs=names)
    own = reverse("portal:department_feed" if code else "portal:feed", kwargs=names)
    written = Atom1Feed(
        title=f"{name} 部门预算公开".strip(),
        link=absolute(request, page),
        description=None,
        language="zh-CN",
        feed_url=absolute(request, own),
    )
    told = corrections(releases)
    for release in releases:
        address = absolute(request, numbered(release, "disclosure"))
        written.add_item(
            title=_title(release),
            link=address,
            description=_summary(release, told.get(release.pk)),
            unique_id=address,
            pubdate=release.published_at,
            updateddate=release.published_at,
            author_name=release.name,
        )
    return written


def _title(release: Release) -> str:
    corrected = f"（更正，第{release.number}版）" if release.number > 1 else ""
    return f"{named(release)}{corrected}"


def _summary(release: Release, correction: Correction | None) -> str:
    why = (
        f"更正事项：{correction.public_what} 更正原因：{correction.public_why} "
        if correction
        else ""
    )
    return f"{why}第{release.number}版，内容摘要（SHA-256）：{release.digest}"


# ---- addresses


@require_safe
@kept(keeping.of_everything)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Send the addresses of all documents that hold now, of departments and of years."""
    places = [(absolute(request, path), day) for path, day in _places()]
    content = render_to_string("portal/sitemap.xml", {"places": places})
    return HttpResponse(content, content_type="application/xml; charset=utf-8")


def _places() -> Iterator[tuple[str, datetime]]:
    """Yield paths with the time of their last change, in a fixed order. One query."""
    newest: dict[str, datetime] = {}
    documents: dict[str, datetime] = {}
    for release in current():
        at = release.published_at
        ways = (
            reverse("portal:home"),
            reverse("portal:year", kwargs={"year": release.year}),
            reverse("portal:department", kwargs={"code": release.code[:3]}),
        )
        newest |= {way: max(at, newest.get(way, at)) for way in ways}
        documents[Entry(release).url] = at
    yield from newest.items()
    yield from documents.items()


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let programs read everything that is published, but leave the search to people."""
    lines = (
        "User-agent: *",
        f"Disallow: {reverse('portal:search')}",
        f"Sitemap: {absolute(request, reverse('portal:sitemap'))}",
    )
    return HttpResponse("\n".join((*lines, "")), content_type="text/plain; charset=utf-8")
