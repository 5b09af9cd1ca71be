"""Looking for words over three thousand releases, on both engines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.documents import ROOT
from bench.registry import Result, measures
from scripts.postgres import binaries

RELEASES = 3_000


@measures("search")
def search(_: int) -> Iterator[Result]:
    """Fill a database of each engine and ask it; its rounds are those of the questions."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'shelf.sqlite3'}"
        yield from _results("SQLite", _asked((), {"DATABASE_URL": url}))
    if binaries() is None:
        yield Result("search on PostgreSQL", "no server binaries here")
        return
    yield from _results("PostgreSQL", _asked(("-m", "scripts.postgres", sys.executable), {}))


def _asked(before: Sequence[str], changes: Mapping[str, str]) -> dict[str, Any]:
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, *before, "-m", "bench.shelves", str(RELEASES)]
    done = subprocess.run(
        command, cwd=ROOT, env={**env, **changes}, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _results(engine: str, found: Mapping[str, Any]) -> Iterator[Result]:
    p95, median, worst, cpu = (found[each] * 1000 for each in ("p95", "median", "worst", "cpu"))
    yield Result(
        f"search, {found['releases']:,} releases of {found['passages']:,} passages, {engine}, p95",
        f"{p95:.0f} ms  (median {median:.0f}, worst {worst:.0f}; CPU {cpu:.0f})",
        p95,
        (100, 50),
        " ms",
    )
