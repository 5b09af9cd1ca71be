"""The PDF in a warm process, against Typst on the same content."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.documents import sample_disclosure
from bench.registry import Result, measures
from bench.timing import Timing, middle, timed
from bench.yardstick import Yardstick
from budget.document import Disclosure
from budget.render.paper.book import render_pdf


@measures("pdf")
def pdf_against_typst(rounds: int) -> Iterator[Result]:
    """Measure in turn: as published, untagged and uncut, and the yardstick."""
    with tempfile.TemporaryDirectory() as folder:
        disclosure = sample_disclosure()
        taken = in_turn(disclosure, Yardstick(disclosure, Path(folder)), rounds)
    typst = taken["typst"]
    yield ratio("PDF as published, warm, CPU ÷ Typst's", taken["published"], typst, (14, 11))
    yield ratio("the same untagged and without re-cut", taken["plain"], typst, (9, 7))
    yield Result(
        "  Typst saying the same again (remembers its layout)", f"{taken['again'].cpu:.3f} s CPU"
    )


def in_turn(disclosure: Disclosure, yardstick: Yardstick, rounds: int) -> dict[str, Timing]:
    """Return the medians; the words that Typst sets are changed outside the measured time."""
    tasks = {
        "published": lambda: render_pdf(disclosure),
        "plain": lambda: render_pdf(disclosure, tagged=False, recut=False),
        "typst": yardstick.compile,
        "again": yardstick.compile,
    }
    taken: dict[str, list[Timing]] = {name: [] for name in tasks}
    for number in range(rounds + 1):
        yardstick.turn()
        for name, task in tasks.items():
            timing = timed(task)
            if number:  # the first round warms up
                taken[name].append(timing)
    return {name: middle(timings) for name, timings in taken.items()}


def ratio(what: str, ours: Timing, typst: Timing, limits: tuple[float, float]) -> Result:
    """Return how many times Typst's CPU time ours is."""
    times = ours.cpu / typst.cpu
    return Result(what, f"{times:.1f}  ({ours.cpu:.2f} s ÷ {typst.cpu:.3f} s)", times, limits)
