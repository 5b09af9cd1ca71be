"""Releases as objects: what is answered of them, and where their parts and files are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.urls import reverse

from budget.api.answers import Object
from budget.api.rows import CODE, Field
from budget.models import Correction, Release, ReleaseFile
from budget.release.standing import became, why_gone


def identity(release: Release) -> str:
    """Return what a release is called for good: it is also its address on the pages.

    >>> identity(Release(code="157", year=2023, number=2))
    '157/2023/v2'
    """
    return f"{release.code}/{release.year}/v{release.number}"


def address(view: str, release: Release, **more: str) -> str:
    """Return the permanent address of a view of this release."""
    names = {"code": release.code, "year": release.year, "version": release.number}
    return reverse(f"api:{view}", kwargs={**names, **more})


def page(view: str, release: Release, **more: str) -> str:
    """Return the permanent address of the page that shows the same to people."""
    names = {"code": release.code, "year": release.year, "number": release.number}
    return reverse(f"portal:{view}", kwargs={**names, **more})


def release_object(release: Release, newest: int) -> Object:
    """Return what lists say of a release that readers may see. No query.

    ``newest`` is the highest number of its document.
    """
    standing = became(release, is_newest=release.number == newest)
    return {
        "id": identity(release),
        "code": release.code,
        "name": release.name,
        "scope": release.scope.value,
        "year": release.year,
        "number": release.number,
        "published_at": release.published_at.isoformat(),
        "state": standing.value,
        "state_label": standing.label,
        "origin": release.origin.value,
        "origin_label": release.origin.label,
        "edition": release.edition,
        "digest": release.digest,
        "url": address("release", release),
        "page": page("disclosure", release),
    }


RELEASE_FIELDS = (
    Field("id", "标识", width=18),
    Field("code", "编码", CODE, 10),
    Field("name", "名称", width=30),
    Field("scope", "范围", width=12),
    Field("year", "年度", CODE, 8),
    Field("number", "版次", CODE, 8),
    Field("published_at", "公开时间", width=24),
    Field("state_label", "状态", width=10),
    Field("origin_label", "来源", width=10),
    Field("digest", "摘要（SHA-256）", width=40),
    Field("url", "接口地址", width=36),
    Field("page", "网页地址", width=24),
)


def whole_release(release: Release, newest: int, correction: Correction | None) -> Object:
    """Return all that is told of a release: two queries, for its files and other places."""
    return {
        **release_object(release, newest),
        "correction": correction_object(correction),
        "places": [
            {"url": place.url, "since": place.at.isoformat()} for place in release.places.all()
        ],
        "files": list(_files(release, release.files.all())),
        "tables_url": address("tables", release),
        "paragraphs_url": address("paragraphs", release),
        "figures_url": address("figures", release),
        "charts_url": address("charts", release),
        "versions_url": versions_address(release),
    }


def versions_address(release: Release) -> str:
    """Return where all versions of the same document are told."""
    return reverse("api:versions", kwargs={"code": release.code, "year": release.year})


def correction_object(correction: Correction | None) -> Object | None:
    """Return what was corrected by a release and why; None where it corrects nothing."""
    if correction is None:
        return None
    return {
        "kind": correction.kind.label,
        "what": correction.public_what,
        "why": correction.public_why,
    }


def _files(release: Release, files: Iterable[ReleaseFile]) -> Iterable[Object]:
    """Yield each file; those of one format are downloaded together."""
    for format, group in groupby(files, key=lambda file: file.format):
        for file in group:
            yield {
                "format": format,
                "name": file.name,
                "content_type": file.content_type,
                "size": file.size,
                "digest": file.digest,
                "download": page("download", release, format=format),
            }


def version_object(release: Release, newest: int, correction: Correction | None) -> Object:
    """Return what is told of a version, whatever became of it: of one that is gone, no contents."""
    standing = became(release, is_newest=release.number == newest)
    fact = why_gone(release)
    return {
        "id": identity(release),
        "number": release.number,
        "published_at": release.published_at.isoformat(),
        "state": standing.value,
        "state_label": standing.label,
        "reason": fact.ground.public_label if fact else "",
        "since": fact.at.isoformat() if fact else None,
        "digest": release.digest,
        "correction": correction_object(correction) if fact is None else None,
        "url": address("release", release),
        "page": page("disclosure", release),
    }


VERSION_FIELDS = (
    Field("id", "标识", width=18),
    Field("number", "版次", CODE, 8),
    Field("published_at", "公开时间", width=24),
    Field("state_label", "状态", width=10),
    Field("reason", "撤回或封存原因", width=16),
    Field("since", "撤回或封存时间", width=24),
    Field("digest", "摘要（SHA-256）", width=40),
    Field("url", "接口地址", width=36),
)
