"""A real server on a database file of its own: it can be killed, started again, and looked into."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final
from urllib.error import URLError
from urllib.request import urlopen

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 60


def environment(folder: Path) -> dict[str, str]:
    """Return what a process needs to work on the site in a folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "budget.config.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "releases"),
        "INSIDE_ROOT": str(folder / "inside"),
        "DEBUG": "0",
        "DEMO": "1",
        "REQUIRE_TOTP": "",
    }


def run(folder: Path, *arguments: str) -> str:
    """Run Python in the project, on the site in a folder, and return what it printed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """Return a port that nobody listens to."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """The site in a folder, served by one worker with four threads."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def file(self) -> Path:
        """Its database."""
        return self.folder / "site.sqlite3"

    def start(self) -> Site:
        """Serve, and wait for the first answer."""
        address = f"127.0.0.1:{self.port}"
        options = ("--threads", "4", "--bind", address, "--no-control-socket", "--reuse-port")
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "budget.config.wsgi", *options],
                cwd=ROOT,
                env=environment(self.folder),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()
        return self

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it in good order."""
        if self.process is not None:
            self._end(signal.SIGTERM)

    def asked(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return what the database answers to a query."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as database:
            return database.execute(query, values).fetchall()

    def changed(self, statement: str, *values: Any) -> None:
        """Change the database behind the server's back."""
        with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as database:
            database.execute(statement, values)
            database.commit()

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(URLError, ConnectionError), urlopen(f"{self.url}/"):
                return
            time.sleep(0.05)
        raise AssertionError((self.folder / "server.log").read_text(encoding="utf-8"))

    def _end(self, how: signal.Signals) -> None:
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, how)
        self.process.wait(PATIENCE)
        self.process = None


@cache
def furnished() -> Site:
    """Return a furnished site that is never served, to be copied; made once in a process."""
    folder = Path(mkdtemp(prefix="furnished-site-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    furnish = "from budget.tests.furnishing import furnish; furnish()"
    run(folder, "manage.py", "shell", "--no-imports", "-c", furnish)
    return Site(folder)


def copied(site: Site, folder: Path) -> Site:
    """Return a copy of a site that is not being served."""
    shutil.copytree(site.folder, folder)
    return Site(folder)
