"""Other programs on the product's own files, where they are installed: for comparison only."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.documents import sample_disclosure
from bench.registry import Result, measures
from budget.render import html, xlsx

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
OFFICE = ("soffice", "libreoffice")
Command = Callable[[str, Path], list[str]]


@measures("neighbours")
def neighbours(rounds: int) -> Iterator[Result]:
    """Measure whole processes by the clock, as a user of those programs would."""
    disclosure = sample_disclosure()
    [page] = html.render(disclosure).values()
    [workbook] = xlsx.render(disclosure).values()
    yield _beside("Chromium prints the same HTML", CHROMIUM, _printing, "in.html", page, rounds)
    yield _beside(
        "LibreOffice converts the same XLSX", OFFICE, _converting, "in.xlsx", workbook, rounds
    )


def _beside(
    what: str, programs: tuple[str, ...], command: Command, name: str, content: bytes, rounds: int
) -> Result:
    found = next(filter(None, map(shutil.which, programs)), None)
    if found is None:
        return Result(f"beside: {what}, wall", "not installed")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        seconds = [_run(command(found, file)) for _ in range(rounds)]
    return Result(f"beside: {what}, wall", f"{statistics.median(seconds):.2f} s")


def _run(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def _printing(program: str, file: Path) -> list[str]:
    return [
        program,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        f"--user-data-dir={file.parent / 'profile'}",
        f"--print-to-pdf={file.with_suffix('.pdf')}",
        file.as_uri(),
    ]


def _converting(program: str, file: Path) -> list[str]:
    profile = f"-env:UserInstallation={(file.parent / 'profile').as_uri()}"
    return [
        program,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(file.parent),
        str(file),
    ]
