"""SQLite: a copy by the library's own backup, put back by it too: each is one transaction."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from budget.backup.engine import Opened
from budget.backup.errors import BadArchive, NotMade, NotRestored

PATIENCE: Final = 60
"""Seconds to wait for writers to finish."""


@dataclass(frozen=True, slots=True)
class Sqlite:
    """The engine; ``database`` is the site's file, None where the site is on another engine."""

    name: ClassVar[str] = "sqlite"
    file: ClassVar[str] = "database.sqlite3"
    database: Path | None = None

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Sqlite:
        """Return the engine of a site by Django's settings of its database."""
        return cls(Path(settings["NAME"]))

    @contextmanager
    def dumped(self, into: Path) -> Iterator[Opened]:
        """Write a copy as of one moment; writers go on meanwhile. Raises NotMade."""
        if self.database is None or not self.database.is_file():
            raise NotMade(f"没有数据库文件 {self.database}，没有可备份的")
        try:
            with (
                closing(sqlite3.connect(self.database, timeout=PATIENCE)) as source,
                closing(sqlite3.connect(into)) as target,
            ):
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.Error as error:
            raise NotMade(f"数据库导出失败：{error}") from error
        with self.tried(into) as copy:
            yield copy

    @contextmanager
    def tried(self, dump: Path) -> Iterator[Opened]:
        """Open a copy, its pages and references checked. Raises BadArchive."""
        with closing(_connected(dump)) as copy:
            try:
                sound = _ask(copy, "PRAGMA integrity_check") == [("ok",)]
                loose = _ask(copy, "PRAGMA foreign_key_check")
            except DatabaseError as error:
                raise BadArchive(f"备份中的数据库打不开：{error}") from error
            if not sound or loose:
                raise BadArchive("备份中的数据库没有通过完整性检查")
            yield _opened(copy)

    @contextmanager
    def site(self) -> Iterator[Opened]:
        """Open the site's database; one that is not there yet is empty."""
        with closing(_connected(self.database or ":memory:")) as own:
            yield _opened(own)

    def put(self, dump: Path) -> None:
        """Overwrite the site's database in one transaction. Raises NotRestored."""
        until = time.monotonic() + PATIENCE

        def patiently(status: int, remaining: int, total: int) -> None:
            if time.monotonic() > until:
                raise NotRestored("数据库一直被占用，请先停止网站（web 与 worker）再恢复")

        assert self.database is not None
        self.database.parent.mkdir(parents=True, exist_ok=True)
        try:
            with (
                closing(sqlite3.connect(dump)) as source,
                closing(sqlite3.connect(self.database, timeout=1)) as target,
            ):
                source.backup(target, progress=patiently)
                target.execute("PRAGMA journal_mode=WAL")
        except sqlite3.Error as error:
            raise NotRestored(f"数据库写入失败：{error}；网站的数据没有改动") from error


def _connected(file: Path | str) -> BaseDatabaseWrapper:
    """Return a connection through Django, which brings the functions that constraints use."""
    settings = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"timeout": PATIENCE},
    }
    return ConnectionHandler({"default": settings})["default"]


def _ask(database: BaseDatabaseWrapper, query: str) -> list[tuple[Any, ...]]:
    with database.cursor() as cursor:
        return list(cursor.execute(query).fetchall())


def _opened(database: BaseDatabaseWrapper) -> Opened:
    names = _ask(
        database,
        "SELECT name FROM sqlite_master"
        " WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'",
    )
    return Opened(partial(_ask, database), [str(name) for (name,) in names])
