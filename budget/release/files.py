"""The files of a release: rendered, written under a temporary name, renamed when they are whole.

Nobody ever sees half: the rows that offer files are stored in the transaction of the renaming, and
a folder without them is what a process left behind that was killed.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from budget.canonical import digest
from budget.document import Disclosure
from budget.models import Release, ReleaseFile
from budget.registry import discover
from budget.release.contents import read
from budget.render.registry import FORMATS, Format

Told = Callable[[int, int], None]
"""Is told how many formats are made, and of how many."""


class OtherFonts(Exception):
    """A release was issued with another set of fonts than the one that is installed."""


def registered() -> tuple[Format, ...]:
    """Return the formats in which every release has its files."""
    discover(settings.PACKAGES, ("render",))
    return tuple(FORMATS.values())


def complete(release: Release, *, told: Told = lambda done, of: None) -> bool:
    """Make the files of a release that has none, and return whether there was anything to do.

    The document is the release's own, so a second run gives the same bytes, or finds them made.
    Raises DamagedContent, OtherFonts and what renderers raise; no file is there then.
    """
    if release.files.exists():
        return False
    if release.fonts != fonts_digest():
        raise OtherFonts(
            "签发之后，服务器上的字体更换过，做出的文件会与签发时看过的不同，因此没有制作；"
            f"请系统管理员换回签发时的字体（字体摘要 {release.fonts[:12] or '无'}，"
            f"现在的是 {fonts_digest()[:12] or '无'}），再按“重新制作”"
        )
    _clear_drafts(release)
    rendered = list(_rendered(read(release), registered(), told))
    with written(rendered, release) as draft, transaction.atomic():
        # Who comes second waits here for the first, and is refused: his files stay unused.
        Release.objects.select_for_update().get(pk=release.pk)
        if release.files.exists():
            return False
        ReleaseFile.objects.bulk_create(each.row(release) for each in rendered)
        put(draft, release)
    return True


def fonts_digest() -> str:
    """Return the digest of the set of fonts that files are made with, "" where none is recorded.

    The project's fonts are listed in build/fonts/fonts.json when they are set up.
    """
    listed = Path(settings.BASE_DIR) / "build" / "fonts" / "fonts.json"
    if not listed.is_file():
        return ""
    found: str = json.loads(listed.read_text(encoding="utf-8"))["digest"]
    return found


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


def rendered(disclosure: Disclosure, wanted: Iterable[Format]) -> list[Rendered]:
    """Return the files of a document in some formats. Raises what renderers raise."""
    return list(_rendered(disclosure, tuple(wanted), lambda done, of: None))


def _rendered(disclosure: Disclosure, wanted: tuple[Format, ...], told: Told) -> Iterator[Rendered]:
    for done, each in enumerate(wanted):
        told(done, len(wanted))
        for name, content in each.render(disclosure).items():
            yield Rendered(each, name, content)
    told(len(wanted), len(wanted))


@contextmanager
def written(files: Iterable[Rendered], release: Release) -> Iterator[Path]:
    """Return a folder of a temporary name with all files in it; it is gone in the end."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=_draft_prefix(release), dir=root))
    try:
        _write(draft, files)
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _draft_prefix(release: Release) -> str:
    return f".draft-{release.folder}-"


def _clear_drafts(release: Release) -> None:
    """Remove what earlier attempts left behind that were killed."""
    for left in Path(settings.MEDIA_ROOT).glob(f"{_draft_prefix(release)}*"):
        shutil.rmtree(left, ignore_errors=True)


def put(draft: Path, release: Release) -> None:
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
