"""What one of several processes does that write to one budget at the same moment.

Each way of writing is a function that takes where to write, and returns what it was told.
``python manage.py shell -c "from budget.tests.writing_at_once import main; main(…)"`` runs one.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any, Final
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.db import OperationalError, connection, connections, transaction
from django.test import Client

from budget.models import SpendingLine

SHEET: Final = "/entry/801001/2030/basic/save"
BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
FRESH: Final = {"function": "2010301", "economic": "30101", "amount": "1.00"}


@dataclass
class Told:
    """What the answers said: how many saves were acknowledged, how many met another's edit.

    ``same`` counts those that found their very text there already.
    """

    saved: int = 0
    same: int = 0
    conflicts: int = 0
    errors: list[str] = field(default_factory=list)
    slowest: float = 0.0
    last: str = ""
    rows: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Desk:
    """One writer: who, at which row, how often; the folder is where all wait for each other."""

    user: str
    row: str
    saves: int
    folder: str
    number: int

    @property
    def step(self) -> int:
        """By how many yuan this writer counts."""
        return self.number + 1

    def begin(self) -> None:
        """Say that all is ready, and wait until everybody is."""
        folder = Path(self.folder)
        (folder / f"ready-{self.number}").touch()
        while not (folder / "go").exists():
            time.sleep(0.002)

    def client(self) -> Client:
        """Return a browser in which the writer is signed in."""
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        client.force_login(User.objects.get(username=self.user), backend=BACKEND)
        return client


def post(client: Client, told: Told, batch: UUID, *changes: dict[str, str]) -> list[dict[str, Any]]:
    """Send a batch and return the answers for its cells; note how long it took."""
    body = json.dumps({"batch": str(batch), "unit": "yuan", "changes": changes})
    begun = time.perf_counter()
    answer = client.post(SHEET, body, content_type="application/json")
    told.slowest = max(told.slowest, time.perf_counter() - begun)
    if answer.status_code != 200:
        told.errors.append(f"{answer.status_code} {answer.content[:200].decode()}")
        return []
    told.rows += answer.json()["rows"].values()
    cells: list[dict[str, Any]] = answer.json()["cells"]
    return cells


def count(told: Told, cells: Iterable[dict[str, Any]]) -> None:
    """Count what became of cells."""
    for cell in cells:
        told.saved += cell["outcome"] == "saved"
        told.same += cell["outcome"] == "same"
        told.conflicts += cell["outcome"] == "conflict"


def count_up(desk: Desk) -> Told:
    """Count one cell up from what stands there, as people do who share it: each by his own step."""
    client, told = desk.client(), Told()
    desk.begin()
    for _ in range(desk.saves):
        seen = SpendingLine.objects.get(pk=desk.row).amount
        change = {
            "row": desk.row,
            "field": "amount",
            "was": str(seen),
            "now": str(seen + desk.step),
        }
        count(told, post(client, told, uuid4(), change))
    return told


def count_up_carelessly(desk: Desk) -> Told:
    """Do the same as a common form does: read, add, write back; nothing compared or locked."""
    told = Told()
    desk.begin()
    for _ in range(desk.saves):
        line = SpendingLine.objects.get(pk=desk.row)
        line.amount += desk.step
        line.save()
        told.saved += 1
    return told


def own_row(desk: Desk) -> Told:
    """Save amount after amount in a row of one's own, in the sheet that all share."""
    client, told, was = desk.client(), Told(), Decimal("0.00")
    desk.begin()
    for number in range(1, desk.saves + 1):
        now = Decimal(number)
        change = {"row": desk.row, "field": "amount", "was": str(was), "now": str(now)}
        cells = post(client, told, uuid4(), change)
        count(told, cells)
        was, told.last = now, cells[0]["shown"] if cells else ""
    return told


def as_sqlite_comes(desk: Desk) -> Told:
    """Read and write in transactions of SQLite's and Django's own defaults, without our options."""
    connections["default"].settings_dict["OPTIONS"] = {}
    told = Told()
    desk.begin()
    for _ in range(desk.saves):
        try:
            with transaction.atomic():
                line = SpendingLine.objects.get(pk=desk.row)
                line.amount += 1
                line.save()
            told.saved += 1
        except OperationalError as error:
            told.errors.append(str(error))
    return told


def one_batch(desk: Desk) -> Told:
    """Send one new row several times at the same moment, under one batch known to everybody."""
    return _all_at_once(desk, lambda: UUID(int=7))


def many_batches(desk: Desk) -> Told:
    """Send the same row as often, each time under a batch of its own."""
    return _all_at_once(desk, uuid4)


def _all_at_once(desk: Desk, batch: Callable[[], UUID]) -> Told:
    told, barrier = Told(), Barrier(desk.saves)
    clients = [desk.client() for _ in range(desk.saves)]
    desk.begin()

    def send(client: Client) -> None:
        barrier.wait()
        changes = [{"row": "new:1", "field": f, "was": "", "now": t} for f, t in FRESH.items()]
        cells = post(client, told, batch(), *changes)
        told.saved += bool(cells) and all(cell["outcome"] != "refused" for cell in cells)
        connection.close()

    with ThreadPoolExecutor(desk.saves) as threads:
        list(threads.map(send, clients))
    return told


WAYS: Final = (count_up, count_up_carelessly, own_row, as_sqlite_comes, one_batch, many_batches)


def main(way: str, *desk: Any) -> None:
    """Write in one way and print what was told."""
    [act] = (each for each in WAYS if each.__name__ == way)
    print(json.dumps(asdict(act(Desk(*desk)))))


def words(way: Callable[[Desk], Told], desk: Desk) -> Iterator[str]:
    """Yield the words that start a process which writes in one way."""
    arguments = ", ".join(map(repr, (way.__name__, *asdict(desk).values())))
    yield from ("manage.py", "shell", "--no-imports", "-c")
    yield f"from budget.tests.writing_at_once import main; main({arguments})"
