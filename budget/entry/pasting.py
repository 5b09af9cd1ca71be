"""A block from Excel or WPS: shown first, saved when it is confirmed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from budget.entry.confirming import Way, confirmed, in_words, results, say, show_plan
from budget.entry.parts import act, may_write, part_of, spec_of, unit_chosen, unit_named, url_of
from budget.entry.sheets import frame
from budget.money import MoneyUnit
from budget.sheets.changes import Answer, Malformed
from budget.sheets.offers import Offer, TooLarge
from budget.sheets.part import Part
from budget.sheets.pasting import Anchor, NothingPasted, pasted
from budget.sheets.planning import plan
from budget.sheets.spec import SheetSpec
from budget.sheets.undoing import undoable
from budget.terms import BatchKind

TOO_LARGE = "粘贴的内容太多，请分几次"
UNREADABLE = "请求无法识别，请刷新页面后重试"


@dataclass(frozen=True, slots=True)
class Asked:
    """A block, the cell where it is put, and the unit of its amounts."""

    text: str
    anchor: Anchor
    unit: MoneyUnit


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, code: str, year: int, sheet: str) -> HttpResponse:
    """Offer a box for a block; show what a block would do."""
    part = part_of(request)
    spec = spec_of(part, sheet)
    if request.method != "POST":
        return _box(request, part, spec)
    why_locked = may_write(request, part, spec.writes)
    if why_locked:
        return say(request, part, _way(part, spec), why_locked, status=409)
    try:
        asked = _asked(request)
        given = pasted(spec, part, asked.text, asked.anchor, asked.unit)
        shown = plan(part, [given], asked.unit)
        return show_plan(request, part, _way(part, spec), shown, asked.unit)
    except (Malformed, NothingPasted, TooLarge) as error:
        return say(request, part, _way(part, spec), str(error))


@never_cache
@require_POST
def confirm(request: HttpRequest, code: str, year: int, sheet: str) -> HttpResponse:
    """Save a block that was shown, all of it in one batch."""
    part = part_of(request)
    spec = spec_of(part, sheet)
    doing = act(request, part, spec.writes, uuid4(), unit_named(None), BatchKind.PASTED)

    def done(offered: Offer, answers: Sequence[Answer]) -> HttpResponse:
        words = in_words(results(answers))
        link = reverse("entry:paste", args=(part.code, part.budget.year_id, spec.code))
        told = format_html('已粘贴：{}。<a href="{}#batches">撤销</a>', words, link)
        messages.success(request, told)
        return redirect(url_of(part, spec.code))

    return confirmed(request, part, _way(part, spec), doing, done)


def _box(request: HttpRequest, part: Part, spec: SheetSpec) -> HttpResponse:
    context = {
        **frame(request, part, spec.code),
        "spec": spec,
        "columns": [column for column in spec.columns if column.is_for(part)],
        "unit": unit_chosen(request),
        "back": url_of(part, spec.code),
        "why_locked": may_write(request, part, spec.writes),
        "batches": undoable(part),
    }
    return render(request, "entry/paste.html", context)


def _asked(request: HttpRequest) -> Asked:
    """Return what is pasted, from a script or a plain form. Raises Malformed."""
    told: object = request.POST
    if request.content_type == "application/json":
        try:
            told = json.loads(request.body)
        except RequestDataTooBig as error:
            raise Malformed(TOO_LARGE) from error
        except ValueError as error:
            raise Malformed(UNREADABLE) from error
    get = getattr(told, "get", None)
    if get is None:
        raise Malformed(UNREADABLE)
    anchor = Anchor(str(get("row") or ""), str(get("field") or ""))
    return Asked(str(get("text") or ""), anchor, unit_named(get("unit")))


def _way(part: Part, spec: SheetSpec) -> Way:
    where = (part.code, part.budget.year_id, spec.code)
    return Way(
        BatchKind.PASTED,
        f"粘贴到“{spec.title}”",
        reverse("entry:paste_confirm", args=where),
        url_of(part, spec.code),
        spec.code,
    )
