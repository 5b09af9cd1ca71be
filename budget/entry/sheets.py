"""One sheet: its page, saved as a plain form or cell by cell, and the codes that it offers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budget.access.admitted import person
from budget.access.answers import said
from budget.entry.cells import Said
from budget.entry.forms import batch_id, from_form, from_json
from budget.entry.grids import Told, grid
from budget.entry.parts import (
    act,
    links,
    may_write,
    part_of,
    spec_of,
    unit_chosen,
    unit_named,
    url_of,
)
from budget.entry.texts import passages
from budget.sheets.changes import NEW, Answer, Change, Malformed, Outcome, Wanted
from budget.sheets.changing import ReusedBatch, apply
from budget.sheets.codes import SCHEMES
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec
from budget.sheets.stores import plans_money
from budget.workflow.limits import Shown, shown_ceilings


def _texts(spec: SheetSpec, part: Part, locked: bool, told: Told) -> dict[str, object]:
    shown, left_over = passages(spec, part, locked=locked, told=told)
    return {"passages": shown, "left_over": left_over}


OWN_PAGES = {"texts": _texts}
"""What the templates of sheets that look like no table need besides."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, code: str, year: int, sheet: str) -> HttpResponse:
    """Show a sheet; take it as a plain form."""
    part = part_of(request)
    spec = spec_of(part, sheet)
    if request.method == "POST":
        return _sent(request, part, spec)
    return _page(request, part, spec)


@never_cache
@require_POST
def save(request: HttpRequest, code: str, year: int, sheet: str) -> HttpResponse:
    """Save a batch of cells and answer for each."""
    part = part_of(request)
    spec = spec_of(part, sheet)
    try:
        batch, unit, wanted = from_json(request.body)
        answer = apply(part, spec, wanted, act(request, part, spec.writes, batch, unit_named(unit)))
    except Malformed as error:
        return said(422, str(error))
    except ReusedBatch as error:
        return said(409, str(error))
    return JsonResponse({**answer.as_json(), **_ceilings_told(part, spec, unit)})


def _ceilings_told(part: Part, spec: SheetSpec, unit: object) -> dict[str, object]:
    """Return what is left of the ceilings after an act of saving, where a sheet plans money."""
    shown = _ceilings(part, spec, unit)
    return {"ceilings": [each.as_json() for each in shown]} if shown else {}


def _ceilings(part: Part, spec: SheetSpec, unit: object) -> list[Shown]:
    """Return the ceilings that bind a part, on the sheets whose rows use them."""
    if not plans_money(spec):
        return []
    code = part.unit.code if part.unit else None
    return shown_ceilings(part.budget, code, unit_named(unit))


@never_cache
@require_GET
def codes(request: HttpRequest, code: str, year: int, scheme: str) -> HttpResponse:
    """Send the codes that a cell may choose among."""
    known = {each.value.replace("_", "-"): each for each in SCHEMES}
    if scheme not in known:
        raise Http404(f"没有名为 {scheme} 的科目分类")
    found = part_of(request).codes(known[scheme])
    return JsonResponse(list(found.choices()), safe=False)


def _sent(request: HttpRequest, part: Part, spec: SheetSpec) -> HttpResponse:
    """Save what a plain form changed; show again, with what was typed, what could not be saved."""
    unit = unit_named(request.POST.get("unit"))
    try:
        wanted = from_form(spec, part, request.POST)
        batch = batch_id(request.POST.get("batch"))
        answer = apply(part, spec, wanted, act(request, part, spec.writes, batch, unit))
    except (Malformed, ReusedBatch) as error:
        return _page(request, part, spec, notes=(str(error),), status=422)
    told = _told(answer, wanted)
    if told:
        return _page(request, part_of(request), spec, told=told, status=422)
    saved = answer.count(Outcome.SAVED)
    messages.success(request, f"已保存{saved}处改动。" if saved else "没有改动。")
    return redirect(url_of(part, spec.code))


def _told(answer: Answer, wanted: Iterable[Wanted]) -> Told:
    """Return what to say at cells that were not saved, with the texts that were typed there."""
    typed = {(each.row, each.field): each.now for each in wanted if isinstance(each, Change)}
    return {
        (cell.row, cell.field): Said(
            typed.get((cell.row, cell.field), ""),
            cell.message or f"{cell.by or '他人'}已改动这一处，请核对后再保存。",
            cell.theirs,
        )
        for cell in answer.cells
        if cell.outcome in (Outcome.REFUSED, Outcome.CONFLICT)
    }


def _page(
    request: HttpRequest,
    part: Part,
    spec: SheetSpec,
    *,
    told: Told | None = None,
    notes: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    unit, told = unit_chosen(request), told or {}
    why_locked = may_write(request, part, spec.writes)
    begun = sorted({row for row, _ in told if row.startswith(NEW)})
    shown = grid(spec, part, unit_named(unit), locked=bool(why_locked), told=told, begun=begun)
    rows = {row.key for row in shown.rows} | {row.key for row in shown.blank}
    loose = [each.message for (row, name), each in told.items() if not name or row not in rows]
    context = {
        **frame(request, part, spec.code),
        "grid": shown,
        "spec": spec,
        "unit": unit,
        "why_locked": why_locked,
        "batch": uuid4(),
        "notes": [*notes, *loose],
        "save": reverse("entry:save", args=(part.code, part.budget.year_id, spec.code)),
        "paste": reverse("entry:paste", args=(part.code, part.budget.year_id, spec.code)),
    }
    context["ceilings"] = _ceilings(part, spec, unit)
    if spec.beside is not None:
        context |= spec.beside(part, spec.store.read(part))
    if spec.code in OWN_PAGES:
        context |= OWN_PAGES[spec.code](spec, part, bool(why_locked), told)
    return render(request, spec.template, context, status=status)


def frame(request: HttpRequest, part: Part, here: str = "") -> dict[str, object]:
    """Return what every page of a part shows around its content."""
    return {
        "part": part,
        "budget": part.budget,
        "links": links(part, here),
        "year": part.budget.year_id,
        "code": part.code,
        "user_key": person(request).pk,
        "revision": part.budget.revision,
    }
