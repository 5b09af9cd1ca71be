"""The table that is printed, and the machine on which it was measured."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.registry import Result

WIDTHS = (64, 32, 7, 7, 6)
HEADINGS = ("what", "measured", "reach", "aim", "")


def print_machine(rounds: int) -> None:
    """Say on what, with what and how the figures were measured."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{os.cpu_count()} cores, {_processor()}, load {load}")
    names = ("weasyprint", "typst", "Django")
    versions = ", ".join(f"{name} {_version(name)}" for name in names)
    print(f"Python {platform.python_version()} on {platform.system()}, {versions}")
    print(f"medians of {rounds} rounds, compared things in turn\n")
    _print_row(HEADINGS)
    _print_row(tuple("-" * width for width in WIDTHS))


def print_results(results: Iterable[Result]) -> None:
    """Print each result as it comes."""
    for result in results:
        _print_row((result.what, result.shown, *result.wanted, result.verdict))


def _print_row(texts: tuple[str, ...]) -> None:
    padded = (text.ljust(width) for text, width in zip(texts, WIDTHS, strict=True))
    print("  ".join(padded).rstrip())
    sys.stdout.flush()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"
