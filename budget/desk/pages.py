"""One budget for review: what changed, tables, text, and beside them findings and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import budget_of, may, unit_code
from budget.actions import Action
from budget.book import UnknownUnit
from budget.canonical import Inputs
from budget.desk.bases import Basis, bases, chosen, seen
from budget.desk.changes import Changes, changes
from budget.desk.ways import TEXT, Ways
from budget.judging import Drafted, draft_version, judge_version
from budget.render.findings.view import view
from budget.render.grids import linked_grid
from budget.render.prose import chapters
from budget.rules.settings import UnreadableSetting
from budget.workflow.limits import shown_ceilings

CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Tab:
    """One thing that the page can show."""

    show: str
    title: str


@never_cache
@require_safe
def budget(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show one budget, or one unit's part of it, for review; without ``show`` what changed."""
    shown = str(request.GET.get("show", CHANGES))
    drafted, findings = _drafted(request)
    document = drafted.document
    tabs = [Tab(CHANGES, "变动"), Tab(TEXT, "文字说明")]
    tabs += [Tab(table.code, f"{table.number} {table.name}") for table in document.tables]
    if shown not in {each.show for each in tabs}:
        raise Http404(f"没有名为“{shown}”的内容")
    context = {
        "budget": budget_of(request),
        "code": code,
        "year": year,
        "name": drafted.book.name,
        "tabs": tabs,
        "shown": shown,
        "ceilings": shown_ceilings(budget_of(request), unit_code(request), book=drafted.whole.book),
        "units_page": unit_code(request) is None and len(drafted.book.budget_units) > 1,
        **findings,
        **_content(request, shown, drafted),
    }
    return render(request, "desk/budget.html", context)


def _content(request: HttpRequest, shown: str, drafted: Drafted) -> dict[str, object]:
    link = partial(_behind, request)
    if shown == CHANGES:
        return _changed(request, drafted)
    if shown == TEXT:
        told = chapters(drafted.document, lambda table: table.code, link)
        return {"chapters": [each for each in told if each.passages]}
    return {"grid": linked_grid(drafted.document.tables_by_code[shown], link, rank=2)}


def _changed(request: HttpRequest, drafted: Drafted) -> dict[str, object]:
    """Return what changed since the basis that was asked for. Raises Http404 for none such."""
    stored, unit = budget_of(request), unit_code(request)
    known = bases(stored)
    whole, edition = drafted.whole, stored.year.edition
    now = Inputs(book=whole.book, remarks=whole.remarks, edition=edition)
    word = str(request.GET.get("since", ""))
    basis = chosen(known, word, now)
    if word and basis is None:
        raise Http404("没有这个可以比较的版本")
    found: dict[str, object] = {"bases": known, "basis": basis}
    if basis is None:
        return found
    ways = Ways(stored, drafted)
    try:
        return {**found, "changes": _since(basis, unit, now, ways)}
    except UnknownUnit:
        return {**found, "joined": True}


def _since(basis: Basis, unit: str | None, now: Inputs, ways: Ways) -> Changes:
    return changes(basis, unit, seen(now, unit), ways)


def _drafted(request: HttpRequest) -> tuple[Drafted, dict[str, object]]:
    """Return the draft; for those who may ask for them with the findings, or why there are none."""
    budget, unit = budget_of(request), unit_code(request)
    if not may(request, Action.VALIDATE):
        return draft_version(budget, unit), {}
    try:
        judged = judge_version(budget, unit)
    except UnreadableSetting as error:
        return draft_version(budget, unit), {"unreadable": str(error)}
    told = view(judged.report, judged.document, judged.answers, set_by=judged.settings.set_by)
    return judged.drafted, {"told": told}


def _behind(request: HttpRequest, address: str) -> str:
    match = request.resolver_match
    assert match is not None
    way = reverse("entry:behind", args=(match.kwargs["code"], match.kwargs["year"]))
    return f"{way}?{urlencode({'figure': address})}"
