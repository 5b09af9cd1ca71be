"""Many documents as published, on two cores."""

from __future__ import annotations

from collections.abc import Iterator

from bench.documents import variants
from bench.registry import Result, measures
from bench.timing import with_children
from budget.render.batch import render_many

DOCUMENTS = 200
WORKERS = 2


@measures("batch")
def batch(rounds: int) -> Iterator[Result]:
    """Measure one run: it takes minutes, and its documents are rounds enough."""
    disclosures = list(variants(DOCUMENTS))
    taken = with_children(lambda: sum(1 for _ in render_many(disclosures, WORKERS)))
    yield Result(
        f"{DOCUMENTS} disclosures as published on {WORKERS} cores (fork pool)",
        f"{taken.wall:.0f} s  ({taken.cpu / DOCUMENTS:.2f} s CPU each)",
        taken.wall,
        (165, 130),
        " s",
    )
