"""The versions of a budget beside the one that a page is about, and what was published of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse

from budget.actions import Action, may, may_see
from budget.models import (
    BudgetUnit,
    DepartmentBudget,
    Release,
    ReleaseJob,
    UnitBudget,
)
from budget.models.permits import roles_on
from budget.release import became, files_job, is_readable
from budget.terms import JobState, Round


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """Another version of the same budget: its round and number, state in words, and page."""

    name: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A release: what became of it in words, where it is read, and how far its files are."""

    release: Release
    told: str
    url: str
    job: ReleaseJob | None

    @property
    def name(self) -> str:
        """Whose document it is: a department is often called like the unit that is its head."""
        return f"{self.release.name}（{self.release.scope.label}）"

    @property
    def is_in_work(self) -> bool:
        """True while its files may still come by themselves."""
        return self.job is not None and self.job.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def has_failed(self) -> bool:
        """True where its files will not come unless somebody tries again."""
        return self.job is not None and self.job.state is JobState.FAILED


def address_of(budget: DepartmentBudget, code: str = "") -> str:
    """Return the address of the page of this very version, of a unit's code or the department's."""
    first = budget.round is Round.FIRST_SUBMISSION
    name = "flow:first_version" if first else "flow:version"
    return reverse(name, args=(code or budget.department_id, budget.year_id, budget.version))


def other_versions(
    user: User,
    budget: DepartmentBudget,
    versions: Iterable[DepartmentBudget],
    part: UnitBudget | None = None,
) -> list[OtherVersion]:
    """Return which of all ``versions`` of a budget beside this one somebody may see, in order.

    With a ``part`` his roles in that unit count.
    """
    unit = part.unit if part else None
    return [
        OtherVersion(
            f"{each.round.label}第{each.version}版",
            each.state.label,
            address_of(each, unit.code if unit else ""),
        )
        for each in versions
        if each.pk != budget.pk and may_see(roles_on(user, each, unit), each.state)
    ]


def is_what_is_read(
    user: User,
    budget: DepartmentBudget,
    versions: Iterable[DepartmentBudget],
    part: UnitBudget | None = None,
) -> bool:
    """Return whether the pages that show content, which take no version, are about this one.

    They are about the latest of which somebody may read the content; ``versions`` are all, the
    latest first.
    """
    unit = part.unit if part else None
    read = (each for each in versions if _may_read(user, each, unit))
    return next(read, None) == budget


def _may_read(user: User, budget: DepartmentBudget, unit: BudgetUnit | None) -> bool:
    return may(roles_on(user, budget, unit), Action.VIEW, budget.state, budget.round)


def standing_releases(budget: DepartmentBudget) -> list[Standing]:
    """Return what a version was published as: the department's document, then its units'."""
    found = Release.objects.filter(issue__budget=budget).defer("content")
    related = found.select_related("withdrawal", "seal", "replaced_by", "job")
    return [_standing(each) for each in related.order_by("pk")]


def releases_of_year(budget: DepartmentBudget) -> list[Standing]:
    """Return all releases that were issued for a budget's department and year, the last first."""
    found = Release.objects.filter(
        issue__budget__department=budget.department, issue__budget__year=budget.year_id
    ).defer("content")
    related = found.select_related("withdrawal", "seal", "replaced_by", "job")
    return [_standing(each) for each in related.order_by("-number", "code")]


def _standing(release: Release) -> Standing:
    url = ""
    if is_readable(release):
        url = reverse(
            "portal:disclosure",
            kwargs={"code": release.code, "year": release.year, "number": release.number},
        )
    told = became(release, is_newest=not hasattr(release, "replaced_by")).label
    return Standing(release, told, url, files_job(release))
