"""The draft beside what is typed: tables, text, charts, findings, and what is behind a figure.

Each is a page of its own, which works without a script; who asks as a script does gets only what
stands inside. An answer has an ETag of the budget's revision: an unchanged draft is answered 304.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from hashlib import sha256
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from budget.access.admitted import budget_of
from budget.actions import Action
from budget.behind import NoFigure, behind
from budget.document import Disclosure
from budget.entry.figures import HOW, listed
from budget.entry.parts import may_write, part_of
from budget.entry.sheets import frame
from budget.entry.spots import Ways
from budget.judging import Drafted, Judged, draft_version, judge_version
from budget.models import Answer, DepartmentBudget, RuleSetting
from budget.render.findings.places import place_name, place_names
from budget.render.findings.view import Item, View, view
from budget.render.grids import linked_grid
from budget.render.prose import Chapter, chapters
from budget.rules.checking import Found
from budget.rules.settings import UnreadableSetting
from budget.sheets.part import Part
from budget.terms import Severity

TEXT, CHARTS, FINDINGS = "text", "charts", "findings"
SCRIPT = "XMLHttpRequest"


@dataclass(frozen=True, slots=True)
class Tab:
    """One thing that the preview can show."""

    show: str
    title: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding with the way to the cell that is likeliest its cause ("" where there is none)."""

    item: Item
    way: str
    places: tuple[tuple[str, str], ...]
    address: str

    @property
    def wants_reason(self) -> bool:
        """True for what may stand with a reason."""
        return self.item.severity is Severity.WARNING


def _etag(request: HttpRequest, code: str, year: int) -> str:
    """Return what changes whenever the answer could.

    That is the budget with all its rows (revision), what it is printed and checked by, and the
    answers to findings.
    """
    budget = budget_of(request)
    asked = urlencode(sorted(request.GET.items()))
    told = [budget.pk, budget.revision, budget.state, budget.year.edition, budget.year.codes_on]
    told += [*_last_said(budget), code, _is_script(request), asked]
    # What somebody may answer, and the token that his form needs, are his own.
    told += [request.user.pk, sha256(request.META.get("CSRF_COOKIE", "").encode()).hexdigest()]
    return f'"{quote(" ".join(map(str, told)))}"'


def _last_said(budget: DepartmentBudget) -> tuple[int, datetime | None]:
    """Return how many settings and answers there are, and when the last came; in one query."""
    ruled = RuleSetting.objects.filter(year=budget.year_id).order_by().values_list("set_at")
    answered = Answer.objects.filter(budget=budget).order_by().values_list("answered_at")
    times = [at for (at,) in ruled.union(answered, all=True)]
    return len(times), max(filter(None, times), default=None)


@require_safe
@vary_on_headers("X-Requested-With")
@condition(etag_func=_etag)
def preview(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show one thing of a part's draft."""
    part = part_of(request)
    shown = request.GET.get("show", "")
    if shown == FINDINGS:
        return _findings(request, part)
    drafted = draft_version(part.budget, _unit(part))
    codes = [table.code for table in drafted.document.tables]
    shown = shown or codes[0]
    link = partial(_way_behind, part)
    context: dict[str, object] = {}
    if shown == TEXT:
        context["chapters"] = [each for each in _chapters(drafted, link) if each.passages]
    elif shown == CHARTS:
        context["blocks"] = [
            block
            for chapter in _chapters(drafted, link)
            for passage in chapter.passages
            for block in passage.blocks
            if block.chart
        ]
    elif shown in codes:
        context["grid"] = linked_grid(drafted.document.tables_by_code[shown], link, rank=2)
    else:
        raise Http404(f"草稿中没有“{shown}”")
    return _answer(request, part, drafted.document, shown, context)


@require_safe
@vary_on_headers("X-Requested-With")
@condition(etag_func=_etag)
def figure(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show what is behind one figure, and the way to the cells where it was typed."""
    part = part_of(request)
    drafted = draft_version(part.budget, _unit(part))
    document, book = drafted.document, drafted.book
    try:
        found = behind(request.GET.get("figure", ""), document, book)
    except NoFigure as error:
        raise Http404(str(error)) from error
    ways = Ways(part.budget, drafted)
    now = listed(f"{book.year}年", found.origins, found, book, ways.to_origin)
    before = listed(f"{book.year - 1}年", found.before, found, book, ways.to_origin)
    context = {
        "found": found,
        "how": HOW[found.quantity],
        "several": len(book.units) > 1,
        "name": place_name(found.address, place_names(document), document),
        "lists": [each for each in (now, before) if each.rows],
        "way": "" if found.origins else ways.to_address(found.address),
        "back": f"{_preview(part)}?show={_shown_in(found.address, document)}#{found.address}",
    }
    return render(request, _template(request, "entry/behind"), {**frame(request, part), **context})


def _findings(request: HttpRequest, part: Part) -> HttpResponse:
    try:
        judged = judge_version(part.budget, _unit(part))
    except UnreadableSetting as error:
        context: dict[str, object] = {"unreadable": str(error)}
        document = draft_version(part.budget, _unit(part)).document
        return _answer(request, part, document, FINDINGS, context)
    told = view(judged.report, judged.document, judged.answers)
    context = {
        "told": told,
        "groups": _groups(part, judged, told),
        "may_answer": not may_write(request, part, Action.EDIT_TEXTS),
    }
    return _answer(request, part, judged.document, FINDINGS, context)


def _groups(part: Part, judged: Judged, told: View) -> list[tuple[Severity, list[Shown]]]:
    ways = Ways(part.budget, judged.drafted)
    found = {
        severity: iter(judged.report.of(severity))
        for severity in (group.severity for group in told.groups)
    }
    return [
        (
            group.severity,
            [_shown(part, judged, item, next(found[group.severity]), ways) for item in group.items],
        )
        for group in told.groups
    ]


def _shown(part: Part, judged: Judged, item: Item, found: Found, ways: Ways) -> Shown:
    places = tuple(
        (place.name, _way_to(part, place.address, place.anchor, judged.document))
        for place in item.places
    )
    where = found.finding.where
    return Shown(item, ways.to_finding(found.finding), places, where[0] if where else "")


def _chapters(drafted: Drafted, link: Callable[[str], str]) -> tuple[Chapter[str], ...]:
    return chapters(drafted.document, lambda table: table.code, link)


def _answer(
    request: HttpRequest, part: Part, document: Disclosure, shown: str, context: dict[str, object]
) -> HttpResponse:
    tabs = [
        *(Tab(FINDINGS, "核对", False), Tab(TEXT, "文字说明", False), Tab(CHARTS, "图", False)),
        *(Tab(table.code, f"{table.number} {table.name}", False) for table in document.tables),
    ]
    context = {
        **frame(request, part),
        "tabs": [Tab(each.show, each.title, each.show == shown) for each in tabs],
        "shown": shown,
        "preview": _preview(part),
        **context,
    }
    return render(request, _template(request, "entry/preview"), context)


def _template(request: HttpRequest, name: str) -> str:
    return f"{name}_pane.html" if _is_script(request) else f"{name}.html"


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == SCRIPT


def _unit(part: Part) -> str | None:
    return None if part.unit is None else part.unit.code


def _preview(part: Part) -> str:
    return reverse("entry:preview", args=(part.code, part.budget.year_id))


def _way_behind(part: Part, address: str) -> str:
    way = reverse("entry:behind", args=(part.code, part.budget.year_id))
    return f"{way}?{urlencode({'figure': address})}"


def _way_to(part: Part, address: str, anchor: str, document: Disclosure) -> str:
    """Return the way to a place on the page of the draft that shows it, "" where none does."""
    return f"{_preview(part)}?show={_shown_in(address, document)}#{anchor}" if anchor else ""


def _shown_in(address: str, document: Disclosure) -> str:
    """Return what shows a place: its table, or the text."""
    table = address.split("/")[0]
    return table if table in document.tables_by_code else TEXT
