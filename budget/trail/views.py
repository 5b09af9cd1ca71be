"""The pages: what was done, what an entry changed, whether the trail holds, a file of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import tablib
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from budget.access.admitted import person
from budget.audit.recording import record
from budget.audit.verifying import verify
from budget.models import AuditEntry, AuditHead, Edit
from budget.resources.formats import FORMATS
from budget.sheets.spec import SHEETS
from budget.trail.finding import FilterForm, found, readable, reads_everything
from budget.trail.telling import SUBJECTS, act_in_words, particulars

ON_A_PAGE: Final = 100
MOST_EDITS: Final = 500
MOST_EXPORTED: Final = 100_000
HEADINGS: Final = (
    "序号",
    "时间",
    "操作人",
    "操作",
    "对象",
    "内容",
    "操作代码",
    "上一条摘要",
    "摘要",
)
BY_NOBODY: Final = "系统（命令）"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as people read it."""

    number: int
    at: datetime
    person: str
    act: str
    subject: str
    particulars: tuple[tuple[str, str], ...]


def told(entry: AuditEntry) -> Told:
    """Return what an entry says."""
    return Told(
        number=entry.number,
        at=timezone.localtime(entry.at),
        person=entry.person or BY_NOBODY,
        act=act_in_words(entry.act),
        subject=SUBJECTS.get(entry.subject, entry.subject),
        particulars=tuple(particulars(entry.detail)),
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell as people know it: sheet and column by their titles, before and after as texts."""

    sheet: str
    row: str
    column: str
    before: str
    after: str


def changed(edit: Edit) -> Changed:
    """Return what an edit says; a sheet that there is no more is told by its code."""
    sheet = SHEETS[edit.sheet] if edit.sheet in SHEETS else None  # noqa: SIM401
    column = sheet.by_key.get(edit.field) if sheet else None
    return Changed(
        sheet=sheet.title if sheet else edit.sheet,
        row=edit.row,
        column=column.title if column else edit.field,
        before=edit.before or "",
        after=edit.after or "",
    )


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """List the entries that are asked for, a page at a time, the last first."""
    form = FilterForm(request.GET or None, label_suffix="")
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    listed = found(readable(request), wanted)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit():
        listed = listed.filter(number__lt=int(before[:18]))
    rows = list(listed[: ON_A_PAGE + 1])
    context = {
        "form": form,
        "rows": [told(each) for each in rows[:ON_A_PAGE]],
        "older": _older(request, rows),
        "everything": reads_everything(request),
        "head": AuditHead.objects.filter(pk=1).first(),
        "formats": FORMATS,
    }
    return render(request, "trail/entries.html", context, status=422 if form.errors else 200)


def _older(request: HttpRequest, rows: list[AuditEntry]) -> str:
    """Return the query for the page after this one, "" where there is none."""
    if len(rows) <= ON_A_PAGE:
        return ""
    asked = request.GET.copy()
    asked["before"] = str(rows[ON_A_PAGE - 1].number)
    return asked.urlencode()


@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """Show one entry, and cell by cell what was before and after."""
    one = get_object_or_404(readable(request), number=number)
    edits = list(_edits(one.detail)[: MOST_EDITS + 1]) if reads_everything(request) else []
    context = {
        "entry": one,
        "told": told(one),
        "edits": [changed(each) for each in edits[:MOST_EDITS]],
        "more": len(edits) > MOST_EDITS,
    }
    return render(request, "trail/entry.html", context)


def _edits(detail: Mapping[str, Any]) -> Any:
    try:
        batch = UUID(str(detail.get("batch")))
    except ValueError:
        return Edit.objects.none()
    return Edit.objects.filter(batch=batch).order_by("pk")


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Verify every entry now, say what came of it, and record that it was asked."""
    broken = verify()
    if broken is None:
        head = AuditHead.objects.filter(pk=1).first()
        result = f"完好，共{head.number if head else 0}条"
        messages.success(request, f"审计记录{result}；末端摘要 {head.digest if head else '（无）'}")
    else:
        result = f"从第{broken.number}条起不可信：{broken.why}"
        messages.error(request, f"审计记录{result}。请保留现场，立即报告。")
    with transaction.atomic():
        record("trail.verify", by=person(request), subject="trail", detail={"result": result})
    return redirect("trail:entries")


@require_POST
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """Send the entries that are asked for as a file, and record that it was taken."""
    if ending not in FORMATS:
        raise Http404
    form = FilterForm(request.POST)
    if not form.is_valid():
        messages.error(request, "筛选条件有误，没有导出。")
        return redirect("trail:entries")
    rows = list(found(readable(request), form.cleaned_data)[: MOST_EXPORTED + 1])
    if len(rows) > MOST_EXPORTED:
        messages.error(request, f"超过{MOST_EXPORTED}条，请按日期分几次导出。")
        return redirect("trail:entries")
    _record_export(request, form.cleaned_data, len(rows))
    content = FORMATS[ending]().export_data(_dataset(rows))
    answer = HttpResponse(content, content_type=FORMATS[ending].content_type)
    name = f"审计记录-{timezone.localdate():%Y%m%d}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _record_export(request: HttpRequest, wanted: Mapping[str, Any], rows: int) -> None:
    filters = {name: str(value) for name, value in wanted.items() if value}
    detail = {"rows": rows, "filters": filters}
    with transaction.atomic():
        record("trail.export", by=person(request), subject="trail", detail=detail)


def _dataset(rows: Iterable[AuditEntry]) -> tablib.Dataset:
    """Return entries as rows of texts under HEADINGS, the first first."""
    dataset = tablib.Dataset()
    dataset.headers = list(HEADINGS)
    for each in sorted(rows, key=lambda row: row.number):
        one = told(each)
        said = "；".join(f"{name}：{value}" for name, value in one.particulars)
        at = one.at.isoformat(timespec="seconds")
        sealed = (each.act, each.previous, each.digest)
        dataset.append((each.number, at, one.person, one.act, one.subject, said, *sealed))
    return dataset
