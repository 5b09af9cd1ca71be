"""All releases of a document, and what changed from one to the next: from what both print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from budget.differing import Differences, WordsChange, differences
from budget.models import Correction, Release
from budget.portal.publications import Link, NotPublished, Publication
from budget.release import read
from budget.release.finding import Document, NeverPublished, corrections
from budget.release.standing import Standing, became, is_readable


@dataclass(frozen=True, slots=True)
class Version:
    """One release on the list of all; ``url`` is None where readers may not see it any more."""

    release: Release
    standing: Standing
    url: str | None
    correction: Correction | None
    changes: Link | None

    @property
    def is_current(self) -> bool:
        """True for the release that holds now."""
        return self.standing is Standing.CURRENT


def versions(found: Document) -> list[Version]:
    """Return the releases of a document, the newest first. One query, for the 更正说明."""
    told = corrections(found.releases)
    return [
        Version(
            release=each,
            standing=became(each, is_newest=each.pk == found.newest.pk),
            url=Publication(each, found).url if is_readable(each) else None,
            correction=told.get(each.pk),
            changes=_changes(found, each),
        )
        for each in found.releases
    ]


def _changes(found: Document, release: Release) -> Link | None:
    """Return the way to what a release changed, where it and the one before can both be read."""
    before = [each for each in found.releases if each.number < release.number]
    if not (before and is_readable(before[0]) and is_readable(release)):
        return None
    names = {
        "code": release.code,
        "year": release.year,
        "before": before[0].number,
        "after": release.number,
    }
    label = f"与第 {before[0].number} 版相比改了什么"
    return Link(label, reverse("portal:changes", kwargs=names))


# ---- two releases beside each other


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that changed, with the page on which it stands."""

    table: str
    row: str
    column: str
    unit: str
    before: str
    after: str
    url: str


@dataclass(frozen=True)
class Comparison:
    """What two releases say differently."""

    before: Publication
    after: Publication
    found: Differences

    @cached_property
    def figures(self) -> list[Moved]:
        """The figures that changed, the largest difference first, each with its address."""
        return [
            Moved(
                table=each.table_name,
                row=each.row,
                column=each.column,
                unit=each.unit,
                before=each.before_text,
                after=each.after_text,
                url=self._stands(each.after is not None).place("table", table=each.table)
                + f"#{each.address}",
            )
            for each in self.found.figures
        ]

    @property
    def words(self) -> tuple[WordsChange, ...]:
        """The passages of words that changed, in printed order."""
        return self.found.words

    def _stands(self, is_there: bool) -> Publication:
        return self.after if is_there else self.before


def comparison(found: Document, before: int, after: int) -> Comparison:
    """Return what changed between two releases. Raises NotPublished and NoLongerPublished."""
    if before >= after:
        raise NotPublished("请把较早的版本写在前面，例如 1-2。")
    try:
        older, newer = found.version(before), found.version(after)
    except NeverPublished as error:
        raise NotPublished(str(error)) from error
    return Comparison(
        Publication(older, found),
        Publication(newer, found),
        differences(read(older), read(newer)),
    )
