"""A section on the screen and one cell saved: time at the server, queries whatever the rows."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.desk import AT, desk
from bench.registry import Result, measures
from bench.timing import medians
from budget.tests.filling import Accountant

FEW, MANY = 10, 300
SAVES = 40
"""Saves of one cell in a round: the p95 is that of all rounds together."""


class NotSaved(AssertionError):
    """A page or an answer is not what it should be."""


@measures("entry")
def entry(rounds: int) -> Iterator[Result]:
    """Measure a section of 300 rows, and one cell of it saved over and over."""
    accountant, client = desk()
    rows = [_row(accountant, number) for number in range(1, FEW + 1)]
    few = _page_queries(client), _save_queries(client, rows[0], "1.00", "1.01")
    rows += [_row(accountant, number) for number in range(FEW + 1, MANY + 1)]
    page = medians({"page": lambda: _page(client)}, rounds)["page"]
    yield Result(
        f"section of {MANY} rows rendered, wall",
        f"{page.wall * 1000:.0f} ms  ({page.cpu * 1000:.0f} ms CPU)",
        page.wall * 1000,
        (150, 100),
        " ms",
    )
    taken = sorted(_saves(client, rows[-1], SAVES * rounds))
    slow = taken[int(len(taken) * 0.95)] * 1000
    yield Result(
        f"one cell of {MANY} rows saved ({connection.vendor}), p95, wall",
        f"{slow:.0f} ms  (median {statistics.median(taken) * 1000:.0f} ms)",
        slow,
        (60, 40),
        " ms",
    )
    many = _page_queries(client), _save_queries(client, rows[0], "1.01", "1.02")
    names = ("section rendered", "cell saved")
    for name, before, after in zip(names, few, many, strict=True):
        verdict = f"as for {FEW} rows" if before == after else f"for {FEW} rows: {before}"
        yield Result(f"  queries, {name}", f"{after}, {verdict}", after, (before, before))


def _row(accountant: Accountant, number: int) -> str:
    return accountant.new("basic", function="2010301", economic="30201", amount=f"{number}.00")


def _page(client: Client) -> None:
    answer = client.get(f"{AT}basic/", secure=True)
    if answer.status_code != 200 or b"entry-sheet" not in answer.content:
        raise NotSaved(f"{answer.status_code}")


def _saves(client: Client, row: str, times: int) -> Iterator[float]:
    """Save one cell so many times and yield how long each took."""
    was = f"{MANY}.00"
    for number in range(1, times + 1):
        now = f"{MANY + number}.00"
        begun = time.perf_counter()
        _save(client, row, was, now)
        yield time.perf_counter() - begun
        was = now


def _save(client: Client, row: str, was: str, now: str) -> None:
    change = {"row": row, "field": "amount", "was": was, "now": now}
    body = json.dumps({"batch": str(uuid4()), "unit": "yuan", "changes": [change]})
    answer = client.post(f"{AT}basic/save", body, content_type="application/json", secure=True)
    if answer.status_code != 200 or answer.json()["cells"][0]["outcome"] != "saved":
        raise NotSaved(f"{answer.status_code}: {answer.content.decode()[:300]}")


def _page_queries(client: Client) -> int:
    _page(client)
    with CaptureQueriesContext(connection) as asked:
        _page(client)
    return len(asked)


def _save_queries(client: Client, row: str, was: str, now: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        _save(client, row, was, now)
    return len(asked)
