"""Releases as the pages find them, put on the shelf row by row; no renderer has to run for it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from budget.canonical import digest, disclosure_content
from budget.document import Disclosure
from budget.models import Release, ReleaseFile, Snapshot
from budget.terms import Origin
from budget.tests.printed import a_printed_document, a_printed_table, a_section, amount, code, word

EVENING = datetime(2023, 2, 10, 17, 30, tzinfo=UTC)
"""On the 11th in China."""


def a_document(**changes: Any) -> Disclosure:
    """Return a small document of three tables: summary, spending and three-publics."""
    rows = (
        (code(""), word("合计"), amount("1,561.09")),
        (code("201"), word("一般公共服务支出"), amount("1,561.09")),
    )
    spending = a_printed_table(*rows)
    summary = a_printed_table(
        *rows, code="summary", number=1, contents_title="部门收支总表", title="收支总体情况表"
    )
    last = a_printed_table(
        *rows,
        code="three-publics",
        number=7,
        contents_title="“三公”经费支出表",
        title="“三公”经费支出情况表",
        landscape=True,
    )
    document = a_printed_document(summary, spending, last, sections=(a_section(),))
    return replace(document, **changes)


def a_release(document: Disclosure | None = None, number: int = 1, **values: Any) -> Release:
    """Return a release of a document, without files."""
    document = document or a_document()
    content = disclosure_content(document)
    snapshot, _ = Snapshot.objects.get_or_create(digest=digest(b"{}"), defaults={"content": "{}"})
    stated = {
        "scope": document.scope,
        "code": document.code,
        "name": document.name,
        "year": document.year,
        "edition": document.edition,
        "origin": Origin.TRANSCRIBED,
        "published_at": EVENING,
        **values,
    }
    return Release.objects.create(
        number=number,
        snapshot=snapshot,
        digest=digest(content),
        content=content.decode(),
        **stated,
    )


def a_file(
    release: Release, format: str, content: bytes, name: str = "", content_type: str = ""
) -> ReleaseFile:
    """Return a file of a release, its bytes in the storage of releases."""
    file = ReleaseFile.objects.create(
        release=release,
        format=format,
        name=name or f"{release.code}-{release.year}.{format}",
        content_type=content_type or f"application/{format}",
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
    )
    default_storage.save(file.path, ContentFile(content))
    return file
