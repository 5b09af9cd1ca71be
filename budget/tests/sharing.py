"""The tests' database as other processes see it: for tests of races and of killed processes."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection


@dataclass(frozen=True)
class Shared:
    """A database that other processes may open; ``file`` is where it is, of SQLite."""

    url: str
    file: Path | None

    def started(self, *words: object, stdin: int | None = None) -> subprocess.Popen[bytes]:
        """Start ``python`` with these words; what it prints can be read from the process."""
        return subprocess.Popen(
            [sys.executable, *map(str, words)],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": self.url,
                "DEBUG": "1",
                "SECRET_KEY": settings.SECRET_KEY,
            },
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def column(self, sql: str) -> list[Any]:
        """Return the first column of a query."""
        if self.file is None:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return [row[0] for row in cursor.fetchall()]
        opened = sqlite3.connect(self.file, timeout=20)
        # Constraints of ours ask for it, and so does the check of integrity.
        opened.create_function("REGEXP", 2, lambda shape, text: bool(re.search(shape, str(text))))
        try:
            return [row[0] for row in opened.execute(sql)]
        finally:
            opened.close()

    def is_sound(self) -> bool:
        """True where the database says of itself that nothing in it is broken."""
        return self.file is None or self.column("PRAGMA integrity_check") == ["ok"]


def shared(folder: Path) -> Shared:
    """Share the tests' database; SQLite's is in memory, so others get a copy of it in a file."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        file = folder / "shared.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        return Shared(f"sqlite:///{file}", file)
    user, password = quote(told["USER"]), quote(told["PASSWORD"])
    who = f"{user}:{password}" if password else user
    host, port = str(told["HOST"]), str(told["PORT"])
    if host.startswith("/"):
        return Shared(f"postgres://{who}@/{told['NAME']}?host={quote(host)}", None)
    return Shared(f"postgres://{who}@{host}{f':{port}' if port else ''}/{told['NAME']}", None)


def killed(process: subprocess.Popen[bytes], after: float) -> int:
    """Kill a process after so many seconds, unless it has ended; return its exit code."""
    try:
        process.communicate(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    return process.returncode
