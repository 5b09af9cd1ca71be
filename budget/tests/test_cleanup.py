"""What is past its time goes; what has to stay cannot be made to go."""

from __future__ import annotations

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessLog
from django.conf import settings as configured
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from budget.access.cleaning import clean
from budget.audit.recording import record
from budget.config.env import BadEnvironment, count
from budget.models import AuditEntry
from budget.tests.people import a_person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def days(number: float) -> timedelta:
    return timedelta(days=number)


def test_sessions_that_have_ended_go_with_what_is_noted_of_them() -> None:
    user = a_person()
    for key, end in (("a" * 32, NOW - days(1)), ("b" * 32, NOW + days(1))):
        Session.objects.create(session_key=key, session_data="", expire_date=end)
        UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1")
    assert clean(NOW).sessions == 1
    assert [each.session_key for each in Session.objects.all()] == ["b" * 32]
    assert [each.session_key for each in UserSession.objects.all()] == ["b" * 32]


def test_who_signed_in_is_kept_half_a_year_and_no_longer() -> None:
    own: dict[Any, dict[str, int]] = {AccessLog: {}, AccessAttempt: {"failures_since_start": 5}}
    for model, more in own.items():
        for age in (185, 189, 191, 400):
            row = model.objects.create(username=f"u{age}", ip_address="127.0.0.1", **more)
            model.objects.filter(pk=row.pk).update(attempt_time=NOW - days(age))
    assert clean(NOW).accesses == 4
    for model in (AccessLog, AccessAttempt):
        kept = {each.username for each in model.objects.all()}
        assert kept == {"u185", "u189"}


def test_no_setting_makes_it_shorter_than_six_months() -> None:
    # July to December has 184 days.
    assert configured.ACCESS_DAYS == 190
    with pytest.raises(BadEnvironment, match="不小于184"):
        count({"ACCESS_DAYS": "183"}, "ACCESS_DAYS", 190, least=184)


@pytest.mark.one_engine
def test_drafts_that_a_killed_process_left_go_after_a_day(settings: Any, tmp_path: Path) -> None:
    for name in ("MEDIA_ROOT", "INSIDE_ROOT", "BACKUP_ROOT"):
        setattr(settings, name, tmp_path / name)
    old, new = tmp_path / "MEDIA_ROOT" / ".draft-1", tmp_path / "MEDIA_ROOT" / ".draft-2"
    release, making = tmp_path / "MEDIA_ROOT" / "157-2023-1", tmp_path / "BACKUP_ROOT" / ".making-1"
    for folder in (old, new, release, making):
        folder.mkdir(parents=True)
        (folder / "file").write_text("x")
    before = (NOW - days(2)).timestamp()
    for folder in (old, release, making):
        os.utime(folder, (before, before))
    assert clean(NOW).drafts == 2
    assert [each.exists() for each in (old, new, release, making)] == [False, True, True, False]


def test_the_audit_trail_outlives_every_cleaning_whatever_the_clock_says() -> None:
    with transaction.atomic():
        for number in range(3):
            record("budget.submit", by=None, subject=str(number))
    clean(NOW + days(10_000))
    assert AuditEntry.objects.count() == 3
    with (
        pytest.raises(DatabaseError, match="只能追加"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM budget_auditentry WHERE at < '2000-01-01' OR 1 = 1")
    assert AuditEntry not in admin.site._registry


def test_the_command_says_how_much_went(settings: Any, tmp_path: Path) -> None:
    for name in ("MEDIA_ROOT", "INSIDE_ROOT", "BACKUP_ROOT"):
        setattr(settings, name, tmp_path)
    Session.objects.create(session_key="a" * 32, session_data="", expire_date=NOW - days(1))
    said = StringIO()
    call_command("cleanup", stdout=said)
    assert "会话1个；190天以前的登录记录0条；遗留的临时目录0个" in said.getvalue()
