"""A hundred people at once, of all kinds, on PostgreSQL; and lists that grow with departments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from bench.apart import on_postgres
from bench.registry import Result, measures
from scripts.postgres import binaries

SECONDS: Final = 75
Click = Mapping[str, Any]


@measures("load")
def load(_: int) -> Iterator[Result]:
    """Let a hundred people click for a while, once."""
    if binaries() is None:
        yield Result("100 people on PostgreSQL", "no server binaries here")
        return
    found = on_postgres("bench.crowd", str(SECONDS))
    clicks: list[Click] = found["clicks"]
    every = sorted(each for click in clicks for each in _times(click))
    cpu = found["cpu"] / len(every) * 1000
    errors = sum(int(click["num_failures"]) for click in clicks)
    p95 = _at(every, 95)
    yield Result(
        f"100 people, 3–7 s between clicks, {SECONDS} s, PostgreSQL, p95",
        f"{p95:.0f} ms  (median {_at(every, 50):.0f}, {cpu:.0f} ms CPU each, {len(every)} clicks)",
        p95,
        (400, 250),
        " ms",
    )
    yield Result("  clicks that were answered with an error", f"{errors}", errors, (0, 0))
    for click in sorted(clicks, key=lambda each: str(each["name"])):
        times = _times(click)
        shown = f"p95 {_at(times, 95):.0f} ms, median {_at(times, 50):.0f}, {len(times)} clicks"
        yield Result(f"  {click['name']}", shown)


def _times(click: Click) -> list[float]:
    """Return how long each click took, in milliseconds, as locust rounds them."""
    counted: Mapping[str, int] = click["response_times"]
    return sorted(float(taken) for taken, times in counted.items() for _ in range(times))


def _at(times: Sequence[float], percent: int) -> float:
    """Return the value below which so many percent of sorted times are."""
    return times[min(len(times) - 1, len(times) * percent // 100)]
