"""What pasting and the workbook share: showing a plan, and doing it once it is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from budget.access.admitted import person
from budget.entry.plan_pages import ALL_MINE, MINE, shown
from budget.entry.sheets import frame
from budget.money import MoneyUnit
from budget.sheets.changes import NEW, Answer, Outcome
from budget.sheets.changing import Act
from budget.sheets.offers import BadOffer, Moved, Offer, TooLarge, confirm, offer, unsigned
from budget.sheets.part import Part
from budget.sheets.planning import Mine, plan
from budget.sheets.plans import Plan, Verdict
from budget.sheets.spec import SHEETS
from budget.terms import BatchKind

Done = Callable[[Offer, Sequence[Answer]], HttpResponse]


@dataclass(frozen=True, slots=True)
class Way:
    """Where a plan is confirmed, where one goes back to, and what all of it is called."""

    kind: BatchKind
    title: str
    confirm: str
    back: str
    here: str = ""


def wants_fragment(request: HttpRequest) -> bool:
    """True where a script asks for a part of a page."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def show_plan(
    request: HttpRequest,
    part: Part,
    way: Way,
    what: Plan,
    unit: MoneyUnit,
    *,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show a plan with what confirming it needs. Raises TooLarge."""
    carried = offer(part, person(request).pk, way.kind, unit, what).signed()
    context = {
        **frame(request, part, way.here),
        "way": way,
        "shown": shown(what, part, unit),
        "money": unit.label,
        "offer": carried,
        "note": note,
        "is_fragment": wants_fragment(request),
    }
    template = "entry/plan.html" if wants_fragment(request) else "entry/plan_page.html"
    return render(request, template, context, status=status)


def say(request: HttpRequest, part: Part, way: Way, words: str, status: int = 422) -> HttpResponse:
    """Say why nothing can be planned or done."""
    context = {**frame(request, part, way.here), "way": way, "note": words}
    template = "entry/refusal.html" if wants_fragment(request) else "entry/refusal_page.html"
    return render(request, template, context, status=status)


def confirmed(request: HttpRequest, part: Part, way: Way, act: Act, done: Done) -> HttpResponse:
    """Do what was shown; show it again where it is not the same any more."""
    try:
        offered = unsigned(request.POST.get("offer", ""), part, person(request).pk)
    except BadOffer as error:
        return say(request, part, way, str(error))
    try:
        answers = confirm(part, offered, act, _mine(request, part, offered))
    except Moved as moved:
        try:
            return show_plan(
                request, part, way, moved.plan, offered.unit, note=str(moved), status=409
            )
        except TooLarge as error:
            return say(request, part, way, str(error))
    return done(offered, answers)


def _mine(request: HttpRequest, part: Part, offered: Offer) -> Mine:
    """Return the conflicts in which the incoming text is wanted."""
    marked = request.POST.getlist(MINE)
    if ALL_MINE in marked:
        return _all_of(offered, part)
    chosen = (value.split("|", 2) for value in marked)
    return [(each[0], each[1], each[2]) for each in chosen if len(each) == 3]


def _all_of(offered: Offer, part: Part) -> Mine:
    now = plan(part, offered.given, offered.unit)
    return [
        (sheet.spec.code, row.key, cell.field)
        for sheet in now.sheets
        for row in sheet.rows
        for cell in row.cells
        if cell.verdict is Verdict.CONFLICT
    ]


@dataclass(frozen=True, slots=True)
class Result:
    """What was done to one sheet."""

    title: str
    added: int
    cells: int
    removed: int


def results(answers: Sequence[Answer]) -> list[Result]:
    """Return what was done, sheet by sheet."""
    by_sheet: dict[str, list[Answer]] = {}
    for answer in answers:
        by_sheet.setdefault(answer.sheet, []).append(answer)
    return [_result(sheet, each) for sheet, each in by_sheet.items()]


def _result(sheet: str, answers: Sequence[Answer]) -> Result:
    saved = [cell for each in answers for cell in each.cells if cell.outcome is Outcome.SAVED]
    added = {key for each in answers for key in each.rows if key.startswith(NEW)}
    changed = {(cell.row, cell.field) for cell in saved if cell.field and cell.row not in added}
    removed = {cell.row for cell in saved if not cell.field}
    return Result(SHEETS[sheet].title, len(added), len(changed), len(removed))


def in_words(done: Sequence[Result]) -> str:
    """Return what was done as one phrase: 新增2行，改动3处."""
    added = sum(each.added for each in done)
    cells = sum(each.cells for each in done)
    removed = sum(each.removed for each in done)
    told = [(f"新增{added}行", added), (f"改动{cells}处", cells), (f"删除{removed}行", removed)]
    return "，".join(words for words, count in told if count) or "没有改动"
