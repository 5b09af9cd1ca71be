"""What has been published, as the pages ask for it: releases and their files, no working table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from budget.models import Release, ReleaseFile
from budget.render.registry import FORMATS
from budget.terms import Origin

ORDER = ("pdf", "xlsx", "csv", "json", "html")
"""The formats as people look for them; any other stands behind these."""

ORIGINS = {
    Origin.TRANSCRIBED: "转录自公开文件",
    Origin.COMPILED: "由本系统编制",
    Origin.INVENTED: "虚构，仅供演示",
}


class NotPublished(Http404):
    """What somebody asks for was never published. The message is a Chinese sentence for them."""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a page or a file: what people call it, where it is, a file's size in bytes."""

    label: str
    url: str
    size: int | None = None


@dataclass(frozen=True)
class Publication:
    """One release among those of the same document; ``numbers`` are all of them, newest first."""

    release: Release
    numbers: tuple[int, ...]

    @property
    def is_latest(self) -> bool:
        """False where a later release has taken the place of this one."""
        return self.release.number == self.numbers[0]

    @property
    def latest(self) -> Link:
        """The release that holds now: its number in words and its page."""
        return self._version(self.numbers[0])

    @property
    def others(self) -> list[Link]:
        """The other releases of the document, newest first."""
        return [self._version(number) for number in self.numbers if number != self.release.number]

    @property
    def origin(self) -> str:
        """Where the figures come from, in words."""
        return ORIGINS[self.release.origin]

    @property
    def is_transcribed(self) -> bool:
        """True where the document was typed from a published one, which then has the last word."""
        return bool(self.release.origin == Origin.TRANSCRIBED)

    @property
    def is_invented(self) -> bool:
        """True where there is no such department: nobody may take the figures for real."""
        return bool(self.release.origin == Origin.INVENTED)

    @property
    def url(self) -> str:
        """The page of the document in this release."""
        return self.place("disclosure")

    def place(self, view: str, **more: str) -> str:
        """Return the address of a view of this release."""
        return reverse(f"portal:{view}", kwargs={**self._names(self.release.number), **more})

    @cached_property
    def files(self) -> dict[str, list[ReleaseFile]]:
        """The files by the code of their format."""
        found: dict[str, list[ReleaseFile]] = {}
        for file in sorted(self.release.files.all(), key=_order):
            found.setdefault(file.format, []).append(file)
        return found

    @property
    def downloads(self) -> list[Link]:
        """The formats in which the whole document can be had."""
        return [
            Link(
                FORMATS[code].label,
                self.place("download", format=code),
                sum(file.size for file in files),
            )
            for code, files in self.files.items()
        ]

    def _version(self, number: int) -> Link:
        url = reverse("portal:disclosure", kwargs=self._names(number))
        return Link(f"第 {number} 版", url)

    def _names(self, number: int) -> dict[str, str | int]:
        """Return what an address names; the release that holds now needs no number."""
        names: dict[str, str | int] = {"code": self.release.code, "year": self.release.year}
        return names if number == self.numbers[0] else {**names, "number": number}


def shelf() -> list[tuple[int, list[Publication]]]:
    """Return the newest release of every document by year, the latest year first. Two queries."""
    releases = _releases().prefetch_related("files").defer("content")
    return [
        (year, [_newest(group) for _, group in groupby(of_year, key=attrgetter("code"))])
        for year, of_year in groupby(releases, key=attrgetter("year"))
    ]


def publication(code: str, year: int, number: int | None = None) -> Publication:
    """Return a release of a document, the newest unless its number is given. Three queries.

    Raises NotPublished.
    """
    releases = _releases().filter(code=code, year=year)
    numbers = tuple(releases.values_list("number", flat=True))
    if not numbers:
        raise NotPublished(f"没有公开过编码为 {code} 的 {year} 年预算。")
    wanted = numbers[0] if number is None else number
    if wanted not in numbers:
        known = "、".join(str(known) for known in reversed(numbers))
        raise NotPublished(f"{code} 的 {year} 年预算没有第 {wanted} 版；已发布的有第 {known} 版。")
    return Publication(releases.prefetch_related("files").get(number=wanted), numbers)


def _releases() -> QuerySet[Release]:
    return Release.objects.order_by("-year", "code", "-number")


def _order(file: ReleaseFile) -> tuple[int, str]:
    place = ORDER.index(file.format) if file.format in ORDER else len(ORDER)
    return place, file.name


def _newest(group: Iterable[Release]) -> Publication:
    releases = list(group)
    return Publication(releases[0], tuple(release.number for release in releases))
