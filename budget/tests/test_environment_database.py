"""The database that Django really opens behaves as the settings promise, on both engines."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from budget.config.env import sqlite

WRITERS, ROUNDS = 4, 15


@pytest.mark.django_db
def test_this_pass_runs_on_the_engine_that_it_was_told() -> None:
    told = os.environ.get("DATABASE_URL", "").startswith("postgres")
    assert connection.vendor == ("postgresql" if told else "sqlite")


def save_an_orphan() -> None:
    """Save a row whose foreign key points at nothing, as a transaction of its own would end."""
    with transaction.atomic():
        Permission(name="x", codename="x", content_type_id=-1).save()
        connection.check_constraints()


@pytest.mark.django_db
def test_a_row_that_points_at_nothing_is_refused() -> None:
    with pytest.raises(IntegrityError):
        save_an_orphan()


def count_up(file: Path) -> None:
    """Read a number and write it back one higher, several times, each in its own transaction."""
    handler = ConnectionHandler({"default": sqlite(file)})
    own = handler["default"]
    for _ in range(ROUNDS):
        own.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with own.cursor() as cursor:
            cursor.execute("SELECT n FROM counter")
            [number] = cursor.fetchone()
            cursor.execute("UPDATE counter SET n = %s", [number + 1])
        own.commit()
        own.set_autocommit(True)
    handler.close_all()


def answer(file: Path, question: str) -> object:
    """Return the value that one statement answers with, None where it has no answer."""
    handler = ConnectionHandler({"default": sqlite(file)})
    with handler["default"].cursor() as cursor:
        row = cursor.execute(question).fetchone()
    handler.close_all()
    return row and row[0]


@pytest.fixture
def files_of_our_own(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test open SQLite files beside the one database that pytest-django guards."""
    with django_db_blocker.unblock():
        yield


@pytest.mark.usefixtures("files_of_our_own")
def test_many_writers_of_one_file_wait_for_each_other_and_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "shared.sqlite3"
    answer(file, "CREATE TABLE counter (n integer)")
    answer(file, "INSERT INTO counter VALUES (0)")
    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(count_up, [file] * WRITERS))
    assert answer(file, "SELECT n FROM counter") == WRITERS * ROUNDS


@pytest.mark.usefixtures("files_of_our_own")
def test_a_commit_of_a_file_is_on_disk_before_it_is_answered(tmp_path: Path) -> None:
    file = tmp_path / "own.sqlite3"
    assert answer(file, "PRAGMA journal_mode") == "wal"
    assert answer(file, "PRAGMA synchronous") == 2  # FULL
    assert answer(file, "PRAGMA foreign_keys") == 1
