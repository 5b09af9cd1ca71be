"""How composing grows with the lines of a department of 50 units."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from bench.documents import UNITS, a_large_book, edition, fresh, large_remarks
from bench.registry import Result, measures
from bench.timing import medians, milliseconds
from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure

SIZES = (100, 1_000, 10_000)


@measures("growth")
def growth(rounds: int) -> Iterator[Result]:
    """Measure 100, 1,000 and 10,000 lines in turn."""
    tasks = {str(size): composing(a_large_book(size)) for size in SIZES}
    taken = {int(size): timing.cpu for size, timing in medians(tasks, rounds).items()}
    few, some, many = (taken[size] for size in SIZES)
    yield Result(
        f"{UNITS} units, 10,000 lines → disclosure object",
        milliseconds(many),
        many * 1000,
        (400, 250),
        " ms",
    )
    whole = exponent(few, many, SIZES[2] / SIZES[0])
    last = exponent(some, many, SIZES[2] / SIZES[1])
    yield Result(
        "  growth exponent from 100 to 10,000 lines",
        f"{whole:.2f}  (from 1,000 on {last:.2f})",
        whole,
        (1.1, 1.05),
    )


def composing(book: BudgetBook) -> Callable[[], Disclosure]:
    """Return the task: a book that has nothing worked out, composed."""
    return lambda: compose(fresh(book), large_remarks(), edition())


def exponent(small: float, large: float, times: float) -> float:
    """Return n where the time grows with the n-th power of the size."""
    return math.log(large / small) / math.log(times)
