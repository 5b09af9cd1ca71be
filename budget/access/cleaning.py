"""What is not kept for ever: ended sessions, old notes of who signed in, abandoned drafts.

The audit trail, snapshots, releases and steps are not among it: the database itself refuses to
delete them (``budget.models.append_only``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction

DRAFTS: Final = (".draft-*", ".restoring-*", ".making-*")
ABANDONED: Final = timedelta(days=1)
"""No release, backup or restoration takes so long: what is older was left by a killed process."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """How much was removed of each."""

    sessions: int
    accesses: int
    drafts: int


def clean(now: datetime) -> Cleaned:
    """Remove what is past its time, and return how much it was."""
    return Cleaned(_sessions(now), _accesses(now), _drafts(now))


@transaction.atomic
def _sessions(now: datetime) -> int:
    number, _ = Session.objects.filter(expire_date__lt=now).delete()
    there = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=there).delete()
    return number


@transaction.atomic
def _accesses(now: datetime) -> int:
    since = now - timedelta(days=settings.ACCESS_DAYS)
    old = (
        model.objects.filter(attempt_time__lt=since)
        for model in (AccessLog, AccessAttempt, AccessFailureLog)
    )
    return sum(each.delete()[0] for each in old)


def _drafts(now: datetime) -> int:
    left = [each for each in _left() if each.stat().st_mtime < (now - ABANDONED).timestamp()]
    for each in left:
        shutil.rmtree(each)
    return len(left)


def _left() -> Iterator[Path]:
    for root in (settings.MEDIA_ROOT, settings.INSIDE_ROOT, settings.BACKUP_ROOT):
        for pattern in DRAFTS:
            yield from (each for each in Path(root).glob(pattern) if each.is_dir())
