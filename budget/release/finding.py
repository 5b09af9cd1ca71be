"""Finding what was published: the releases of a document, and which of them readers may see.

Nothing here loads what a release says: ``content`` is fetched when somebody reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from budget.models import Correction, Release
from budget.release.standing import became, is_readable, why_gone


class NeverPublished(LookupError):
    """There never was such a release. The message is a Chinese sentence for whoever asks."""


class NoLongerPublished(Exception):
    """A release was withdrawn or sealed: readers get none of it, but are told (410)."""

    def __init__(self, release: Release) -> None:
        """Name the release; the message is a Chinese sentence for whoever asks."""
        fact = why_gone(release)
        assert fact is not None, "a release that is readable is not gone"
        self.release, self.fact = release, fact
        self.standing = became(release, is_newest=False)
        super().__init__(
            f"{release.code} 的 {release.year} 年预算第 {release.number} 版"
            f"{self.standing.label}，不再提供；原因：{fact.ground.public_label}。"
        )


@dataclass(frozen=True)
class Document:
    """All releases of one document, the newest first; there is at least one."""

    releases: tuple[Release, ...]

    @property
    def newest(self) -> Release:
        """The release that took the place of all others, whatever became of it."""
        return self.releases[0]

    def version(self, number: int | None = None) -> Release:
        """Return a release that readers may see: of this number, or the newest.

        Raises NeverPublished and NoLongerPublished. Where the newest was withdrawn, the one before
        it does not come back: it was wrong too.
        """
        found = self.newest if number is None else self._numbered(number)
        if not is_readable(found):
            raise NoLongerPublished(found)
        return found

    def _numbered(self, number: int) -> Release:
        for release in self.releases:
            if release.number == number:
                return release
        known = "、".join(str(each.number) for each in reversed(self.releases))
        code, year = self.newest.code, self.newest.year
        raise NeverPublished(
            f"{code} 的 {year} 年预算没有第 {number} 版；已发布的有第 {known} 版。"
        )


def without_contents() -> QuerySet[Release]:
    """Return all releases in their fixed order, with what tells whether readers may see them."""
    return (
        Release.objects.defer("content")
        .select_related("withdrawal", "seal")
        .order_by("-year", "code", "-number", "pk")
    )


def readable() -> QuerySet[Release]:
    """Return the releases that readers may see, those that were corrected among them."""
    return without_contents().filter(withdrawal=None, seal=None)


def current() -> QuerySet[Release]:
    """Return the release of each document that holds now; a withdrawn one has no substitute."""
    later = Release.objects.filter(
        scope=OuterRef("scope"),
        code=OuterRef("code"),
        year=OuterRef("year"),
        number__gt=OuterRef("number"),
    )
    return readable().exclude(Exists(later))


def document(code: str, year: int) -> Document:
    """Return the releases of a document. One query. Raises NeverPublished."""
    releases = tuple(without_contents().filter(code=code, year=year))
    if not releases:
        raise NeverPublished(f"没有公开过编码为 {code} 的 {year} 年预算。")
    return Document(releases)


def corrections(releases: Iterable[Release]) -> Mapping[int, Correction]:
    """Return the 更正说明 of releases, by the key of each release that has one. One query."""
    keys = [release.pk for release in releases]
    found = Correction.objects.filter(budget__issues__release__in=keys)
    return {each.of: each for each in found.annotate(of=F("budget__issues__release"))}
