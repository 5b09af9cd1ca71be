"""The invented departments in the database say in every format what their files say."""

from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from operator import attrgetter
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import Disclosure, Table
from budget.edition import EDITIONS
from budget.load import load_book, load_remarks
from budget.management.commands.loadsample import load_sample
from budget.models import Department, Release
from budget.release import read
from budget.render.registry import Files, Format
from budget.terms import Origin
from budget.tests.golden_district.adding import FIXTURES, Body
from budget.tests.golden_district.places import (
    DISTRICT,
    EDITION_CODES,
    FIVE_UNITS,
    ONE_UNIT,
    document,
    invented,
)
from budget.tests.samples import CODES, declared

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

FOLDERS = [FIVE_UNITS, ONE_UNIT]


@pytest.fixture(autouse=True)
def prepared(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "releases"
    declared()
    call_command("loadcodes", stdout=StringIO())


def titled(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    return {f"{disclosure.file_stem}.txt": disclosure.title.encode()}


TITLE_ONLY = Format("txt", "文本", "text/plain", titled)


def loaded(folder: str) -> BudgetBook:
    """Load a department from its files and return what the database then holds."""
    load_sample(FIXTURES / "sample" / folder, CODES.parent, [TITLE_ONLY])
    return load_book(folder[:3], int(folder[4:]))


def sorted_rows(book: BudgetBook) -> BudgetBook:
    """Return a book with its registers sorted: the database does not keep the order of files."""
    return replace(
        book,
        estimates=tuple(sorted(book.estimates, key=attrgetter("unit", "source"))),
        vehicles=tuple(sorted(book.vehicles, key=attrgetter("unit", "holding", "use"))),
        equipment=tuple(sorted(book.equipment, key=attrgetter("unit", "holding", "kind"))),
        prior=tuple(sorted(book.prior, key=attrgetter("unit", "measure"))),
        executions=tuple(sorted(book.executions, key=attrgetter("unit", "function"))),
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_stored_book_is_the_one_in_the_files(folder: str) -> None:
    assert sorted_rows(loaded(folder)) == sorted_rows(invented(folder).book)


@pytest.mark.parametrize("edition", EDITION_CODES)
@pytest.mark.parametrize("folder", FOLDERS)
def test_the_stored_book_makes_the_same_documents(folder: str, edition: str) -> None:
    book = loaded(folder)
    remarks = load_remarks(folder[:3], 2026)
    assert compose(book, remarks, EDITIONS[edition]) == document(Body(folder), edition)
    for unit in book.budget_units:
        seen = compose(book.seen_by(unit.code), remarks.seen_by(unit.code), EDITIONS[edition])
        assert seen == document(Body(folder, unit.code), edition)


def published() -> Iterator[tuple[str, Disclosure]]:
    for release in Release.objects.order_by("code"):
        yield release.code, read(release)


def test_the_department_and_each_unit_with_a_budget_are_published() -> None:
    loaded(FIVE_UNITS)
    found = dict(published())
    assert list(found) == ["501", "501001", "501002", "501003", "501004", "501005"]
    assert found["501"] == document(Body(FIVE_UNITS), DISTRICT)
    assert found["501003"] == document(Body(FIVE_UNITS, "501003"), DISTRICT)
    assert set(Release.objects.values_list("origin", flat=True)) == {Origin.INVENTED}
    assert Department.objects.get().invented
