"""The sample for tests that need no database: read once, composed once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from budget.book import BudgetBook
from budget.config.packages import PACKAGES
from budget.disclosure import compose
from budget.document import Disclosure
from budget.edition import EDITIONS, Edition
from budget.imports.sample_files import Sample, read_sample
from budget.registry import discover

FIXTURES: Final = Path(__file__).parents[2] / "fixtures"
SAMPLE: Final = FIXTURES / "sample" / "157-2023"
CODES: Final = FIXTURES / "codes" / "2023"
DEPARTMENT: Final = "157"
UNIT: Final = "157001"


@cache
def declared() -> None:
    """Make everything known that packages declare, readers of sample files included."""
    discover(PACKAGES)
    discover(PACKAGES, ("sample_files",))


@cache
def sample() -> Sample:
    """Return the transcribed department."""
    declared()
    return read_sample(SAMPLE, CODES)


def sample_book() -> BudgetBook:
    """Return the sample's book, at the scope of the department."""
    return sample().book


def sample_edition() -> Edition:
    """Return the edition in which the sample was published."""
    return EDITIONS[sample().head.edition]


@cache
def sample_disclosure(code: str = DEPARTMENT) -> Disclosure:
    """Return the sample as composed, for the department or, by its code, for its unit."""
    book, remarks = sample().book, sample().remarks
    if code != DEPARTMENT:
        book, remarks = book.seen_by(code), remarks.seen_by(code)
    return compose(book, remarks, sample_edition())
