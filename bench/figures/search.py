"""Looking for words over three thousand releases, on both engines."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.apart import on_postgres, on_sqlite
from bench.registry import Result, measures
from scripts.postgres import binaries

RELEASES = 3_000


@measures("search")
def search(_: int) -> Iterator[Result]:
    """Fill a database of each engine and ask it; its rounds are those of the questions."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "shelf.sqlite3"
        yield from _results("SQLite", on_sqlite(file, "bench.shelves", str(RELEASES)))
    if binaries() is None:
        yield Result("search on PostgreSQL", "no server binaries here")
        return
    yield from _results("PostgreSQL", on_postgres("bench.shelves", str(RELEASES)))


def _results(engine: str, found: Mapping[str, Any]) -> Iterator[Result]:
    p95, median, worst, cpu = (found[each] * 1000 for each in ("p95", "median", "worst", "cpu"))
    yield Result(
        f"search, {found['releases']:,} releases of {found['passages']:,} passages, {engine}, p95",
        f"{p95:.0f} ms  (median {median:.0f}, worst {worst:.0f}; CPU {cpu:.0f})",
        p95,
        (100, 50),
        " ms",
    )
