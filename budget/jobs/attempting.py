"""One attempt at a job: a child process makes the files while this one watches it."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Final

from django.conf import settings

from budget.jobs.holding import BROKEN_OFF, due, finish, give_back, hold, take
from budget.jobs.making import MOST_SECONDS
from budget.models import ReleaseJob
from budget.terms import JobState

LONGEST: Final = MOST_SECONDS + 5
"""Seconds after which a child is killed that its own limit has not ended."""

EVERY: Final = 4.0
"""Seconds between two signs of life."""

TOO_LONG: Final = f"制作超过{MOST_SECONDS}秒，已停止"


def attempt(job: int) -> None:
    """Try to make the files of a job, if it is free; its row says what came of it."""
    if not take(job):
        return
    if ReleaseJob.objects.filter(pk=job, release__files__isnull=False).exists():
        finish(job)
        return
    why = _made_by_child(job)
    if why:
        give_back(job, why)


def attempt_all() -> None:
    """Try every job that waits, until none does: each succeeds, or fails after some attempts."""
    while waiting := due():
        for job in waiting:
            attempt(job)


def has_ended(job: int) -> bool:
    """Return whether nothing more happens to a job by itself."""
    return ReleaseJob.objects.filter(pk=job, state__in=[JobState.DONE, JobState.FAILED]).exists()


def command(job: int) -> list[str]:
    """Return the command of the process that makes a job's files."""
    return [sys.executable, "-m", "django", "makefiles", "--only", str(job)]


def _made_by_child(job: int) -> str:
    """Return "" once a child has made the files, else why not."""
    with subprocess.Popen(
        command(job),
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    ) as child:
        try:
            return _watched(child, job)
        finally:
            child.kill()


def _watched(child: subprocess.Popen[bytes], job: int) -> str:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            said, _ = child.communicate(timeout=EVERY)
        except subprocess.TimeoutExpired:
            hold(job)
            continue
        if child.returncode == 0:
            return ""
        return said.decode().strip() or BROKEN_OFF
    return TOO_LONG
