"""Publishing a document: with its files at once, or issued first and completed by a job."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from budget import canonical, search
from budget.canonical import Inputs, digest
from budget.document import Disclosure, require_finished
from budget.models import Release, ReleaseFile, Snapshot
from budget.release.contents import thaw
from budget.release.files import fonts_digest, put, registered, rendered, written
from budget.render.registry import Format
from budget.terms import Origin


class ForeignDocument(ValueError):
    """A document was not made from the snapshot that it is published with."""


class ReleaseExists(ValueError):
    """A release of that number, or another correction of the same release, is there already."""


def publish(
    snapshot: Snapshot,
    disclosure: Disclosure,
    *,
    number: int,
    origin: Origin,
    replaces: Release | None = None,
    published_at: datetime | None = None,
    formats: Iterable[Format] | None = None,
) -> Release:
    """Store a document as a release, and make its files in all registered formats.

    ``number`` counts the releases of one document from 1; a correction names the release that it
    ``replaces``. Rendering comes first, outside the transaction: it takes seconds.

    Raises UnfinishedDocument for a draft that lacks something, ForeignDocument, ReleaseExists, and
    what renderers raise; no release is there then.
    """
    release = _release(snapshot, disclosure, number, origin, replaces, published_at)
    made = rendered(disclosure, registered() if formats is None else formats)
    with written(made, release) as draft, transaction.atomic():
        _add(release)
        search.index(release, disclosure)
        ReleaseFile.objects.bulk_create(each.row(release) for each in made)
        put(draft, release)
    return release


def issue(
    snapshot: Snapshot,
    disclosure: Disclosure,
    *,
    number: int,
    origin: Origin,
    replaces: Release | None = None,
) -> Release:
    """Store a document as a release whose files are still to be made (``complete``).

    Raises UnfinishedDocument, ForeignDocument and ReleaseExists; no release is there then.
    """
    release = _release(snapshot, disclosure, number, origin, replaces, None)
    with transaction.atomic():
        _add(release)
        search.index(release, disclosure)
    return release


def _release(
    snapshot: Snapshot,
    disclosure: Disclosure,
    number: int,
    origin: Origin,
    replaces: Release | None,
    published_at: datetime | None,
) -> Release:
    """Return a release that is not stored yet, of a document that may be published."""
    require_finished(disclosure)
    _refuse_foreign(thaw(snapshot), disclosure)
    _refuse_known(disclosure, number, replaces)
    content = canonical.disclosure_content(disclosure)
    return Release(
        scope=disclosure.scope,
        code=disclosure.code,
        name=disclosure.name,
        year=disclosure.year,
        number=number,
        edition=disclosure.edition,
        origin=origin,
        snapshot=snapshot,
        replaces=replaces,
        digest=digest(content),
        content=content.decode(),
        fonts=fonts_digest(),
        published_at=published_at or timezone.now(),
    )


def _refuse_foreign(inputs: Inputs, disclosure: Disclosure) -> None:
    """A document is the snapshot's own book, or that book seen by one of its units."""
    book = inputs.book
    ours = {book.code, *(unit.code for unit in book.units)}
    if (
        disclosure.code not in ours
        or disclosure.year != book.year
        or disclosure.edition != inputs.edition
    ):
        raise ForeignDocument(
            f"{disclosure.code} {disclosure.year}年（{disclosure.edition}）的文件不是由这份快照"
            f"（{book.code} {book.year}年，{inputs.edition}）形成的"
        )


def _refuse_known(disclosure: Disclosure, number: int, replaces: Release | None) -> None:
    own = Release.objects.filter(scope=disclosure.scope, code=disclosure.code, year=disclosure.year)
    if own.filter(number=number).exists():
        raise ReleaseExists(f"{disclosure.code} {disclosure.year}年的第{number}次发布已经存在")
    if replaces is None:
        return
    if not own.filter(pk=replaces.pk).exists():
        raise ForeignDocument(f"“{replaces}”不是同一文件的发布，不能由它更正")
    if Release.objects.filter(replaces=replaces).exists():
        raise ReleaseExists(f"“{replaces}”已经更正过，请更正最新的一次发布")


def _add(release: Release) -> None:
    try:
        with transaction.atomic():
            release.save()
    except IntegrityError as error:
        raise ReleaseExists(f"“{release}”已经存在，或它所更正的发布已被更正") from error
