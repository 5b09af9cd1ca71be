"""Putting the making of a release's files into the queue, in the transaction that issues it."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from importlib import import_module
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from budget.jobs.holding import due, renew
from budget.models import Release, ReleaseJob

_STARTED: Final[list[subprocess.Popen[bytes]]] = []


def enqueue(release: Release) -> ReleaseJob:
    """Let the files of a release be made once the transaction is committed."""
    job, _ = ReleaseJob.objects.get_or_create(release=release)
    _begin(job.pk)
    return job


def take_up_again() -> int:
    """Begin anew with jobs that were broken off or never begun; return how many there are.

    Whoever looks at a job may call it: it does nothing where each job is in hands.
    """
    waiting = due()
    for job in waiting:
        _begin(job)
    return len(waiting)


def try_again(job: ReleaseJob) -> bool:
    """Begin anew with a job that has failed; return whether it had."""
    with transaction.atomic():
        failed = renew(job.pk)
        if failed:
            _begin(job.pk)
    return failed


def has_queue() -> bool:
    """Return whether there is a queue with a worker: on PostgreSQL."""
    return connection.vendor == "postgresql"


def _begin(job: int) -> None:
    if has_queue():
        import_module("budget.jobs.tasks").defer(job)  # only there is its app installed
    elif settings.START_JOBS:
        transaction.on_commit(partial(_start, job))


def _start(job: int) -> None:
    """Start the process that makes files; one that finds another at the job ends at once."""
    _STARTED[:] = [each for each in _STARTED if each.poll() is None]
    if _STARTED:
        return  # it looks for waiting jobs until there are none
    _STARTED.append(
        subprocess.Popen(
            [sys.executable, "-m", "django", "makefiles"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    )
