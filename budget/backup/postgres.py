"""PostgreSQL: pg_dump of one snapshot, tried in a database of its own, put back in one transaction.

The programs of the server's version or newer (package postgresql-client) must be on this machine.
Passwords reach them by the environment, which other users cannot read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Final
from uuid import uuid4

import psycopg
from psycopg import sql

from budget.backup.engine import Opened
from budget.backup.errors import BadArchive, NotMade, NotRestored, NoTrial, ToolFailed

WAIT: Final = "30s"
"""How long restoring waits for others to let go of a table."""
TABLES: Final = (
    "SELECT table_name FROM information_schema.tables"
    " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name"
)
EMPTIED: Final = """\
SET lock_timeout = '{wait}';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a database is."""

    name: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""

    def environment(self) -> dict[str, str]:
        """Return what PostgreSQL's programs know a database by."""
        own = {
            "PGDATABASE": self.name,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGHOST": self.host,
            "PGPORT": self.port,
        }
        return {**os.environ, "LC_ALL": "C", **{name: each for name, each in own.items() if each}}

    def connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        """Return a connection that commits each statement. Raises psycopg.Error."""
        return psycopg.connect(
            dbname=self.name,
            user=self.user or None,
            password=self.password or None,
            host=self.host or None,
            port=self.port or None,
            autocommit=True,
        )


@dataclass(frozen=True, slots=True)
class Postgres:
    """The engine; ``server`` is None where the site is on another engine."""

    name: ClassVar[str] = "postgresql"
    file: ClassVar[str] = "database.dump"
    server: Server | None = None

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Postgres:
        """Return the engine of a site by Django's settings of its database."""
        return cls(
            Server(
                name=settings["NAME"],
                user=settings.get("USER") or "",
                password=settings.get("PASSWORD") or "",
                host=settings.get("HOST") or "",
                port=str(settings.get("PORT") or ""),
            )
        )

    @contextmanager
    def dumped(self, into: Path) -> Iterator[Opened]:
        """Write a dump as of one moment, and open that moment. Raises NotMade, ToolFailed."""
        server = self._server()
        try:
            with server.connected() as own:
                own.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                [(moment,)] = own.execute("SELECT pg_export_snapshot()").fetchall()
                _run(server, "pg_dump", "--format=custom", f"--snapshot={moment}", f"--file={into}")
                yield _opened(own)
        except psycopg.Error as error:
            raise NotMade(f"数据库读取失败：{_cause(str(error))}") from error

    @contextmanager
    def tried(self, dump: Path) -> Iterator[Opened]:
        """Restore a dump into a new database, dropped afterwards. Raises NoTrial, BadArchive."""
        if self.server is None:
            raise NoTrial("本站不用 PostgreSQL，不能试恢复这份备份")
        trial = replace(self.server, name=f"trial_{uuid4().hex[:12]}")
        with self._made(trial):
            try:
                bare = ("--exit-on-error", "--no-owner", "--no-privileges")
                _run(trial, "pg_restore", *bare, f"--dbname={trial.name}", str(dump))
            except ToolFailed as error:
                raise BadArchive(f"备份中的数据库恢复不了：{error}") from error
            with trial.connected() as own:
                yield _opened(own)

    @contextmanager
    def _made(self, trial: Server) -> Iterator[None]:
        name = sql.Identifier(trial.name)
        try:
            with self._server().connected() as own:
                own.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
        except psycopg.errors.InsufficientPrivilege as error:
            raise NoTrial("数据库用户没有 CREATEDB 权限，不能试恢复") from error
        except psycopg.OperationalError as error:
            raise NoTrial(f"连不上数据库，不能试恢复：{_cause(str(error))}") from error
        try:
            yield
        finally:
            with self._server().connected() as own:
                own.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))

    @contextmanager
    def site(self) -> Iterator[Opened]:
        """Open the site's own database. Raises NotRestored where it does not answer."""
        try:
            with self._server().connected() as own:
                yield _opened(own)
        except psycopg.OperationalError as error:
            raise NotRestored(f"连不上数据库：{_cause(str(error))}") from error

    def put(self, dump: Path) -> None:
        """Replace everything in the site's schema in one transaction. Raises NotRestored."""
        server = self._server()
        script, emptied = dump.with_suffix(".sql"), dump.with_suffix(".emptied.sql")
        _run(server, "pg_restore", "--no-owner", f"--file={script}", str(dump))
        emptied.write_text(EMPTIED.format(wait=WAIT), encoding="utf-8")
        together = ("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction")
        try:
            _run(server, "psql", *together, f"--file={emptied}", f"--file={script}")
        except ToolFailed as error:
            raise NotRestored(
                f"数据库写入失败（网站的数据没有改动；请先停止 web 与 worker）：{error}"
            ) from error

    def _server(self) -> Server:
        assert self.server is not None
        return self.server


def _opened(own: psycopg.Connection[tuple[Any, ...]]) -> Opened:
    def ask(query: str) -> Sequence[tuple[Any, ...]]:
        return own.execute(query).fetchall()

    return Opened(ask, [str(name) for (name,) in ask(TABLES)])


def _run(server: Server, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs. Raises ToolFailed with the last thing that it said."""
    if shutil.which(program) is None:
        raise ToolFailed(
            f"本机没有 {program}。请安装数据库客户端：apt-get install postgresql-client"
        )
    done = subprocess.run(
        [program, *arguments],
        env=server.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise ToolFailed(f"{program}：{_cause(done.stderr)}")


def _cause(said: str) -> str:
    """Return the line that names the error, else the last one."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    named = (line for line in lines if "error" in line.lower())
    return next(named, lines[-1] if lines else "没有说明原因")
