"""What readers outside may see of a release, and what is told of it: from facts beside it."""

from __future__ import annotations

from budget.models import Release, ReleaseJob, Seal, Withdrawal
from budget.terms import Term


class Standing(Term):
    """What became of a release; readers outside see the first two alone."""

    CURRENT = "current", "现行"
    CORRECTED = "corrected", "已更正"
    WITHDRAWN = "withdrawn", "已撤回"
    SEALED = "sealed", "已封存"


def became(release: Release, *, is_newest: bool) -> Standing:
    """Return what became of a release; ``is_newest`` where no later one has taken its place."""
    if withdrawn(release) is not None:
        return Standing.WITHDRAWN
    if sealed(release) is not None:
        return Standing.SEALED
    return Standing.CURRENT if is_newest else Standing.CORRECTED


def why_gone(release: Release) -> Withdrawal | Seal | None:
    """Return what took a release from readers: the withdrawal where it was sealed besides."""
    return withdrawn(release) or sealed(release)


def withdrawn(release: Release) -> Withdrawal | None:
    """Return how a release was withdrawn: readers get 410 and nothing of it. None where it holds.

    One query, none where ``withdrawal`` was selected with the release.
    """
    return getattr(release, "withdrawal", None)


def sealed(release: Release) -> Seal | None:
    """Return how a release was sealed: neither text nor file is shown again, its digest is."""
    return getattr(release, "seal", None)


def is_readable(release: Release) -> bool:
    """Return whether readers outside may see what a release says."""
    return why_gone(release) is None


def files_job(release: Release) -> ReleaseJob | None:
    """Return how far the files of a release are, None where they were made with it."""
    return getattr(release, "job", None)
