"""Checking a workbook of five thousand rows in a process that starts from nothing."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.documents import ROOT
from bench.figures.cold import MEGABYTE
from bench.registry import Result, measures
from bench.workbooks import a_large_document, a_large_workbook, rows_of


@measures("workbook")
def workbook(rounds: int) -> Iterator[Result]:
    """Measure start, imports, reading, rules and report together."""
    content = a_large_workbook()
    rows = rows_of(a_large_document())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.xlsx"
        file.write_bytes(content)
        runs = [_run(file) for _ in range(rounds)]
    wall = statistics.median(seconds for seconds, _ in runs)
    peak = statistics.median(size for _, size in runs) / MEGABYTE
    what = f"checkworkbook on {rows:,} rows, {len(content) / MEGABYTE:.1f} MB"
    yield Result(f"{what}, cold, wall", f"{wall:.2f} s", wall, (3, 2), " s")
    yield Result("  peak memory", f"{peak:.0f} MB", peak, (200, 150), " MB")


def _run(file: Path) -> tuple[float, int]:
    """Return seconds by the clock and peak memory in bytes of one process."""
    command = [sys.executable, "-m", "bench.workbooks", str(file)]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(done.stdout.split()[-1])
