"""Time, taken in turn: what is compared is measured in the same minutes of the same machine."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Task = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Timing:
    """Medians of some rounds, in seconds: of this process and its threads, and of the clock."""

    cpu: float
    wall: float


def timed(task: Task) -> Timing:
    """Return what one call takes; rubbish of what came before is cleared away first."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    task()
    return Timing(time.process_time() - cpu, time.perf_counter() - wall)


def medians(tasks: Mapping[str, Task], rounds: int) -> dict[str, Timing]:
    """Return the medians of each task, after one call of each that does not count."""
    for task in tasks.values():
        task()
    taken: dict[str, list[Timing]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            taken[name].append(timed(task))
    return {name: middle(timings) for name, timings in taken.items()}


def middle(timings: list[Timing]) -> Timing:
    """Return the medians of some timings."""
    return Timing(
        statistics.median(timing.cpu for timing in timings),
        statistics.median(timing.wall for timing in timings),
    )


def milliseconds(seconds: float) -> str:
    """Return seconds as milliseconds in words."""
    return f"{seconds * 1000:.1f} ms"


def with_children(task: Task) -> Timing:
    """Return what one call takes whose work is done by other processes, all of which end."""
    before, wall = _of_children(), time.perf_counter()
    task()
    return Timing(_of_children() - before, time.perf_counter() - wall)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
