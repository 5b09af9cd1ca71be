"""``python -m bench.serving SECONDS``: gunicorn on the database of DATABASE_URL, and who asks it.

Two processes serve one table page to eight visitors, who ask again as soon as they are answered
and run on the same cores. It prints JSON: answers in a second, the p95 and the CPU time of an
answer in seconds.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from typing import Final

import django

from bench.documents import ROOT

VISITORS: Final = 8
PAGE: Final = "/200/2014/general-public-spending/"
HOST: Final = "127.0.0.1"


class WrongAnswer(AssertionError):
    """The page was not served."""


def main(seconds: float) -> None:
    """Fill, serve, ask, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budget.config.settings")
    django.setup()
    # It needs the models, which are there only now.
    import_module("bench.shelving").fill(10)
    with served() as (port, site):
        _asked(port, 1)
        before = cpu_of(site)
        times = _all_asked(port, seconds)
        cpu = (cpu_of(site) - before) / len(times)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(json.dumps({"rate": len(times) / seconds, "p95": p95, "cpu": cpu}))


def cpu_of(site: int) -> float:
    """Return the CPU time that the processes of the site have taken, in seconds (Linux)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(told[1]) == site:  # its parent
                ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def served() -> Iterator[tuple[int, int]]:
    """Run the site with two processes of gunicorn; yield its port and its process."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
    command = [
        *(sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", "2"),
        *("--worker-class", "gthread", "--threads", "4", "budget.config.wsgi"),
    ]
    env = {**os.environ, "HTTPS": "0", "DEBUG": "0"}
    site = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, site.pid
    finally:
        site.terminate()
        site.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        with suppress(OSError), socket.create_connection((HOST, port), 0.1):
            return
        time.sleep(0.1)
    raise WrongAnswer("gunicorn did not start")


def _all_asked(port: int, seconds: float) -> list[float]:
    with ThreadPoolExecutor(VISITORS) as visitors:
        asked = [visitors.submit(_asked, port, seconds) for _ in range(VISITORS)]
        return [taken for each in asked for taken in each.result()]


def _asked(port: int, seconds: float) -> list[float]:
    """Ask for the page for some seconds; return the time of each answer."""
    visitor = HTTPConnection(HOST, port, timeout=60)
    taken: list[float] = []
    end = time.perf_counter() + seconds
    while (start := time.perf_counter()) < end:
        visitor.request("GET", PAGE)
        answer = visitor.getresponse()
        content = answer.read()
        if answer.status != 200 or b"table-general-public-spending" not in content:
            raise WrongAnswer(f"{answer.status} for {PAGE}")
        taken.append(time.perf_counter() - start)
    visitor.close()
    return taken


if __name__ == "__main__":
    main(float(sys.argv[1]))
