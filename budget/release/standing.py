"""What readers outside may see of a release, and what is told of it: from facts beside it."""

from __future__ import annotations

from collections.abc import Iterator

from budget.models import Correction, Release, ReleaseJob, Seal, Withdrawal


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
    return withdrawn(release) is None and sealed(release) is None


def corrected_by(release: Release) -> Release | None:
    """Return the release that took the place of this one (已更正), None where none did."""
    return getattr(release, "replaced_by", None)


def correction_of(release: Release) -> Correction | None:
    """Return the 更正说明 with which a release was issued, None where it corrects nothing."""
    return Correction.objects.filter(budget__issues__release=release).first()


def files_job(release: Release) -> ReleaseJob | None:
    """Return how far the files of a release are, None where they were made with it."""
    return getattr(release, "job", None)


def earlier(release: Release) -> Iterator[Release]:
    """Yield the releases that this one has taken the place of, the latest first."""
    before = release.replaces
    while before is not None:
        yield before
        before = before.replaces
