"""Lists: who publishes, what was published, one release, and all versions of a document."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery
from rest_framework.request import Request

from budget.api.answers import Answer, Object
from budget.api.endpoint import Endpoint
from budget.api.objects import (
    RELEASE_FIELDS,
    VERSION_FIELDS,
    release_object,
    version_object,
    whole_release,
)
from budget.api.paging import page_of
from budget.api.parameters import OfReleases, OfYear
from budget.api.rows import CODE, Field, Listing
from budget.models import Release
from budget.release.finding import corrections, document, readable

EPOCH = 1980
"""The year that dates the workbook of a list that belongs to none."""

DEPARTMENT_FIELDS = (
    Field("code", "编码", CODE, 10),
    Field("name", "名称", width=30),
    Field("scope", "范围", width=12),
    Field("department", "所属部门编码", CODE, 12),
    Field("years", "已公开年度", width=30),
)


class Departments(Endpoint):
    """Who has published: departments and units, by code, each with the years."""

    parameters = OfYear

    def answer(self, request: Request, asked: dict[str, Any], **names: Any) -> Answer:
        """Three queries, however many there are."""
        found = _narrowed(readable(), asked)
        codes = found.order_by("code").values_list("code", flat=True).distinct()
        page = page_of(request, codes, asked["page"], asked["page_size"])
        objects = _publishers(found.filter(code__in=page.items))
        rows = Listing("departments", "公开主体", DEPARTMENT_FIELDS, objects, EPOCH)
        return Answer(page.plain(objects), lambda: rows, page.links)


class Releases(Endpoint):
    """The releases that can be read, the latest year first."""

    parameters = OfReleases

    def answer(self, request: Request, asked: dict[str, Any], **names: Any) -> Answer:
        """Two queries, however many there are; no contents are loaded."""
        found = _narrowed(readable(), asked).annotate(newest=_newest())
        if "code" in asked:
            found = found.filter(code=asked["code"])
        if asked["latest"]:
            found = found.filter(number=F("newest"))
        page = page_of(request, found, asked["page"], asked["page_size"])
        objects = [release_object(each, each.newest) for each in page.items]
        rows = Listing("releases", "已公开的版本", RELEASE_FIELDS, objects, EPOCH)
        return Answer(page.plain(objects), lambda: rows, page.links)


class OneRelease(Endpoint):
    """One release: its facts, its files, and where its parts are."""

    def answer(self, request: Request, asked: dict[str, Any], **names: Any) -> Answer:
        """Four queries."""
        found = document(names["code"], names["year"])
        release = found.version(names["version"])
        correction = corrections([release]).get(release.pk)
        plain = whole_release(release, found.newest.number, correction)
        stem = f"{release.code}-{release.year}-v{release.number}"
        rows = Listing(stem, "版本", RELEASE_FIELDS, [plain], release.year)
        return Answer(plain, lambda: rows)


class Versions(Endpoint):
    """All versions of a document, the newest first, those that are gone among them."""

    def answer(self, request: Request, asked: dict[str, Any], **names: Any) -> Answer:
        """Two queries."""
        releases = document(names["code"], names["year"]).releases
        newest, told = releases[0], corrections(releases)
        objects = [version_object(each, newest.number, told.get(each.pk)) for each in releases]
        plain = {"code": newest.code, "year": newest.year, "results": objects}
        stem = f"{newest.code}-{newest.year}-versions"
        rows = Listing(stem, "各版本", VERSION_FIELDS, objects, newest.year)
        return Answer(plain, lambda: rows)


def _narrowed(found: QuerySet[Release], asked: dict[str, Any]) -> QuerySet[Release]:
    wanted = {name: asked[name] for name in ("year", "scope") if name in asked}
    return found.filter(**wanted)


def _newest() -> Subquery:
    """Return the highest number of a release's document, whatever became of that release."""
    same = Release.objects.filter(code=OuterRef("code"), year=OuterRef("year"))
    return Subquery(same.order_by("-number").values("number")[:1], output_field=IntegerField())


def _publishers(found: QuerySet[Release]) -> list[Object]:
    """Return who published these, by code; the name is that of the latest year."""
    years: dict[str, list[int]] = defaultdict(list)
    latest: dict[str, tuple[str, str]] = {}
    for code, year, name, scope in found.values_list("code", "year", "name", "scope"):
        latest.setdefault(code, (name, scope))
        if year not in years[code]:
            years[code].append(year)
    return [
        {
            "code": code,
            "name": latest[code][0],
            "scope": latest[code][1],
            "department": code[:3],
            "years": years[code],
        }
        for code in sorted(latest)
    ]
