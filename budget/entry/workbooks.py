"""The entry workbook: downloaded, uploaded, shown, confirmed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budget.access.admitted import person
from budget.actions import Action
from budget.entry.confirming import Way, confirmed, results, say, show_plan
from budget.entry.parts import act, may_write, part_of
from budget.entry.sheets import frame
from budget.imports.xlsx.limits import MOST_BYTES
from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.load import one_moment
from budget.models import Batch, DepartmentBudget, name_of, require
from budget.money import YUAN
from budget.render.errors import RenderError
from budget.sheets.changes import Answer, Outcome
from budget.sheets.changing import Act
from budget.sheets.offers import Offer, TooLarge
from budget.sheets.part import Part
from budget.sheets.planning import plan
from budget.sheets.spec import SheetSpec
from budget.sheets.undoing import NotUndoable, sheets_in, undo, undoable
from budget.terms import BatchKind
from budget.workbook.naming import file_name
from budget.workbook.opening import opened
from budget.workbook.reading import returned
from budget.workbook.writing import CONTENT_TYPE
from budget.workbook.writing import workbook as written


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Offer the workbook and take it back; show what it would do."""
    part = part_of(request)
    if request.method != "POST":
        return _page(request, part)
    uploaded = request.FILES.get("file")
    if uploaded is None:
        return _page(request, part, "请先选择要上传的文件", status=422)
    try:
        back = returned(opened(uploaded.read(MOST_BYTES + 1), uploaded.name or ""), part)
        shown = plan(part, back.given, YUAN, notes=back.notes)
        return show_plan(request, part, _way(part), shown, YUAN)
    except (UnreadableWorkbook, TooLarge) as error:
        return _page(request, part, str(error), status=422)


@never_cache
@require_safe
def filled(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Send the workbook with what is entered."""
    return _download(request, empty=False)


@never_cache
@require_safe
def empty(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Send the workbook without rows."""
    return _download(request, empty=True)


@never_cache
@require_POST
def confirm(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Save what a workbook changes, all of it in one batch."""
    part = part_of(request)
    doing = act(request, part, Action.IMPORT, uuid4(), YUAN, BatchKind.WORKBOOK)

    def done(offered: Offer, answers: Sequence[Answer]) -> HttpResponse:
        batch = Batch.objects.filter(pk=offered.id, undone_by=None).first()
        context = {**frame(request, part), "results": results(answers), "batch": batch}
        return render(request, "entry/imported.html", context)

    return confirmed(request, part, _way(part), doing, done)


@never_cache
@require_POST
def take_back(request: HttpRequest, code: str, year: int, batch: UUID) -> HttpResponse:
    """Take a whole paste or import back."""
    part = part_of(request)
    found = Batch.objects.filter(pk=batch, budget=part.budget).select_related("by").first()
    if found is None:
        raise Http404("没有这一批录入")
    guard = partial(_may_write_all, request, part, sheets_in(found))
    try:
        answers = undo(found, part, Act(uuid4(), person(request), guard, BatchKind.UNDO))
    except NotUndoable as error:
        return say(request, part, _way(part), str(error), status=409)
    _tell(request, found, answers)
    return redirect(reverse("entry:overview", args=(part.code, part.budget.year_id)))


def _tell(request: HttpRequest, batch: Batch, answers: Sequence[Answer]) -> None:
    cells = [cell for answer in answers for cell in answer.cells]
    stays = sum(cell.outcome in (Outcome.REFUSED, Outcome.CONFLICT) for cell in cells)
    back = sum(cell.outcome is Outcome.SAVED for cell in cells)
    messages.success(
        request,
        f"已撤销{name_of(batch.by)}的“{batch.kind.label}”：恢复{back}处。",
    )
    if stays:
        messages.warning(request, f"有{stays}处后来又有改动，保持现在的内容，请自行核对。")


def _may_write_all(
    request: HttpRequest, part: Part, specs: Sequence[SheetSpec], budget: DepartmentBudget
) -> None:
    for action in sorted({spec.writes for spec in specs}):
        require(person(request), action, budget, part.unit)


def _page(request: HttpRequest, part: Part, note: str = "", status: int = 200) -> HttpResponse:
    context = {
        **frame(request, part),
        "note": note,
        "why_locked": may_write(request, part, Action.IMPORT),
        "batches": undoable(part),
        "most": MOST_BYTES // 2**20,
    }
    return render(request, "entry/workbook.html", context, status=status)


def _download(request: HttpRequest, *, empty: bool) -> HttpResponse:
    part = part_of(request)
    try:
        with one_moment():
            content = written(part, empty=empty)
    except RenderError as error:
        return _page(request, part, str(error), status=422)
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    name = file_name(part, empty=empty)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer


def _way(part: Part) -> Way:
    where = (part.code, part.budget.year_id)
    return Way(
        BatchKind.WORKBOOK,
        "导入填报工作簿",
        reverse("entry:workbook_confirm", args=where),
        reverse("entry:workbook", args=where),
    )
