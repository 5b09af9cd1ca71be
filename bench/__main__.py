"""``python -m bench``: all figures, or those named with --only."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import django

from bench.registry import FIGURES
from bench.report import print_machine, print_results
from budget.registry import discover

ORDER = (
    "compose",
    "html",
    "pdf",
    "cold",
    "changes",
    "xlsx",
    "batch",
    "growth",
    "rules",
    "workbook",
    "database",
    "incoming",
    "entry",
    "publishing",
    "search",
    "portal",
    "lists",
    "load",
    "screen",
    "neighbours",
)
ROUNDS = 7


def main() -> None:
    """Measure and print; slow is never a failure, wrong is."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        # Never the database of the site: departments are invented and stored.
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budget.config.settings")
        django.setup()
        logging.disable(logging.INFO)  # the site's own log is no part of the report
        discover(("bench",), ("figures",))
        chosen = _chosen(arguments.only)
        print_machine(arguments.rounds)
        for name in chosen:
            print_results(FIGURES[name](arguments.rounds))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = ", ".join(ORDER)
    parser.add_argument("--only", metavar="NAMES", action="append", help=f"some of: {names}")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default {ROUNDS}")
    return parser.parse_args()


def _chosen(only: list[str] | None) -> Iterable[str]:
    """Return the names asked for, in the order of the report. Exits where one is unknown."""
    wanted = [part for each in only or ORDER for part in each.split(",")]
    unknown = [name for name in wanted if name not in FIGURES]
    if unknown:
        sys.exit(f"nothing is called {', '.join(unknown)}; there are: {', '.join(ORDER)}")
    return [name for name in ORDER if name in wanted]


if __name__ == "__main__":
    main()
