"""The files that are sent: a release's own, made when it was published, and a table's alone.

A format whose document is several files (CSV: one for each table) is sent as one archive. The file
of one table is made when somebody asks for it, by the same renderers from the same document, and
kept for the next who asks: a release never changes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from budget.canonical import digest
from budget.document import Disclosure, Table
from budget.models import Release, ReleaseFile
from budget.portal.citing import named
from budget.portal.headers import attachment
from budget.portal.publications import NotPublished, Publication
from budget.render.registry import FORMATS, Files, Format

ZIP = "application/zip"
FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every entry of an archive: the earliest that the format knows."""

ALONE = ("pdf", "xlsx", "csv", "json")
"""The formats in which one table can be had by itself."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A file about to be sent: Chinese name without ending, ASCII name, type, digest, contents."""

    title: str
    name: str
    content_type: str
    digest: str
    content: Callable[[], bytes]

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Send the file, or say that whoever asks already has it."""
        etag = quote_etag(self.digest)
        response = get_conditional_response(request, etag=etag)
        if response is None:
            response = HttpResponse(self.content(), content_type=self.content_type)
            ending = PurePath(self.name).suffix
            response["Content-Disposition"] = attachment(f"{self.title}{ending}", self.name)
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"
        return response


def release_file(publication: Publication, code: str) -> Payload:
    """Return a whole document in a format. Raises NotPublished."""
    if code not in publication.files:
        known = "、".join(publication.files)
        raise NotPublished(f"这份预算没有 {code} 格式的文件；可下载的格式有：{known}。")
    files = publication.files[code]
    release = publication.release
    title = f"{named(release)}-第{release.number}版"
    if len(files) == 1:
        [file] = files
        return Payload(title, file.name, file.content_type, file.digest, lambda: stored(file))
    return Payload(
        f"{title}-{code.upper()}",
        f"{release.code}-{release.year}-{code}.zip",
        ZIP,
        digest("".join(file.digest for file in files).encode()),
        lambda: archive({file.name: stored(file) for file in files}),
    )


def table_file(release: Release, disclosure: Disclosure, table: Table, code: str) -> Payload:
    """Return one table by itself in a format. Raises NotPublished."""
    if code not in ALONE:
        raise NotPublished(f"单张表没有 {code} 格式的文件；可下载的格式有：{'、'.join(ALONE)}。")
    wanted = FORMATS[code]
    name, content = _made(release, disclosure, table, wanted)
    title = f"{disclosure.name}{disclosure.year}年-{table.number:02d}-{table.name}"
    return Payload(title, name, wanted.content_type, digest(content), lambda: content)


def archive(files: Files) -> bytes:
    """Return a ZIP of files that is the same, byte for byte, whenever it is made."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(zipfile.ZipInfo(name, FIRST_DATE), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _made(
    release: Release, disclosure: Disclosure, table: Table, wanted: Format
) -> tuple[str, bytes]:
    key = f"table-file:{release.digest}:{release.fonts}:{table.code}:{wanted.code}"
    found: tuple[str, bytes] | None = cache.get(key)
    if found is None:
        [found] = wanted.render(disclosure, (table,)).items()
        cache.set(key, found, timeout=None)
    return found


def stored(file: ReleaseFile) -> bytes:
    """Return the bytes of a file as they are now. Raises FileNotFoundError."""
    with default_storage.open(file.path) as opened:
        content: bytes = opened.read()
    return content
