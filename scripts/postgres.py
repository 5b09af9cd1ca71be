"""python -m scripts.postgres COMMAND...: run a command on PostgreSQL, and return its exit code.

The command finds the address in DATABASE_URL. Where the caller has set it already, it is used;
otherwise a cluster is made for this one run: in a temporary folder, reachable by its Unix socket
only, as an ordinary user, stopped and removed afterwards whatever happens.
"""

import contextlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType

DEBIAN_FOLDERS = Path("/usr/lib/postgresql")
NEEDED = ("initdb", "pg_ctl", "postgres")
ORDINARY_USERS = ("postgres", "nobody")
NOT_TESTED = "PostgreSQL was not tested: no server binaries here and no DATABASE_URL."

# Nothing in this cluster outlives the run: it may lose everything in a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")


class ClusterFailed(Exception):
    """PostgreSQL is installed but its cluster could not be made or started."""


def binaries() -> Path | None:
    """Return the folder of the newest server binaries, None where there are none."""
    versions = sorted(DEBIAN_FOLDERS.glob("*/bin"), key=version, reverse=True)
    folders = [*versions, *map(Path, os.environ.get("PATH", "").split(os.pathsep))]
    whole = (folder for folder in folders if all((folder / name).is_file() for name in NEEDED))
    return next(whole, None)


def version(folder: Path) -> tuple[int, ...]:
    """Return the version in the name of a folder such as /usr/lib/postgresql/15/bin."""
    return tuple(int(number) for number in re.findall(r"\d+", folder.parent.name))


def ordinary_user() -> str | None:
    """Return who shall own the cluster: PostgreSQL refuses root. None means the current user."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in ORDINARY_USERS:
        if name in known:
            return name
    raise ClusterFailed(f"none of the users {', '.join(ORDINARY_USERS)} is there")


def run_quietly(command: Sequence[str | Path], user: str | None, log: Path) -> None:
    """Run one command of PostgreSQL as a user. Raises ClusterFailed with what it last said."""
    with log.open("ab") as said:
        done = subprocess.run(
            command,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd=log.parent,
            env={**os.environ, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
    if done.returncode:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        raise ClusterFailed(" / ".join(last))


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """Start a cluster of our own and yield its DATABASE_URL; stop and remove it at the end."""
    user = ordinary_user()
    # A private TMPDIR may be closed to that user, or too long for the path of a socket.
    home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    if user:
        os.chown(home, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    data, log = home / "data", home / "log"
    settings = " ".join(f"-c {setting}" for setting in FAST)
    options = f"-k {home} -c listen_addresses= {settings}"
    control = (folder / "pg_ctl", "-D", data, "-w", "-t", "60")
    initdb = (folder / "initdb", "-D", data, "-U", "budget", "-A", "trust", "-E", "UTF8")
    try:
        run_quietly((*initdb, "--locale=C.UTF-8", "--no-sync"), user, log)
        run_quietly((*control, "-o", options, "start"), user, log)
        yield f"postgres://budget@/postgres?host={home}"
    finally:
        if (data / "postmaster.pid").exists():
            run_quietly((*control, "-m", "immediate", "stop"), user, log)
        shutil.rmtree(home, ignore_errors=True)


def interrupted(number: int, frame: FrameType | None) -> None:
    """Turn a signal that would end us at once into an exit that still tidies up."""
    sys.exit(128 + number)


def run_with(url: str, command: Sequence[str]) -> int:
    """Run the caller's command with DATABASE_URL set, and return its exit code."""
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode


def main(command: Sequence[str], given: str, find: Callable[[], Path | None] = binaries) -> int:
    """Run the command on the PostgreSQL that is given or can be had; say so where neither is."""
    if given.startswith(("postgres://", "postgresql://")):
        return run_with(given, command)
    folder = find()
    if folder is None:
        print(NOT_TESTED, flush=True)
        return 0
    # SIGINT too: who was started in the background was told to ignore it.
    for blow in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(blow, interrupted)
    with cluster(folder) as url:
        return run_with(url, command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ.get("DATABASE_URL", "")))
