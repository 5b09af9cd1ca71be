"""The throw-away cluster: given, made for the run, or not to be had; and never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from scripts import postgres

pytestmark = pytest.mark.long

PRINT_URL = [sys.executable, "-c", "import os; print(os.environ['DATABASE_URL'], flush=True)"]
PRINT_AND_WAIT = [*PRINT_URL[:2], PRINT_URL[2] + "; import time; time.sleep(60)"]

needs_server = pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server here")


def start(command: list[str]) -> subprocess.Popen[str]:
    """Start scripts.postgres as make does, with no address given."""
    return subprocess.Popen(
        [sys.executable, "-m", "scripts.postgres", *command],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": ""},
        stdout=subprocess.PIPE,
        text=True,
    )


def home(url: str) -> Path:
    """Return the folder of the cluster whose address was printed."""
    return Path(url.strip().rpartition("host=")[2])


def test_an_address_that_is_given_is_used(capfd: pytest.CaptureFixture[str]) -> None:
    given = "postgres://li@example/budget"
    assert postgres.main(PRINT_URL, given) == 0
    assert capfd.readouterr().out.strip() == given


def test_without_a_server_one_line_says_that_it_was_not_tested(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert postgres.main(["false"], "sqlite:///db.sqlite3", find=lambda: None) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert "PostgreSQL was not tested" in line


@needs_server
def test_a_command_that_fails_fails_the_run_and_leaves_nothing_behind() -> None:
    script = f"{PRINT_URL[2]}; raise SystemExit(3)"
    running = start([sys.executable, "-c", script])
    said, _ = running.communicate(timeout=60)
    assert running.returncode == 3
    assert said.startswith("postgres://budget@/postgres?host=")
    assert not home(said).exists()


@needs_server
@pytest.mark.parametrize("blow", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_an_interrupted_run_leaves_nothing_behind(blow: signal.Signals) -> None:
    with start(PRINT_AND_WAIT) as running:
        assert running.stdout is not None
        url = running.stdout.readline()
        with psycopg.connect(host=str(home(url)), user="budget", dbname="postgres") as link:
            assert link.execute("SHOW listen_addresses").fetchone() == ("",)
        running.send_signal(blow)
        running.wait(timeout=60)
    assert running.returncode != 0
    assert not home(url).exists()
    assert not servers_of(home(url))


def servers_of(folder: Path) -> list[str]:
    """Return the processes that still run with a folder in their command line."""
    time.sleep(0.2)
    lines = Path("/proc").glob("[0-9]*/cmdline")
    return [text for line in lines if str(folder) in (text := read(line))]


def read(file: Path) -> str:
    """Return what a file of /proc says, nothing where the process has just ended."""
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def test_the_newest_server_is_chosen_by_number() -> None:
    folders = [Path(f"/usr/lib/postgresql/{number}/bin") for number in ("9", "15", "13")]
    assert max(folders, key=postgres.version).parent.name == "15"
