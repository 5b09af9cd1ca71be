"""Lists of what can be read: the newest release of each document, by year and by department.

Each list is two queries whatever its length: releases without what they say, and names of files
are not asked for at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from budget.models import Release
from budget.portal.publications import ORIGINS
from budget.release.finding import current
from budget.terms import Origin, Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """One document on a list, in the release that holds now."""

    release: Release

    @property
    def url(self) -> str:
        """Its page."""
        kwargs = {"code": self.release.code, "year": self.release.year}
        return reverse("portal:disclosure", kwargs=kwargs)

    @property
    def origin(self) -> str:
        """Where the figures come from, in words."""
        return ORIGINS[self.release.origin]

    @property
    def is_invented(self) -> bool:
        """True where there is no such department."""
        return bool(self.release.origin == Origin.INVENTED)


@dataclass(frozen=True, slots=True)
class Group:
    """A department of one year: its own document, and those of its units; either may be missing."""

    code: str
    own: Entry | None
    units: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """What the group is called after."""
        return self.own or self.units[0]

    @property
    def url(self) -> str:
        """The page of the department with all its years."""
        return reverse("portal:department", kwargs={"code": self.code})


def years() -> list[int]:
    """Return the years of which something can be read, the latest first. One query."""
    found = current().order_by().values_list("year", flat=True).distinct()
    return sorted(found, reverse=True)


def of_year(year: int) -> list[Group]:
    """Return what can be read of a year by department, in the order of codes. One query."""
    releases = current().filter(year=year).order_by("code", "scope")
    return [_group(code, list(own)) for code, own in groupby(releases, key=_department)]


def of_department(code: str) -> list[tuple[int, Group]]:
    """Return what can be read of a department or unit, the latest year first. One query."""
    releases = current().filter(code__startswith=code).order_by("-year", "code", "scope")
    return [
        (year, _group(code[:3], list(own)))
        for year, own in groupby(releases, key=attrgetter("year"))
    ]


def _department(release: Release) -> str:
    return release.code[:3]


def _group(code: str, releases: Iterable[Release]) -> Group:
    entries = [Entry(release) for release in releases]
    own = [each for each in entries if each.release.scope == Scope.DEPARTMENT]
    units = tuple(each for each in entries if each.release.scope != Scope.DEPARTMENT)
    return Group(code, own[0] if own else None, units)
