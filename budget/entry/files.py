"""Files kept with a budget: listed, taken in, sent as downloads, deleted after being asked."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from budget.access.admitted import person
from budget.actions import Action
from budget.entry.approval import uploaded
from budget.entry.parts import may_write, part_of
from budget.entry.sheets import frame
from budget.models import Attachment, DepartmentBudget, require
from budget.sheets.attaching import attach, detach, files_of
from budget.sheets.file_kinds import UnfitFile, accepted
from budget.sheets.part import Part
from budget.terms import AttachmentKind

NOTHING_RUNS = "default-src 'none'; sandbox"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """List a part's files; take one in."""
    part = part_of(request)
    if request.method != "POST":
        return _page(request, part)
    try:
        row = _taken_in(request, part)
    except UnfitFile as error:
        return _page(request, part_of(request), note=f"{error}。", status=422)
    messages.success(request, f"已保存“{row.name}”。")
    return redirect("entry:files", part.code, part.budget.year_id)


@never_cache
@require_safe
def file(request: HttpRequest, code: str, year: int, key: int) -> HttpResponseBase:
    """Send a file as a download, never to be shown inside a page."""
    row = _row(part_of(request), key)
    answer = FileResponse(
        row.file.open("rb"),
        as_attachment=True,
        filename=row.name,
        content_type=row.content_type,
    )
    answer["Content-Security-Policy"] = NOTHING_RUNS
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, code: str, year: int, key: int) -> HttpResponse:
    """Ask whether a file is to go, and delete it."""
    part = part_of(request)
    row = _row(part, key)
    _of_a_project(row)
    if request.method != "POST":
        context = {**frame(request, part), "row": row}
        return render(request, "entry/file_delete.html", context)
    guard = partial(_asks_again, request, part)
    name = detach(part, row.pk, by=person(request), guard=guard)
    messages.success(request, f"已删除“{name}”。")
    return redirect("entry:files", part.code, part.budget.year_id)


def _taken_in(request: HttpRequest, part: Part) -> Attachment:
    if part.unit is None:
        raise Http404("附件由单位上传")
    upload = uploaded(request)
    if upload is None:
        raise UnfitFile("请选择文件")
    return attach(
        part,
        upload,
        AttachmentKind.BASIS,
        by=person(request),
        guard=partial(_asks_again, request, part),
        project=str(request.POST.get("project", "")),
    )


def _row(part: Part, key: int) -> Attachment:
    row = files_of(part).filter(pk=key).first()
    if row is None:
        raise Http404("没有这个附件")
    return row


def _of_a_project(row: Attachment) -> None:
    """Let nobody delete the file of a 批复 here: it is recorded with the 批复."""
    if row.kind is not AttachmentKind.BASIS:
        raise Http404("批复文件在“批复核对”中登记")


def _asks_again(request: HttpRequest, part: Part, budget: DepartmentBudget) -> None:
    require(person(request), Action.EDIT, budget, part.unit)


def _page(request: HttpRequest, part: Part, *, note: str = "", status: int = 200) -> HttpResponse:
    context = {
        **frame(request, part),
        "note": note,
        "why_locked": may_write(request, part, Action.EDIT),
        "rows": files_of(part),
        "projects": part.projects.values() if part.unit else (),
        "accepted": accepted(),
        "typed": request.POST,
    }
    return render(request, "entry/files.html", context, status=status)
