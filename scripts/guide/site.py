"""A site of its own for the screenshots: fresh database, the demo's drafts, city and people."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STARTING = 60
"""Seconds that a server may take until it answers."""
PASSWORD = "共用密码："
Environment = dict[str, str]


@dataclass(frozen=True)
class Site:
    """Where the site answers, and the password of all its people."""

    address: str
    password: str


@contextlib.contextmanager
def demo_site() -> Iterator[Site]:
    """Yield a site with the demo's drafts; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory(prefix="guide-") as folder:
        environment = _environment(Path(folder))
        password = _prepared(environment)
        with _served(environment) as address:
            yield Site(address, password)


def _environment(folder: Path) -> Environment:
    return {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": str(folder / "releases"),
        "INSIDE_ROOT": str(folder / "inside"),
        "DEBUG": "0",
        "DEMO": "1",
        "START_JOBS": "0",
    }


def _prepared(environment: Environment) -> str:
    """Fill the database and return the password of the people in it."""
    for command in ("migrate", "loadcodes", "loadsample --drafts", "loadindicators", "loadcity"):
        _manage(environment, *command.split())
    said = _manage(environment, "createdemopeople").splitlines()
    [password] = [line.removeprefix(PASSWORD) for line in said if line.startswith(PASSWORD)]
    return password


def _manage(environment: Environment, *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def _served(environment: Environment) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.2)
    raise RuntimeError(f"the site does not answer at {address}")
