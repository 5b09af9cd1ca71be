"""Beginning with last year: what would come, and taking it over."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from budget.actions import Action
from budget.canonical import UnreadableContent
from budget.entry.forms import batch_id
from budget.entry.parts import act, may_write, part_of
from budget.entry.sheets import frame
from budget.money import YUAN
from budget.release import DamagedContent
from budget.sheets.beginning import (
    NothingBrought,
    begin,
    beginning_sheets,
    begun_with,
    offered,
)
from budget.sheets.changes import Malformed
from budget.sheets.changing import ReusedBatch
from budget.sheets.last_year import LastYear, last_year_of
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec

UNREADABLE = "上年公开的版本已损坏，无法沿用，请联系系统管理员。"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def beginning(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show what of last year would come; take it over."""
    part = part_of(request)
    try:
        last = last_year_of(part)
    except (DamagedContent, UnreadableContent):
        return _page(request, part, None, note=UNREADABLE, status=409)
    if request.method == "POST" and last is not None:
        return _begun(request, part, last)
    return _page(request, part, last)


def _begun(request: HttpRequest, part: Part, last: LastYear) -> HttpResponse:
    with_amounts = "amounts" in request.POST
    action = _action(request, part)
    try:
        asked = batch_id(request.POST.get("batch"))
        doing = act(request, part, action, asked, YUAN)
        sheets = _sheets(request, part)
        answers = begin(part, last, doing, sheets=sheets, with_amounts=with_amounts)
    except (Malformed, NothingBrought, ReusedBatch) as error:
        return _page(request, part_of(request), last, note=f"{error}。", status=422)
    told = {(each.sheet, cell.row) for each in answers for cell in each.cells if cell.message}
    later = f"有{len(told)}行不能原样沿用，已作为未完成行保留，请逐行补正。" if told else ""
    messages.success(request, f"已沿用{last.origin}。{later}没有改过的内容都标明“沿用上年，未改”。")
    return redirect("entry:overview", part.code, part.budget.year_id)


def _action(request: HttpRequest, part: Part) -> Action:
    """Return what a person asks leave for: to write all sheets, or texts and registers alone."""
    return Action.EDIT_TEXTS if may_write(request, part, Action.EDIT) else Action.EDIT


def _sheets(request: HttpRequest, part: Part) -> list[SheetSpec]:
    """Return the sheets that a person may write."""
    actions = (Action.EDIT, Action.EDIT_TEXTS)
    may = {action for action in actions if not may_write(request, part, action)}
    return [spec for spec in beginning_sheets(part) if spec.writes in may]


def _page(
    request: HttpRequest,
    part: Part,
    last: LastYear | None,
    *,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    sheets = _sheets(request, part)
    found = [] if last is None else offered(part, last, sheets)
    context = {
        **frame(request, part),
        "last": last,
        "note": note,
        "why_locked": may_write(request, part, _action(request, part)),
        "plain": [each for each in found if not each.is_money],
        "money": [each for each in found if each.is_money],
        "begun": begun_with(part),
        "batch": uuid4(),
    }
    return render(request, "entry/begin.html", context, status=status)
