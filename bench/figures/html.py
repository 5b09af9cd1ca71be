"""From the disclosure to the HTML file."""

from __future__ import annotations

from collections.abc import Iterator

from bench.documents import sample_disclosure
from bench.registry import Result, measures
from bench.timing import medians, milliseconds
from budget.render.html import render


@measures("html")
def html_of_sample(rounds: int) -> Iterator[Result]:
    """Measure the sample."""
    disclosure = sample_disclosure()
    taken = medians({"html": lambda: render(disclosure)}, rounds * 3)["html"]
    yield Result(
        "ten tables + narrative → HTML (sample)",
        milliseconds(taken.cpu),
        taken.cpu * 1000,
        (40, 15),
        " ms",
    )
