"""A folder of what is published, for a web server on another network: pages, tables, files.

The pages are the site's own, with links from file to file; nothing in them asks a server, so the
folder opens from a disk too. The same releases give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from budget.canonical import digest
from budget.document import Disclosure
from budget.models import ReleaseFile
from budget.portal.citing import named, numbered
from budget.portal.files import release_file, stored, table_file
from budget.portal.linking import linked
from budget.portal.proving import MANIFEST
from budget.portal.publications import Publication
from budget.portal.views import alone, whole
from budget.release import read

OFFERED = ("xlsx", "csv", "json")
"""The formats of a table by itself. Its PDF is in that of the whole document."""

STYLES = ("favicon.svg", "css/tokens.css", "css/base.css", "css/table.css", "css/portal.css")

File = tuple[str, bytes]
"""A path in the folder, and contents."""


class NotWhole(Exception):
    """A release has no files yet, or other ones than were made. The message is in Chinese."""


@dataclass(frozen=True)
class Folder:
    """What the folder holds: ``files`` gives the file of each of the site's paths in it.

    ``base`` is where the folder will stand (https://…/), for feed and sitemap; empty where that is
    not known: they are relative then.
    """

    items: Sequence[Publication]
    files: dict[str, str]
    base: str

    def page(self, template: str, path: str, context: dict[str, object]) -> File:
        """Return a page of the site as a file of the folder."""
        told = {**context, "site": settings.SITE, "bundled": True}
        at = self.files[path]
        page = render_to_string(template, told)
        return at, linked(page, at, self.files, settings.SITE.address).encode()


def bundle(publications: Sequence[Publication], base: str = "") -> Iterator[File]:
    """Yield the files of the folder, one document after the other, the manifest last.

    Raises NotWhole and DamagedContent; what was yielded before is of no use then.
    """
    folder = Folder(publications, _files(publications), base)
    listed: list[dict[str, object]] = []
    for path, content in _contents(folder):
        listed.append({"path": path, "size": len(content), "sha256": digest(content)})
        yield path, content
    yield MANIFEST, _manifest(publications, listed)


def _contents(folder: Folder) -> Iterator[File]:
    years = [
        (year, list(of_year))
        for year, of_year in groupby(folder.items, key=attrgetter("release.year"))
    ]
    yield folder.page("portal/bundle.html", reverse("portal:home"), {"years": years})
    for item in folder.items:
        # Read again, one after the other: a year's documents together would fill the memory.
        yield from _document(folder, item, read(item.release))
    yield "feed.xml", _feed(folder)
    yield "sitemap.xml", _sitemap(folder)
    for name in STYLES:
        found = finders.find(name)
        if found is None:
            raise NotWhole(f"缺少样式文件 {name}，请检查安装是否完整。")
        yield f"static/{name}", Path(found).read_bytes()


def _document(folder: Folder, found: Publication, document: Disclosure) -> Iterator[File]:
    yield folder.page("portal/disclosure.html", found.url, whole(found, document))
    if not found.files:
        raise NotWhole(f"“{found.release}”的下载文件还没有制作完，请稍后再试。")
    for code, made in found.files.items():
        _require_sound(made)
        content = release_file(found, code).content()
        yield folder.files[found.place("download", format=code)], content
    for table in document.tables:
        context = alone(found, document, table.code, OFFERED)
        if settings.SITE.address:
            own = numbered(found.release, "table", table=table.code)
            context["cited_at"] = f"{settings.SITE.address}{own}"
        yield folder.page("portal/table.html", found.place("table", table=table.code), context)
        for code in OFFERED:
            payload = table_file(found.release, document, table, code)
            path = found.place("download_table", table=table.code, format=code)
            yield folder.files[path], payload.content()


def _require_sound(files: Iterable[ReleaseFile]) -> None:
    """Pass where each file is the one that was made, also of several. Raises NotWhole."""
    for each in files:
        try:
            sound = digest(stored(each)) == each.digest
        except FileNotFoundError as error:
            raise NotWhole(f"“{each.release}”的文件 {each.name} 已经不在了。") from error
        if not sound:
            raise NotWhole(f"“{each.release}”的文件 {each.name} 与其摘要不符，已损坏。")


def _files(items: Iterable[Publication]) -> dict[str, str]:
    """Return the file of each path of the site that is in the folder."""
    files = {static(name): f"static/{name}" for name in STYLES}
    files |= {
        reverse("portal:home"): "index.html",
        reverse("portal:feed"): "feed.xml",
        reverse("portal:sitemap"): "sitemap.xml",
    }
    for found in items:
        document = read(found.release)
        files[found.url] = _index(found.url)
        for code in found.files:
            path = found.place("download", format=code)
            files[path] = f"{_index(found.url, 'download')}/{release_file(found, code).name}"
        for table in document.tables:
            url = found.place("table", table=table.code)
            files[url] = _index(url)
            for code in OFFERED:
                path = found.place("download_table", table=table.code, format=code)
                files[path] = f"{url.strip('/')}/{document.file_stem}-{table.code}.{code}"
    return files


def _index(url: str, name: str = "index.html") -> str:
    return f"{url.strip('/')}/{name}"


def _manifest(items: Sequence[Publication], listed: list[dict[str, object]]) -> bytes:
    told = {
        "releases": [
            {
                "code": item.release.code,
                "name": item.release.name,
                "year": item.release.year,
                "number": item.release.number,
                "sha256": item.release.digest,
                "published_at": item.release.published_at.isoformat(),
            }
            for item in items
        ],
        "files": sorted(listed, key=lambda each: str(each["path"])),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _feed(folder: Folder) -> bytes:
    written = Atom1Feed(
        title=settings.SITE.name,
        link=f"{folder.base}index.html",
        description=None,
        language="zh-CN",
        feed_url=f"{folder.base}feed.xml",
    )
    newest = sorted(folder.items, key=lambda each: (each.release.published_at, each.release.code))
    for item in reversed(newest):
        release = item.release
        written.add_item(
            title=named(release),
            link=f"{folder.base}{folder.files[item.url]}",
            description=f"第{release.number}版，内容摘要（SHA-256）：{release.digest}",
            unique_id=f"urn:sha256:{release.digest}",
            pubdate=release.published_at,
            updateddate=release.published_at,
            author_name=release.name,
        )
    return written.writeString("utf-8").encode()


def _sitemap(folder: Folder) -> bytes:
    places = [
        (f"{folder.base}{folder.files[item.url]}", item.release.published_at)
        for item in folder.items
    ]
    return render_to_string("portal/sitemap.xml", {"places": places}).encode()
