"""Writing the index: the passages of the release of a document that holds now, of no other."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from budget.document import Disclosure
from budget.models import Passage, Release
from budget.search.queries import department_mark, kind_mark, year_mark
from budget.search.reading import Passage as Said
from budget.search.reading import passages
from budget.search.words import BREAK, grams

TOGETHER = 500
"""Rows written by one statement."""


def index(release: Release, document: Disclosure) -> None:
    """Let a release be found, and those that it takes the place of no longer.

    ``document`` is what the release shows. Writing it again changes nothing. It belongs into the
    transaction that stores the release.
    """
    with transaction.atomic():
        of_document(release).delete()
        Passage.objects.bulk_create(rows(release, document), batch_size=TOGETHER)


def forget(release: Release) -> None:
    """Let a release be found no longer: it was withdrawn or sealed."""
    Passage.objects.filter(release=release).delete()


def of_document(release: Release) -> QuerySet[Passage]:
    """Return the passages of all releases of the same document."""
    return Passage.objects.filter(
        release__scope=release.scope, release__code=release.code, release__year=release.year
    )


def rows(release: Release, document: Disclosure) -> Iterator[Passage]:
    """Yield what is stored of a release's passages."""
    for place, said in enumerate(passages(document)):
        yield _row(release, place, said)


def _row(release: Release, place: int, said: Said) -> Passage:
    marks = (year_mark(release.year), department_mark(release.code), kind_mark(said.kind))
    return Passage(
        release=release,
        year=release.year,
        code=release.code,
        place=place,
        kind=said.kind,
        heading=said.heading,
        table=said.table,
        anchor=said.anchor,
        text=said.text,
        grams=" ".join((*marks, BREAK, grams(said.text))),
    )
