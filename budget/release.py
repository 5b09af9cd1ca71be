"""Freezing inputs, publishing documents, and the files of a release.

A snapshot holds what a document was made from, a release the document as displayed. Both are
canonical JSON with a digest, written once. The files of a release are made once too: into a
folder with a temporary name that is renamed when it is whole, so that nobody ever sees half.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from budget import canonical
from budget.book import BudgetBook
from budget.canonical import Inputs, digest
from budget.document import Disclosure, require_finished
from budget.models import Release, ReleaseFile, Snapshot
from budget.registry import discover
from budget.remarks import Remarks
from budget.render.registry import FORMATS, Format
from budget.terms import Origin

NO_SETTINGS: Mapping[str, str] = {}


class DamagedContent(Exception):
    """What is stored no longer has the digest under which it was stored."""


class ForeignDocument(ValueError):
    """A document was not made from the snapshot that it is published with."""


class ReleaseExists(ValueError):
    """A release of that number, or another correction of the same release, is there already."""


def freeze(
    book: BudgetBook, remarks: Remarks, edition: str, rules: Mapping[str, str] = NO_SETTINGS
) -> Snapshot:
    """Return the snapshot of a document's inputs; the same inputs have one snapshot.

    ``edition`` is the edition's code, ``rules`` the settings of rules in force.
    """
    content = canonical.inputs_content(
        Inputs(book=book, remarks=remarks, edition=edition, settings=rules)
    )
    found, _ = Snapshot.objects.get_or_create(
        digest=digest(content), defaults={"content": content.decode()}
    )
    return found


def thaw(snapshot: Snapshot) -> Inputs:
    """Return the inputs that a snapshot holds. Raises DamagedContent."""
    return canonical.read_inputs(_intact(snapshot))


def read(release: Release) -> Disclosure:
    """Return the document of a release, as it was displayed. Raises DamagedContent."""
    return canonical.read_disclosure(_intact(release))


def _intact(stored: Snapshot | Release) -> bytes:
    content = stored.content.encode()
    if digest(content) != stored.digest:
        raise DamagedContent(f"{stored._meta.verbose_name} {stored.pk} 的内容与其摘要不符，已损坏")
    return content


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
    require_finished(disclosure)
    _refuse_foreign(thaw(snapshot), disclosure)
    _refuse_known(disclosure, number, replaces)
    rendered = _rendered(disclosure, _registered() if formats is None else formats)
    content = canonical.disclosure_content(disclosure)
    release = Release(
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
    with _written(rendered) as draft, transaction.atomic():
        _add(release)
        ReleaseFile.objects.bulk_create(each.row(release) for each in rendered)
        _put(draft, release)
    return release


def same_content(release: Release, disclosure: Disclosure) -> bool:
    """Return whether a release shows exactly this document."""
    return release.digest == digest(canonical.disclosure_content(disclosure))


def fonts_digest() -> str:
    """Return the digest of the set of fonts that files are made with, "" where none is recorded.

    The project's fonts are listed in build/fonts/fonts.json when they are set up.
    """
    listed = Path(settings.BASE_DIR) / "build" / "fonts" / "fonts.json"
    if not listed.is_file():
        return ""
    found: str = json.loads(listed.read_text(encoding="utf-8"))["digest"]
    return found


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


# ---- files


@dataclass(frozen=True, slots=True)
class Rendered:
    """One file of a release before it is written."""

    format: Format
    name: str
    content: bytes

    def row(self, release: Release) -> ReleaseFile:
        """Return what is stored of it beside its bytes."""
        return ReleaseFile(
            release=release,
            format=self.format.code,
            name=self.name,
            content_type=self.format.content_type,
            size=len(self.content),
            digest=digest(self.content),
        )


def _registered() -> Iterable[Format]:
    discover(settings.PACKAGES, ("render",))
    return FORMATS.values()


def _rendered(disclosure: Disclosure, formats: Iterable[Format]) -> list[Rendered]:
    return [
        Rendered(each, name, content)
        for each in formats
        for name, content in each.render(disclosure).items()
    ]


def _add(release: Release) -> None:
    try:
        with transaction.atomic():
            release.save()
    except IntegrityError as error:
        raise ReleaseExists(f"“{release}”已经存在，或它所更正的发布已被更正") from error


@contextmanager
def _written(files: Iterable[Rendered]) -> Iterator[Path]:
    """Return a folder of a temporary name with all files in it; it is gone in the end."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=root))
    try:
        _write(draft, files)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _put(draft: Path, release: Release) -> None:
    """Give the files their place. Only who has stored the release's row may do so.

    The row is unique, so a folder that is there already belongs to no release: it is what a
    transaction left behind that was rolled back.
    """
    place = draft.parent / release.folder
    if place.exists():
        shutil.rmtree(place)
    draft.rename(place)


def _write(folder: Path, files: Iterable[Rendered]) -> None:
    """Write files down to the disk; the folder becomes readable for whoever serves it."""
    folder.chmod(0o755)
    for each in files:
        with (folder / each.name).open("xb") as file:
            file.write(each.content)
            file.flush()
            os.fsync(file.fileno())
