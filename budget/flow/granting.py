"""核定数 beside 申报数, sheet by sheet: seen by both sides, set by whose turn it is to review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from budget.access.admitted import budget_of, person, unit_budget_of
from budget.actions import Action
from budget.flow.amount_rows import Row, grouped, rows
from budget.load.granting import WITH_DEPARTMENT
from budget.models import (
    GrantChange,
    GrantedAmount,
    Refused,
    WrongState,
    require,
)
from budget.money import YUAN
from budget.spellings import Unreadable, amount, amount_text
from budget.workflow.granted import Place
from budget.workflow.granting import NotGranted, Wanted, grant
from budget.workflow.holding import not_closed
from budget.workflow.refusals import NotReady, OwnWork

MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Change:
    """One change of what was granted, in words."""

    stored: GrantChange
    words: str
    requested: str
    before: str
    after: str


@never_cache
@require_http_methods(["GET", "POST"])
def amounts(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show what is asked for and what stands; grant other amounts."""
    if request.method == "GET":
        return _page(request)
    there = list(rows(budget_of(request), unit_budget_of(request)))
    wanted, typed, faults = _asked_of(there, request.POST)
    refusal, status = "", 422
    if not faults:
        try:
            count = grant(budget_of(request), wanted, person(request))
        except NotGranted as error:
            faults = error.faults
        except (WrongState, OwnWork, NotReady) as error:
            refusal, status = str(error), 403 if isinstance(error, OwnWork) else 409
        else:
            messages.success(request, f"已核定{count}笔。" if count else "没有改动。")
            return redirect("flow:amounts", code, year)
    told = (typed.get(each.place, each) for each in there)
    shown = [replace(each, fault=faults.get(each.place, "")) for each in told]
    return _page(request, typed=shown, refusal=refusal, status=status)


def _asked_of(
    there: Iterable[Row], posted: QueryDict
) -> tuple[list[Wanted], dict[Place, Row], Mapping[Place, str]]:
    """Return what the form wants granted, the rows as they were typed, and what is unreadable."""
    wanted: list[Wanted] = []
    typed: dict[Place, Row] = {}
    faults: dict[Place, str] = {}
    for row in there:
        if f"now:{row.key}" not in posted:
            continue
        now = str(posted[f"now:{row.key}"]).strip()
        reason = str(posted.get(f"why:{row.key}", "")).strip()
        typed[row.place] = replace(row, typed=now, reason=reason)
        seen = str(posted.get(f"was:{row.key}", ""))
        if now == seen and reason == str(posted.get(f"said:{row.key}", "")):
            continue
        try:
            read = amount(now, YUAN)
            requested = amount(str(posted.get(f"asked:{row.key}", "")), YUAN)
            was = amount(seen, YUAN)
        except Unreadable as error:
            faults[row.place] = str(error)
            continue
        if read is None and was is None:
            faults[row.place] = "写了理由，没有写核定数"
        elif requested is None:
            faults[row.place] = "没有看过的申报数，请刷新页面后核定"
        else:
            what = str(posted.get(f"what:{row.key}", row.what))
            wanted.append(Wanted(row.place, requested, was, read, reason, what))
    return wanted, typed, faults


def _page(
    request: HttpRequest,
    *,
    typed: Iterable[Row] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    budget, part = budget_of(request), unit_budget_of(request)
    shown = list(rows(budget, part) if typed is None else typed)
    known = {each.place for each in shown}
    changes = GrantChange.objects.filter(budget=budget).select_related("unit", "by__account")
    gone = GrantedAmount.objects.filter(budget=budget).select_related("unit")
    if part is not None:
        changes, gone = changes.filter(unit=part.unit), gone.filter(unit=part.unit)
    names = {(*each.place, each.what): each.words for each in shown}
    context = {
        "budget": budget,
        "code": request.resolver_match.kwargs["code"] if request.resolver_match else "",
        "year": budget.year_id,
        "groups": list(grouped(budget, shown)),
        "counts": budget.state not in WITH_DEPARTMENT,
        "locked": _why_locked(request),
        "faults": [each for each in shown if each.fault],
        "refusal": refusal,
        "gone": [each for each in gone if (each.unit_id, each.row) not in known],
        "changes": [
            Change(
                each,
                names.get((each.unit_id, each.row, each.what), "（已不在预算中，或已改作他用）"),
                amount_text(each.requested, YUAN),
                amount_text(each.before, YUAN) or "（未核定）",
                amount_text(each.after, YUAN) or "（撤销）",
            )
            for each in changes[:MOST_CHANGES]
        ],
    }
    return render(request, "flow/amounts.html", context, status=status)


def _why_locked(request: HttpRequest) -> str:
    try:
        require(person(request), Action.GRANT_AMOUNT, budget_of(request))
    except Refused as refusal:
        return str(refusal)
    return "；".join(not_closed(budget_of(request)))
