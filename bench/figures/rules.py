"""All rules on documents: the sample, and how they grow with a department of 50 units."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.documents import (
    UNITS,
    a_large_book,
    edition,
    large_remarks,
    sample,
    sample_disclosure,
)
from bench.figures.growth import SIZES, exponent
from bench.registry import Result, measures
from bench.timing import medians, milliseconds
from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure
from budget.remarks import Remarks
from budget.rules.checking import Report, check
from budget.rules.printed import Subject, exactness


@measures("rules")
def rules(rounds: int) -> Iterator[Result]:
    """Measure checking alone; the document is composed before."""
    own = checking(sample_disclosure(), sample().book, sample().remarks)
    taken = medians({"sample": own}, rounds * 3)["sample"].cpu
    yield Result("all rules (sample)", milliseconds(taken), taken * 1000, (30, 20), " ms")
    tasks = {str(size): _of_size(size) for size in SIZES}
    times = {int(size): timing.cpu for size, timing in medians(tasks, rounds).items()}
    few, some, many = (times[size] for size in SIZES)
    yield Result(
        f"all rules ({UNITS} units, 10,000 lines)",
        milliseconds(many),
        many * 1000,
        (500, 300),
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


def _of_size(lines: int) -> Callable[[], Report]:
    book = a_large_book(lines)
    document = compose(book, large_remarks(), edition())
    return checking(document, book, large_remarks())


def checking(document: Disclosure, book: BudgetBook, remarks: Remarks) -> Callable[[], Report]:
    """Return the task: a document of which nothing is worked out, checked with its book."""
    exact = exactness(document, edition())
    return lambda: check(Subject(document, edition(), exact, book, remarks))
