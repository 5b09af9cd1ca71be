"""Who works at a job: taken for a while, renewed, given back; each by one conditional update."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from budget.models import ReleaseJob
from budget.models.publishing import MOST_ATTEMPTS
from budget.terms import JobState

HELD: Final = timedelta(seconds=15)
"""How long a job is held before whoever works at it must show that he lives."""

BROKEN_OFF: Final = "制作进程中断"


def due() -> list[int]:
    """Return the jobs that somebody should take up, the oldest first.

    A job that was broken off for the last time is given up on the way: it has failed, and says so.
    """
    lost = _free().filter(state=JobState.RUNNING, attempts__gte=MOST_ATTEMPTS)
    lost.update(state=JobState.FAILED, message=BROKEN_OFF, finished_at=timezone.now())
    return list(_free().order_by("pk").values_list("pk", flat=True))


def take(pk: int) -> bool:
    """Take a job up, and return whether it was free: nobody else works at it then."""
    free = _free().filter(pk=pk, attempts__lt=MOST_ATTEMPTS)
    return bool(
        free.update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            progress=0,
            held_until=timezone.now() + HELD,
        )
    )


def hold(pk: int) -> None:
    """Show that somebody still works at a job."""
    _running(pk).update(held_until=timezone.now() + HELD)


def told(pk: int, done: int, of: int) -> None:
    """Say how many formats are made, and of how many."""
    _running(pk).update(progress=done, formats=of)


def finish(pk: int) -> None:
    """Say that the files are there, whoever made them."""
    ReleaseJob.objects.filter(pk=pk).update(
        state=JobState.DONE,
        progress=F("formats"),
        message="",
        held_until=None,
        finished_at=timezone.now(),
    )


def give_back(pk: int, why: str) -> None:
    """Say in Chinese why an attempt failed; after the last one the job has failed."""
    again = _running(pk).filter(attempts__lt=MOST_ATTEMPTS)
    if not again.update(state=JobState.WAITING, message=why, held_until=None):
        _running(pk).update(
            state=JobState.FAILED, message=why, held_until=None, finished_at=timezone.now()
        )


def renew(pk: int) -> bool:
    """Let a failed job be tried anew, as often as the first time; return whether it had failed."""
    failed = ReleaseJob.objects.filter(pk=pk, state=JobState.FAILED)
    return bool(
        failed.update(state=JobState.WAITING, attempts=0, progress=0, message="", finished_at=None)
    )


def _running(pk: int) -> QuerySet[ReleaseJob]:
    return ReleaseJob.objects.filter(pk=pk, state=JobState.RUNNING)


def _free() -> QuerySet[ReleaseJob]:
    broken_off = Q(state=JobState.RUNNING, held_until__lt=timezone.now())
    return ReleaseJob.objects.filter(Q(state=JobState.WAITING) | broken_off)
