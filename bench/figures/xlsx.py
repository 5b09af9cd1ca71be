"""From the disclosure to the workbook."""

from __future__ import annotations

from collections.abc import Iterator

from bench.documents import sample_disclosure
from bench.registry import Result, measures
from bench.timing import medians, milliseconds
from budget.render.xlsx import render


@measures("xlsx")
def xlsx_of_sample(rounds: int) -> Iterator[Result]:
    """Measure the sample."""
    disclosure = sample_disclosure()
    taken = medians({"xlsx": lambda: render(disclosure)}, rounds * 3)["xlsx"]
    yield Result(
        "ten tables (and again in 元) → XLSX",
        milliseconds(taken.cpu),
        taken.cpu * 1000,
        (50, 30),
        " ms",
    )
