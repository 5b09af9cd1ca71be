"""The PDF from a process that starts from nothing: its time by the clock and its peak memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.documents import ROOT
from bench.registry import Result, measures

MEGABYTE = 1_000_000


@measures("cold")
def cold_process(rounds: int) -> Iterator[Result]:
    """Measure start, imports, sample, composition and PDF together."""
    runs = [cold_run() for _ in range(rounds)]
    wall = statistics.median(seconds for seconds, _ in runs)
    peak = statistics.median(size for _, size in runs) / MEGABYTE
    yield Result("PDF as published, cold process, wall", f"{wall:.2f} s", wall, (2.5, 1.8), " s")
    yield Result(
        "peak memory, one PDF without section cache",
        f"{peak:.0f} MB",
        peak,
        (200, 150),
        " MB",
    )


def cold_run() -> tuple[float, int]:
    """Return seconds by the clock and peak memory in bytes of one process."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.once", str(Path(folder) / "sample.pdf")]
        start = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        return time.perf_counter() - start, int(done.stdout)
