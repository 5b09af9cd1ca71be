"""Alive without anything, ready only with everything; and neither says more than that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from budget.health import probing

pytestmark = pytest.mark.one_engine


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """Let nothing that one test found out serve the next."""
    probing._migrated.clear()
    yield
    probing._migrated.clear()


def parts(answer: Any) -> dict[str, str]:
    told: dict[str, str] = json.loads(answer.content)["parts"]
    return told


def test_being_alive_asks_no_database() -> None:
    # Without the mark django_db any query would fail.
    answer = Client().get("/healthz")
    assert (answer.status_code, json.loads(answer.content)) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_site_with_everything_is_ready() -> None:
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    asked = {"database", "migrations", "media", "fonts"}
    own = {"queue"} if connection.vendor == "postgresql" else set()
    assert parts(answer) == dict.fromkeys(asked | own, "ok")


@pytest.mark.django_db
def test_a_migration_that_waits_keeps_a_site_from_being_ready() -> None:
    MigrationRecorder.Migration.objects.filter(app="budget").delete()
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert [name for name, well in parts(answer).items() if well != "ok"] == ["migrations"]


@pytest.mark.django_db
def test_whether_migrations_wait_is_asked_once_a_process(
    django_assert_num_queries: Any,
) -> None:
    Client().get("/readyz")
    with django_assert_num_queries(3 if connection.vendor == "postgresql" else 1):
        Client().get("/readyz")


@pytest.mark.django_db
@pytest.mark.one_engine
@pytest.mark.parametrize("name", ["MEDIA_ROOT", "INSIDE_ROOT"])
def test_a_place_for_files_that_is_none_is_told_by_name_alone(
    settings: Any, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    setattr(settings, name, tmp_path / "file" / "releases")
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert parts(answer)["media"] == "failed"
    assert str(tmp_path) not in answer.content.decode()
    assert str(tmp_path) in caplog.text


@pytest.mark.django_db
@pytest.mark.one_engine
def test_a_full_disk_and_missing_fonts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "ROOM", 10**18)
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere/fonts.conf")
    told = parts(Client().get("/readyz"))
    assert (told["media"], told["fonts"], told["database"]) == ("failed", "failed", "ok")


@pytest.mark.one_engine
def test_a_database_out_of_reach_is_told_without_its_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def out_of_reach(query: str) -> None:
        raise OperationalError("connection to server at 10.1.2.3, port 5432 failed")

    monkeypatch.setattr(probing, "_ask", out_of_reach)
    monkeypatch.setattr(probing, "migrations", lambda: None)
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert parts(answer)["database"] == "failed"
    assert "10.1.2.3" not in answer.content.decode()
