"""Putting the making of a release's files into the queue, in the transaction that issues it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Collection
from importlib import import_module
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from budget.jobs.holding import due, renew
from budget.models import Release, ReleaseJob

_STARTED: Final[list[subprocess.Popen[bytes]]] = []


def enqueue(*releases: Release) -> list[ReleaseJob]:
    """Let the files of releases be made once the transaction is committed."""
    jobs = [ReleaseJob.objects.get_or_create(release=release)[0] for release in releases]
    _begin([job.pk for job in jobs])
    return jobs


def take_up_again() -> int:
    """Begin anew with jobs that were broken off or never begun; return how many there are.

    Whoever looks at a job may call it: it does nothing where each job is in hands.
    """
    waiting = due()
    if has_queue() or not _at_work():
        _begin(waiting)
    return len(waiting)


def try_again(job: ReleaseJob) -> bool:
    """Begin anew with a job that has failed; return whether it had."""
    with transaction.atomic():
        failed = renew(job.pk)
        if failed:
            _begin([job.pk])
    return failed


def has_queue() -> bool:
    """Return whether there is a queue with a worker: on PostgreSQL."""
    return connection.vendor == "postgresql"


def _begin(jobs: Collection[int]) -> None:
    if has_queue():
        for job in jobs:
            import_module("budget.jobs.tasks").defer(job)  # only there is its app installed
    elif jobs and settings.START_JOBS:
        transaction.on_commit(_start)


def _at_work() -> bool:
    """Return whether a process that was started here still looks for jobs."""
    _STARTED[:] = [each for each in _STARTED if each.poll() is None]
    return bool(_STARTED)


def _start() -> None:
    """Start a process that makes files; one that finds another at every job ends at once.

    It is started though another is at work: that one may have looked for the last time already.
    """
    _at_work()  # lets go of those that have ended
    _STARTED.append(
        subprocess.Popen(
            [sys.executable, "-m", "django", "makefiles"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    )
