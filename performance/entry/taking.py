"""Taking indicators over from the library into the goals of a unit."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from budget.actions import Action
from budget.entry.forms import batch_id
from budget.entry.parts import act, may_write, part_of
from budget.entry.sheets import frame
from budget.money import YUAN
from budget.sheets.changes import Malformed
from budget.sheets.changing import ReusedBatch
from budget.sheets.part import Part
from performance.library import Taken, search, take_over
from performance.sheets.goal_rows import goals

SHEET = "indicators"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Offer what the library has; add what is chosen to a goal."""
    part = part_of(request)
    if part.unit is None:
        raise Http404("绩效指标由单位填报")
    if request.method != "POST":
        return _page(request, part)
    try:
        taken = _taken(request, part)
    except (Malformed, ReusedBatch) as error:
        return _page(request, part_of(request), note=f"{error}。", status=422)
    _tell(request, taken)
    return redirect("entry:sheet", part.code, part.budget.year_id, SHEET)


def _taken(request: HttpRequest, part: Part) -> Taken:
    goal = str(request.POST.get("of", ""))
    if goal not in goals(part):
        raise Malformed("请选择指标属于哪个目标")
    chosen = request.POST.getlist("pick")
    if not chosen or not all(each.isdecimal() for each in chosen):
        raise Malformed("请至少勾选一个指标")
    batch = batch_id(request.POST.get("batch"))
    doing = act(request, part, Action.EDIT, batch, YUAN)
    return take_over(part, goal, map(int, chosen), doing)


def _tell(request: HttpRequest, taken: Taken) -> None:
    added = len(taken.answer.rows)
    waiting = sum(key.startswith("p") for key in taken.answer.rows.values())
    if added:
        later = f"其中{waiting}行还缺指标值，请逐行填写。" if waiting else ""
        messages.success(request, f"已加入{added}个指标。{later}")
    if taken.known:
        names = "、".join(f"“{name}”" for name in taken.known)
        messages.info(request, f"该目标已有{names}，没有重复加入。")


def _page(request: HttpRequest, part: Part, *, note: str = "", status: int = 200) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    context = {
        **frame(request, part, SHEET),
        "note": note,
        "q": words,
        "rows": search(words),
        "goals": goals(part).items(),
        "of": request.POST.get("of") or request.GET.get("of", ""),
        "picked": set(request.POST.getlist("pick")),
        "why_locked": may_write(request, part, Action.EDIT),
        "batch": uuid4(),
    }
    return render(request, "indicators/choose.html", context, status=status)
