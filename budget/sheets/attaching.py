"""Files kept with a budget: taken in under a name of ours, never published, deleted for good.

What is stored is found by its row alone. The same file for the same purpose is kept once, so a form
that is sent twice adds nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, Final
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet, Sum

from budget.audit.recording import record
from budget.models import Attachment, Project
from budget.models.storage import inside
from budget.sheets.changing import Guard, counted_on, locked
from budget.sheets.file_kinds import FileKind, UnfitFile, kind_of
from budget.sheets.file_names import cleaned, ending_of
from budget.sheets.keeping import store, with_files
from budget.sheets.part import Part
from budget.terms import AttachmentKind

MEGABYTE: Final = 2**20
MOST_TOGETHER: Final = 500 * MEGABYTE
"""Bytes that all files of one part may have together."""
PIECE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sends: its own name for it, and its content, which can be read again."""

    name: str
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept: its name cleaned, its kind, size in bytes and SHA-256."""

    name: str
    kind: FileKind
    size: int
    digest: str


def checked(upload: Upload) -> Checked:
    """Return what a file is. Raises UnfitFile for one that may not be kept."""
    size = upload.file.seek(0, 2)
    if not size:
        raise UnfitFile("文件是空的")
    if size > settings.LARGEST_UPLOAD:
        raise UnfitFile(too_large())
    name = cleaned(upload.name)
    kind = kind_of(name, upload.file)
    upload.file.seek(0)
    digest = hashlib.sha256()
    while piece := upload.file.read(PIECE):
        digest.update(piece)
    return Checked(name, kind, size, digest.hexdigest())


def too_large() -> str:
    """Return what is said of a file that is too large."""
    return f"文件超过{settings.LARGEST_UPLOAD // MEGABYTE}兆字节，请压缩或分开后上传"


def attach(
    part: Part,
    upload: Upload,
    kind: AttachmentKind,
    *,
    by: User,
    guard: Guard,
    project: str | None = None,
) -> Attachment:
    """Keep a file with a part of a budget, for a project by its code, and return its row.

    Raises UnfitFile, and what the guard raises; nothing is kept then, nor where the caller's own
    transaction fails that he began by ``with_files``.
    """
    fit = checked(upload)
    with with_files():
        budget = locked(part.budget)
        guard(budget)
        owner = Part(budget, part.unit)
        for_project = _project(owner, project)
        same = _same(owner, kind, for_project, fit)
        if same is not None:
            return same
        _refuse_too_much(owner, fit)
        row = _row(owner, kind, for_project, fit, _stored(upload.file, fit), by)
        _written(owner, "budget.attach", row, by)
        return row


def detach(part: Part, key: int, *, by: User, guard: Guard) -> str:
    """Delete a file of a part, its row and its content, and return the name that it had.

    Raises Attachment.DoesNotExist, and what the guard raises.
    """
    with transaction.atomic():
        budget = locked(part.budget)
        guard(budget)
        owner = Part(budget, part.unit)
        row = files_of(owner).get(pk=key)
        _written(owner, "budget.detach", row, by)
        row.delete()
        # A version that was copied shares its files with the copy.
        if not Attachment.objects.filter(file=row.file.name).exists():
            transaction.on_commit(partial(inside().delete, str(row.file.name)))
        return row.name


def files_of(part: Part) -> QuerySet[Attachment]:
    """Return the files of a unit, or of a department with all its units.

    A department's only unit is one body with it and has its files.
    """
    ours = Attachment.objects.filter(budget=part.budget).select_related("project", "unit")
    if part.unit is not None:
        own = Q(unit=part.unit)
        ours = ours.filter(own | Q(unit__isnull=True) if len(part.units) == 1 else own)
    return ours.select_related("added_by__account").order_by("unit__code", "project__code", "pk")


def _written(part: Part, act: str, row: Attachment, by: User) -> None:
    """Count the budget on, and record what was done to a file."""
    counted_on(part.budget)
    detail = {
        "kind": row.kind.value,
        "project": row.project.code if row.project else "",
        "name": row.name,
        "size": row.size,
        "digest": row.digest,
    }
    record(act, by=by, subject=f"{part.code}/{part.budget.year_id}", detail=detail)


def _project(part: Part, code: str | None) -> Project | None:
    if code is None:
        return None
    if code not in part.projects:
        raise UnfitFile("没有这个项目，请刷新页面后重试")
    return part.projects[code]


def _same(
    part: Part, kind: AttachmentKind, project: Project | None, fit: Checked
) -> Attachment | None:
    rows = Attachment.objects.filter(**part.belonging, kind=kind, project=project)
    return rows.filter(digest=fit.digest, name=fit.name).first()


def _refuse_too_much(part: Part, fit: Checked) -> None:
    rows = Attachment.objects.filter(**part.belonging)
    together = rows.aggregate(all=Sum("size"))["all"] or 0
    if together + fit.size > MOST_TOGETHER:
        raise UnfitFile(f"附件合计不能超过{MOST_TOGETHER // MEGABYTE}兆字节，请先删除不需要的附件")


def _stored(file: BinaryIO, fit: Checked) -> str:
    """Write the content under a name that says nothing but its kind."""
    return store(file, f"attachments/{uuid4().hex}.{ending_of(fit.name)}")


def _row(
    part: Part,
    kind: AttachmentKind,
    project: Project | None,
    fit: Checked,
    stored: str,
    by: User,
) -> Attachment:
    return Attachment.objects.create(
        **part.belonging,
        kind=kind,
        project=project,
        name=fit.name,
        content_type=fit.kind.content_type,
        size=fit.size,
        digest=fit.digest,
        file=stored,
        added_by=by,
    )
