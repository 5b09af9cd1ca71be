"""What has been published, as the pages ask for it: releases and their files, no working table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.urls import reverse

from budget.models import Correction, PublicPlace, Release, ReleaseFile
from budget.release.finding import Document, NeverPublished, corrections, document
from budget.release.standing import is_readable
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
    """One release among those of the same document."""

    release: Release
    document: Document

    @property
    def is_latest(self) -> bool:
        """False where a later release has taken the place of this one."""
        return self.release.number == self.document.newest.number

    @property
    def latest(self) -> Link:
        """The release that holds now: its number in words and its page."""
        return self._version(self.document.newest)

    @property
    def is_latest_withdrawn(self) -> bool:
        """True where the release that took the place of this one was withdrawn itself."""
        return not is_readable(self.document.newest)

    @property
    def others(self) -> list[Link]:
        """The other releases of the document that can be read, newest first."""
        return [
            self._version(each)
            for each in self.document.releases
            if each.number != self.release.number and is_readable(each)
        ]

    @cached_property
    def correction(self) -> Correction | None:
        """The 更正说明 of this release, None where it corrects nothing."""
        if self.release.replaces_id is None:
            return None
        return corrections([self.release]).get(self.release.pk)

    @cached_property
    def elsewhere(self) -> PublicPlace | None:
        """Where else this release can be read, as it was recorded last."""
        return self.release.places.order_by("-pk").first()

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
        return reverse(f"portal:{view}", kwargs={**self._names(self.release), **more})

    @cached_property
    def files(self) -> dict[str, list[ReleaseFile]]:
        """The files by the code of their format."""
        found: dict[str, list[ReleaseFile]] = {}
        for file in sorted(self.release.files.all(), key=_order):
            found.setdefault(file.format, []).append(file)
        return found

    @property
    def downloads(self) -> list[Link]:
        """The formats in which the whole document can be had; of several files as one archive."""
        return [self._download(code, files) for code, files in self.files.items()]

    def _download(self, code: str, files: list[ReleaseFile]) -> Link:
        label, url = FORMATS[code].label, self.place("download", format=code)
        if len(files) > 1:
            return Link(f"{label}（ZIP，{len(files)}个文件）", url)
        return Link(label, url, files[0].size)

    @property
    def versions(self) -> str:
        """The page of all releases of the document."""
        return reverse("portal:versions", kwargs=self._names(self.document.newest))

    def _version(self, release: Release) -> Link:
        url = reverse("portal:disclosure", kwargs=self._names(release))
        return Link(f"第 {release.number} 版", url)

    def _names(self, release: Release) -> dict[str, str | int]:
        """Return what an address names; the release that holds now needs no number."""
        names: dict[str, str | int] = {"code": release.code, "year": release.year}
        is_newest = release.number == self.document.newest.number
        return names if is_newest else {**names, "number": release.number}


def publication(code: str, year: int, number: int | None = None) -> Publication:
    """Return a release of a document, the newest unless its number is given. One query.

    Raises NotPublished and NoLongerPublished.
    """
    found = known_document(code, year)
    try:
        return Publication(found.version(number), found)
    except NeverPublished as error:
        raise NotPublished(str(error)) from error


def known_document(code: str, year: int) -> Document:
    """Return all releases of a document, whatever became of them. Raises NotPublished."""
    try:
        return document(code, year)
    except NeverPublished as error:
        raise NotPublished(str(error)) from error


def _order(file: ReleaseFile) -> tuple[int, str]:
    place = ORDER.index(file.format) if file.format in ORDER else len(ORDER)
    return place, file.name
