"""The PDF from a process that starts from nothing: its time by the clock and its peak memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.documents import ROOT
from bench.registry import Result, measures
from bench.timing import Timing, middle, with_children

MEGABYTE = 1_000_000


@measures("cold")
def cold_process(rounds: int) -> Iterator[Result]:
    """Measure start, imports, sample, composition and PDF together."""
    runs = [cold_run() for _ in range(rounds)]
    taken = middle([timing for timing, _ in runs])
    peak = statistics.median(size for _, size in runs) / MEGABYTE
    yield Result(
        "PDF as published, cold process, wall",
        f"{taken.wall:.2f} s  ({taken.cpu:.2f} s CPU)",
        taken.wall,
        (2.5, 1.8),
        " s",
    )
    yield Result(
        "peak memory, one PDF without section cache",
        f"{peak:.0f} MB",
        peak,
        (200, 150),
        " MB",
    )


def cold_run() -> tuple[Timing, int]:
    """Return the time that one process takes, and its peak memory in bytes."""
    said: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "sample.pdf")
        timing = with_children(lambda: said.append(_started(target)))
    return timing, int(said[0])


def _started(target: str) -> str:
    command = [sys.executable, "-m", "bench.once", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout
