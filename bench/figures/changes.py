"""The PDF again after a small change, with the sections that did not change kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.documents import (
    sample_disclosure,
    with_other_indicator,
    with_other_line,
    with_other_reason,
)
from bench.registry import Result, measures
from bench.timing import Timing, middle, timed
from budget.document import Disclosure
from budget.render.paper.book import render_pdf
from budget.render.paper.cache import SectionCache

Change = Callable[[int], Disclosure]


class DifferentBytes(AssertionError):
    """The cache changed what is written."""


@measures("changes")
def after_a_change(rounds: int) -> Iterator[Result]:
    """Measure each change with and without the cache, in turn."""
    yield _result("PDF after one changed reason sentence ÷ full", with_other_reason, rounds, True)
    yield _result(
        "PDF after one changed indicator of table 10 ÷ full", with_other_indicator, rounds
    )
    yield _result("PDF after one changed ledger line ÷ full", with_other_line, rounds)


def _result(what: str, change: Change, rounds: int, is_limited: bool = False) -> Result:
    cached, full = with_and_without(change, rounds)
    share = cached.cpu / full.cpu
    return Result(
        f"{what}, same bytes",
        f"{share:.2f}  ({cached.cpu:.2f} s ÷ {full.cpu:.2f} s)",
        share if is_limited else None,
        (0.35, 0.28) if is_limited else None,
    )


def with_and_without(change: Change, rounds: int) -> tuple[Timing, Timing]:
    """Return the medians with a cache that knows the sample, and without one.

    Raises DifferentBytes where the two write different files.
    """
    cache = SectionCache()
    render_pdf(sample_disclosure(), cache=cache)
    cached: list[Timing] = []
    full: list[Timing] = []
    for number in range(1, rounds + 1):
        changed = change(number)
        written: list[bytes] = []
        cached.append(timed(_keeping(written, changed, cache)))
        full.append(timed(_keeping(written, changed, None)))
        if written[0] != written[1]:
            raise DifferentBytes(f"round {number}: the cache changed the bytes")
    return middle(cached), middle(full)


def _keeping(
    written: list[bytes], disclosure: Disclosure, cache: SectionCache | None
) -> Callable[[], None]:
    return lambda: written.append(render_pdf(disclosure, cache=cache))
