"""What a withdrawal takes from readers: the releases of a version, and what a seal reaches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db.models import Q, QuerySet

from budget import search
from budget.actions import Action
from budget.models import BudgetUnit, DepartmentBudget, Release, Seal, StepTaken, Withdrawal
from budget.release import is_readable
from budget.terms import Ground
from budget.workflow.saying import Said


def withdraw_releases(budget: DepartmentBudget, taken: StepTaken, _: Said) -> None:
    """Withdraw what a version was published as, on the ground that was given with the request.

    Where nobody may read it again, neither may anybody read what was published before it.
    """
    request = StepTaken.objects.filter(budget=budget, action=Action.WITHDRAW).latest("id")
    ground = Ground(request.said["ground"])  # type: ignore[call-arg]
    releases = releases_of(budget)
    for release in releases:
        Withdrawal.objects.create(
            release=release, ground=ground, reason=request.said["reason"], step=taken
        )
        search.forget(release)
    if ground.seals:
        seal([*releases, *before(budget, releases)], ground, taken)


def releases_of(budget: DepartmentBudget) -> list[Release]:
    """Return what a version was published as, as far as it is not withdrawn.

    A transcribed version was not issued by a step: the last of each of its documents that no step
    has issued is meant, whether or not a correction has taken its place since.
    """
    issued = Release.objects.filter(issue__budget=budget)
    own = issued if issued.exists() else _transcribed(budget)
    return list(own.filter(withdrawal=None).order_by("pk"))


def _transcribed(budget: DepartmentBudget) -> QuerySet[Release]:
    if budget.copied_from_id is not None:
        return Release.objects.none()  # what is a copy is published by a step
    followed = Q(replaced_by__isnull=False, replaced_by__issue=None)
    return _of_year(budget).filter(issue=None).exclude(followed)


def _of_year(budget: DepartmentBudget) -> QuerySet[Release]:
    """Return the releases of a department and of all units that it ever had, of one year."""
    units = BudgetUnit.objects.filter(department=budget.department)
    codes = [budget.department_id, *units.values_list("code", flat=True)]
    return Release.objects.filter(code__in=codes, year=budget.year_id)


def is_public(budget: DepartmentBudget) -> Iterator[str]:
    """There is something to withdraw."""
    if not releases_of(budget):
        yield "没有找到这一版公开的文件，没有可以撤回的；请与预算科联系核对"


def before(budget: DepartmentBudget, releases: Collection[Release]) -> list[Release]:
    """Return what was published of a department and year before some releases of a version.

    All documents are meant: a unit that a correction has no more has one, too, that says what
    the correction was to take back.
    """
    last = max(each.pk for each in releases)
    same = {each.pk for each in releases}
    return list(_of_year(budget).filter(pk__lt=last).exclude(pk__in=same).order_by("-pk"))


def still_public(budget: DepartmentBudget) -> list[Release]:
    """Return what readers still see once a version is withdrawn: what was published later."""
    own = releases_of(budget)
    if not own:
        return []
    later = _of_year(budget).filter(pk__gt=max(each.pk for each in own)).order_by("pk")
    found = later.defer("content").select_related("withdrawal", "seal")
    return [each for each in found if is_readable(each)]


def seal(releases: Iterable[Release], ground: Ground, taken: StepTaken) -> None:
    """Let nobody outside read releases again; what is sealed already stays as it is."""
    for release in releases:
        _, new = Seal.objects.get_or_create(
            release=release, defaults={"ground": ground, "step": taken}
        )
        if new:
            search.forget(release)
