"""A module of the bench in a process of its own, on a database of its own: it prints JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.documents import ROOT

Told = dict[str, Any]


def on_sqlite(file: Path, module: str, *arguments: str) -> Told:
    """Return what a module says of a SQLite file. Raises CalledProcessError."""
    return _told((), {"DATABASE_URL": f"sqlite:///{file}"}, module, arguments)


def on_postgres(module: str, *arguments: str) -> Told:
    """Return what a module says of a PostgreSQL server started for it alone.

    `scripts.postgres.binaries` says whether there is one here. Raises CalledProcessError.
    """
    return _told(("-m", "scripts.postgres", sys.executable), {}, module, arguments)


def _told(
    before: Sequence[str], more: Mapping[str, str], module: str, arguments: Sequence[str]
) -> Told:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, *before, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env={**env, **more}, capture_output=True, text=True, check=True
    )
    found: Told = json.loads(done.stdout.splitlines()[-1])
    return found
