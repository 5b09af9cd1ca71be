"""Pages of 控制数: the departments of a year, one department's ceilings, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budget.access.admitted import person
from budget.actions import Action
from budget.bureau.ceiling_forms import (
    BLANK_LINES,
    Line,
    sent_lines,
    stored_lines,
    wanted,
    with_faults,
)
from budget.bureau.ceiling_rows import BadOffer, Moved, Planned, planned, signed, take_in, unsigned
from budget.bureau.ceiling_tables import COLUMNS, Row, UnreadableRows, pasted, rows_of
from budget.bureau.years import found_year
from budget.ceilings import KINDS, SOURCES, Standing, key_of
from budget.load.ceilings import read_standings
from budget.load.finding import find_budget, how_late
from budget.models import (
    BudgetYear,
    DepartmentBudget,
    Refused,
    WrongState,
    require,
)
from budget.money import YUAN, MoneyUnit
from budget.resources.formats import UnreadableTable
from budget.resources.taking_in import read
from budget.spellings import amount_text
from budget.terms import CeilingKind, Source
from budget.workflow.ceilings import (
    NotSet,
    excess_reasons,
    set_ceilings,
    why_ceilings_stand,
)
from budget.workflow.holding import unit_names
from budget.workflow.limits import changes_told


@require_safe
def ceilings(request: HttpRequest, year: int) -> HttpResponse:
    """List the departments of a year with what they were given."""
    found = found_year(year)
    rows = DepartmentBudget.objects.filter(year=found).select_related("department")
    counted = sorted(rows.annotate(count=Count("ceilings")), key=how_late)
    latest = {each.department_id: each for each in counted}
    context = {"year": found, "rows": [latest[code] for code in sorted(latest)]}
    return render(request, "bureau/ceilings.html", context)


@require_http_methods(["GET", "POST"])
def department_ceilings(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show and set the ceilings of one department."""
    budget = _budget(year, code)
    if request.method == "GET":
        return _page(request, budget)
    lines = list(sent_lines(request.POST))
    reason = str(request.POST.get("reason", ""))
    asked, faults = wanted(lines)
    if faults:
        return _page(request, budget, sent=with_faults(lines, faults), reason=reason)
    try:
        count = set_ceilings(budget, asked, person(request), reason=reason)
    except NotSet as refusal:
        by_key = {key_of(place): words for place, words in refusal.faults.items() if place}
        told = {each.key: by_key.get(key_of(each.place), "") for each in lines}
        words = refusal.faults.get(None, "")
        words = f"{words}。" if words else ""
        return _page(request, budget, sent=with_faults(lines, told), reason=reason, refusal=words)
    except WrongState as refusal:
        return _page(request, budget, sent=lines, reason=reason, refusal=str(refusal), status=409)
    messages.success(request, f"已保存{count}项控制数。")
    return redirect("bureau:department_ceilings", year, code)


def _budget(year: int, code: str) -> DepartmentBudget:
    """Return the latest budget of a department. Raises Http404."""
    try:
        return find_budget(code[:3], year)
    except LookupError as error:
        raise Http404(str(error)) from error


def _page(
    request: HttpRequest,
    budget: DepartmentBudget,
    *,
    sent: Sequence[Line] | None = None,
    reason: str = "",
    refusal: str = "",
    status: int = 422,
) -> HttpResponse:
    found = read_standings(budget)
    stand = {key_of(each.ceiling.place): each for each in found}
    lines = list(stored_lines(each.ceiling for each in found)) if sent is None else list(sent)
    names = unit_names(budget)
    reasons = excess_reasons(budget)
    context = {
        "year": budget.year,
        "budget": budget,
        "why_locked": _why_locked(request, budget),
        "rows": [
            (each, names.get(each.unit, ""), _term(each), _told(stand.get(each.key)))
            for each in lines
            if not each.key.startswith("new:")
        ],
        "blank": _blank(lines),
        "units": names,
        "sources": SOURCES,
        "kinds": KINDS,
        "reason": reason,
        "refusal": refusal,
        "faults": [each for each in lines if each.fault],
        "explained": [
            (names.get(unit or "", "本部门"), limit.label, each)
            for (unit, limit), each in reasons.items()
        ],
        "changes": changes_told(budget),
    }
    answer = 200 if sent is None and not refusal else status
    return render(request, "bureau/department_ceilings.html", context, status=answer)


def _term(line: Line) -> tuple[Source, CeilingKind]:
    return SOURCES[line.source], KINDS[line.kind]


def _told(standing: Standing | None) -> dict[str, object]:
    if standing is None:
        return {}
    return {
        "used": amount_text(standing.used, YUAN),
        "left": amount_text(standing.left, YUAN),
        "over": bool(standing.excess),
    }


def _blank(lines: Iterable[Line]) -> list[Line]:
    """Return the lines to add to, those that were sent with what was typed."""
    sent = {each.key: each for each in lines}
    keys = (f"new:{number}" for number in range(1, BLANK_LINES + 1))
    return [sent.get(key, Line(key=key)) for key in keys]


def _why_locked(request: HttpRequest, budget: DepartmentBudget) -> str:
    try:
        require(person(request), Action.SET_CEILING, budget)
    except Refused as refusal:
        return str(refusal)
    return why_ceilings_stand(budget)


# ---- many at once


@require_http_methods(["GET", "POST"])
def import_ceilings(request: HttpRequest, year: int) -> HttpResponse:
    """Take a pasted block or a file, and show what it would do."""
    found = found_year(year)
    if request.method == "GET":
        return _import_page(request, found)
    try:
        rows, unit = _came_in(request)
        told = planned(found, rows, unit, person(request))
        return _planned_page(request, found, rows, told)
    except (UnreadableRows, UnreadableTable) as error:
        return _import_page(request, found, fault=f"{error}。", status=422)


def _came_in(request: HttpRequest) -> tuple[tuple[Row, ...], MoneyUnit]:
    """Return the rows of the file, where there is one, or of the pasted block."""
    file = request.FILES.get("file")
    if file is None:
        return pasted(str(request.POST.get("text", "")))
    dataset = read(file.name or "", file.read())
    return rows_of([dataset.headers or [], *dataset])


def _import_page(
    request: HttpRequest, year: BudgetYear, *, fault: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "year": year,
        "columns": COLUMNS,
        "sources": list(Source),
        "kinds": list(CeilingKind),
        "text": request.POST.get("text", ""),
        "fault": fault,
    }
    return render(request, "bureau/import_ceilings.html", context, status=status)


def _planned_page(
    request: HttpRequest,
    year: BudgetYear,
    rows: Sequence[Row],
    told: Planned,
    *,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "year": year,
        "columns": COLUMNS,
        "planned": told,
        "count": sum(map(len, told.wanted.values())),
        "offer": signed(year.year, person(request), rows, told),
        "reason": request.POST.get("reason", ""),
        "fault": fault,
    }
    return render(request, "bureau/planned_ceilings.html", context, status=status)


@require_POST
def confirm_ceilings(request: HttpRequest, year: int) -> HttpResponse:
    """Set what was shown, where it still is what it was."""
    found, by = found_year(year), person(request)
    try:
        rows, unit, digest = unsigned(str(request.POST.get("offer", "")), year, by)
    except BadOffer as error:
        return _import_page(request, found, fault=f"{error}。", status=422)
    reason = str(request.POST.get("reason", ""))
    try:
        count = take_in(found, rows, unit, digest, by, reason)
    except Moved as moved:
        return _planned_page(request, found, rows, moved.planned, fault=str(moved), status=409)
    except NotSet as refusal:
        told = planned(found, rows, unit, by)
        return _planned_page(request, found, rows, told, fault=str(refusal), status=422)
    messages.success(request, f"已导入{count}项控制数。")
    return redirect("bureau:ceilings", year)
