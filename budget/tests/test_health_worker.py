"""Whether a worker of the queue is alive: told where there is a queue, and never asked for."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db


def beats(*ago: float) -> None:
    """Let there be workers that gave their last sign some seconds ago."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        for each in ago:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat)"
                " VALUES (clock_timestamp() - make_interval(secs => %s))",
                [each],
            )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no queue")
@pytest.mark.parametrize(
    ("ago", "told"),
    [((), "not seen"), ((4.2,), "seen 4 seconds ago"), ((900.5, 65.5), "seen 65 seconds ago")],
)
def test_when_a_worker_was_seen_is_told_and_keeps_no_site_from_being_ready(
    ago: tuple[float, ...], told: str
) -> None:
    beats(*ago)
    answer = Client().get("/readyz")
    assert (answer.status_code, json.loads(answer.content)["worker"]) == (200, told)


def test_without_a_queue_nothing_is_said_of_a_worker() -> None:
    told = json.loads(Client().get("/readyz").content)
    assert ("worker" in told) == (connection.vendor == "postgresql")
