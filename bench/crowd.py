"""``python -m bench.crowd SECONDS``: a hundred people at work on the database of DATABASE_URL.

Two processes of gunicorn serve them; whoever plays them runs on the same cores. It prints JSON:
what locust counted of each kind of click, and the CPU time of the site in seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import django

from bench.documents import ROOT
from bench.serving import HOST, cpu_of, served

PEOPLE: Final = 100
ARRIVING: Final = 10
"""So many come each second at the beginning."""


def main(seconds: int) -> None:
    """Fill, serve, let them come, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budget.config.settings")
    django.setup()
    # It needs the models, which are there only now.
    told = import_module("bench.crowding").crowd()
    with TemporaryDirectory() as folder:
        who = Path(folder) / "crowd.json"
        who.write_text(json.dumps(told), encoding="utf-8")
        with served() as (port, site):
            clicks = _played(who, port, seconds)
            print(json.dumps({"clicks": clicks, "cpu": cpu_of(site)}))


def _played(who: Path, port: int, seconds: int) -> list[dict[str, Any]]:
    """Return what locust says of each kind of click. It ends with 1 where there were errors."""
    command = [
        *(sys.executable, "-m", "locust", "-f", "bench/visitors.py", "--headless", "--json"),
        *("--users", str(PEOPLE), "--spawn-rate", str(ARRIVING), "--run-time", f"{seconds}s"),
        *("--host", f"http://{HOST}:{port}", "--reset-stats", "--loglevel", "ERROR"),
    ]
    env = {**os.environ, "CROWD": str(who)}
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]))
