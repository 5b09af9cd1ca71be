"""The versions of a budget beside the one that a page is about, and what was published of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.urls import reverse

from budget.models import Correction, DepartmentBudget, Release, ReleaseJob
from budget.models.permits import roles_on
from budget.release import files_job, is_readable, sealed, withdrawn
from budget.roles import may_see
from budget.terms import JobState


@dataclass(frozen=True, slots=True)
class OtherVersion:
    """Another version of the same budget: its number, state in words, and page."""

    number: int
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
    def is_in_work(self) -> bool:
        """True while its files may still come by themselves."""
        return self.job is not None and self.job.state in (JobState.WAITING, JobState.RUNNING)

    @property
    def has_failed(self) -> bool:
        """True where its files will not come unless somebody tries again."""
        return self.job is not None and self.job.state is JobState.FAILED


def correction_of_version(budget: DepartmentBudget) -> Correction | None:
    """Return what a version corrects and why, None where it corrects nothing."""
    return Correction.objects.filter(budget=budget).select_related("original").first()


def other_versions(user: User, budget: DepartmentBudget) -> list[OtherVersion]:
    """Return the other versions of a budget that somebody may see, the latest first."""
    same = DepartmentBudget.objects.filter(
        department=budget.department, year=budget.year_id, round=budget.round
    )
    roles = roles_on(user, budget)
    return [
        OtherVersion(
            each.version,
            each.state.label,
            reverse("flow:version", args=(each.department_id, each.year_id, each.version)),
        )
        for each in same.exclude(pk=budget.pk).order_by("-version")
        if may_see(roles, each.state)
    ]


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
    return Standing(release, _told(release), url, files_job(release))


def _told(release: Release) -> str:
    if sealed(release) is not None:
        return "已封存"
    if withdrawn(release) is not None:
        return "已撤回"
    return "已更正" if hasattr(release, "replaced_by") else "现行"
