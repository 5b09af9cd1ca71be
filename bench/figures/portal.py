"""The public's pages: made anew, kept, and served by two processes on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.apart import on_postgres
from bench.registry import Result, measures
from bench.shelving import fill
from bench.timing import medians
from scripts.postgres import binaries

DEPARTMENTS = 300
SECONDS = 8
DOCUMENT = "/200/2014/"
TABLE = "/200/2014/general-public-spending/"


class NotShown(AssertionError):
    """A page was not served."""


@measures("portal")
def portal(rounds: int) -> Iterator[Result]:
    """Measure the server's part of single pages, then many visitors at once."""
    fill(DEPARTMENTS, years=1)
    client = Client(headers={"host": "localhost"})
    for what, path, limits, most in (
        ("disclosure page", DOCUMENT, (40, 25), 15),
        ("table page", TABLE, (25, 15), 15),
        (f"home with {DEPARTMENTS} departments", "/", (300, 100), 10),
    ):
        yield from _page(client, what, path, limits, most, rounds)
    yield from _served()


def _page(
    client: Client, what: str, path: str, limits: tuple[float, float], most: int, rounds: int
) -> Iterator[Result]:
    def made() -> None:
        caches["pages"].clear()
        _look(client, path)

    with CaptureQueriesContext(connection) as asked:
        made()
    queries = len(asked)  # now: later requests empty the list
    taken = medians({"made": made, "kept": lambda: _look(client, path)}, rounds * 3)
    made_in, kept_in = (taken[name].wall * 1000 for name in ("made", "kept"))
    shown = f"{made_in:.1f} ms  (kept: {kept_in:.1f} ms)"
    yield Result(f"{what} made anew, wall", shown, made_in, limits, " ms")
    yield Result("  queries", str(queries), queries, (most, most))


def _look(client: Client, path: str) -> None:
    answer = client.get(path, secure=True)
    if answer.status_code != 200:
        raise NotShown(f"{answer.status_code} for {path}")


def _served() -> Iterator[Result]:
    if binaries() is None:
        yield Result("table page from gunicorn on PostgreSQL", "no server binaries here")
        return
    found = on_postgres("bench.serving", str(SECONDS))
    rate, p95 = found["rate"], found["p95"] * 1000
    verdict = "" if rate >= 300 else "  MISSED: 300/s"
    yield Result(
        "table page, 2 processes, PostgreSQL, visitors on the same cores",
        f"{rate:.0f}/s  (p95 {p95:.0f} ms, {found['cpu'] * 1000:.2f} ms CPU each){verdict}",
    )
