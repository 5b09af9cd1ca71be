"""From the lines to the complete disclosure object, nothing read or written."""

from __future__ import annotations

from collections.abc import Iterator

from bench.documents import sample, sample_disclosure
from bench.registry import Result, measures
from bench.timing import medians, milliseconds


@measures("compose")
def compose_sample(rounds: int) -> Iterator[Result]:
    """Measure the sample."""
    sample()
    taken = medians({"compose": sample_disclosure}, rounds * 3)["compose"]
    yield Result(
        "lines → complete disclosure object (sample), no I/O",
        milliseconds(taken.cpu),
        taken.cpu * 1000,
        (15, 8),
        " ms",
    )
