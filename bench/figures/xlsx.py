"""From the disclosure to the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.documents import sample_disclosure
from bench.registry import Result, measures
from bench.timing import medians, milliseconds
from budget.document import Disclosure
from budget.render.xlsx import render


@measures("xlsx")
def xlsx_of_sample(rounds: int) -> Iterator[Result]:
    """Measure the sample: its ten tables, and the file as published, which has them in 元 too."""
    published = sample_disclosure()
    once = in_one_unit(published)
    taken = medians({"once": lambda: render(once), "both": lambda: render(published)}, rounds * 3)
    yield Result(
        "ten tables → XLSX",
        milliseconds(taken["once"].cpu),
        taken["once"].cpu * 1000,
        (50, 30),
        " ms",
    )
    yield Result("  and the same tables again in 元", milliseconds(taken["both"].cpu))


def in_one_unit(disclosure: Disclosure) -> Disclosure:
    """Return a document whose tables are in 元 already, so that none is written twice."""
    parts = tuple(
        replace(part, tables=tuple(replace(table, unit_exponent=0) for table in part.tables))
        for part in disclosure.parts
    )
    return replace(disclosure, parts=parts)
