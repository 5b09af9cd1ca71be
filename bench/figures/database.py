"""From the database to the book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.documents import CODES, a_large_book, edition
from bench.registry import Result, measures
from bench.timing import medians, milliseconds
from budget.imports.code_lists import load_lists
from budget.imports.storing import store
from budget.load import load_book
from budget.registry import discover

FEW, MANY = ("901", 100), ("902", 10_000)


class IncompleteBook(AssertionError):
    """What was loaded is not what was stored."""


@measures("database")
def loading(rounds: int) -> Iterator[Result]:
    """Measure 10,000 lines, and count the queries of both sizes."""
    year = stored_year()
    code, lines = MANY
    if len(load_book(code, year).lines) != lines:
        raise IncompleteBook(f"{code} has not all of its {lines} lines")
    taken = medians({"load": lambda: load_book(code, year)}, rounds)["load"]
    yield Result(
        f"database ({connection.vendor}) → book, {lines:,} lines, wall",
        milliseconds(taken.wall),
        taken.wall * 1000,
        (600, 300),
        " ms",
    )
    few, many = queries(FEW[0], year), queries(code, year)
    verdict = "as for 100" if few == many else f"for 100: {few}"
    yield Result("  queries", f"{many}, {verdict}", many, (few, few))


def stored_year() -> int:
    """Store both departments in the throw-away database and return their year."""
    call_command("migrate", verbosity=0)
    discover(settings.PACKAGES, ("storing",))
    books = [a_large_book(lines, code) for code, lines in (FEW, MANY)]
    year = books[0].year
    load_lists(CODES, year)
    for book in books:
        store(book, (), edition=edition().code, codes_on=date(year, 1, 1))
    return year


def queries(code: str, year: int) -> int:
    """Return how many queries a load takes."""
    with CaptureQueriesContext(connection) as captured:
        load_book(code, year)
    return len(captured)
