"""控制数 as the department sees them: what is left, why one is exceeded, how they are split."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from budget.access.admitted import person
from budget.actions import Action
from budget.ceilings import Split, key_of, place_of, splits
from budget.entry.parts import part_of
from budget.entry.sheets import frame
from budget.load.ceilings import read_ceilings
from budget.models import Refused, UnitBudget, WrongState, require
from budget.money import YUAN
from budget.sheets.part import Part
from budget.spellings import Unreadable, amount, amount_text
from budget.terms import Round
from budget.workflow.ceilings import (
    NotExplained,
    NotSet,
    Wanted,
    explain_excess,
    split_ceilings,
    why_ceilings_stand,
)
from budget.workflow.limits import Shown, amount_seen, changes_told, shown_ceilings

WHY = "why:"


@dataclass(frozen=True, slots=True)
class SplitPart:
    """What one unit has of a split ceiling: its name in the form, what is stored, what was typed.

    ``fault`` says what is wrong with what was typed.
    """

    key: str
    unit: str
    was: str
    typed: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SplitShown:
    """One ceiling of the department and its parts."""

    label: str
    whole: str
    left: str
    over: bool
    parts: tuple[SplitPart, ...]
    fault: str = ""


@never_cache
@require_safe
def ceilings(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show the ceilings of a part, with what is used and left."""
    return _page(request, part_of(request))


@never_cache
@require_POST
def explain(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Keep why a first submission exceeds ceilings."""
    part = part_of(request)
    try:
        with transaction.atomic():  # all that was typed, or none of it
            for name, text in request.POST.items():
                place = place_of(name.removeprefix(WHY)) if name.startswith(WHY) else None
                if place is not None and str(text).strip() != request.POST.get(f"was:{name}", ""):
                    explain_excess(part.budget, place, str(text), person(request))
    except (WrongState, NotExplained) as refusal:
        status = 409 if isinstance(refusal, WrongState) else 422
        return _page(request, part, refusal=str(refusal), status=status)
    messages.success(request, "已保存说明。")
    return redirect("entry:ceilings", code, year)


@never_cache
@require_POST
def split(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Split the department's ceilings among its units."""
    part = part_of(request)
    wanted, faults = _wanted(request.POST.dict())
    refusal = ""
    if not faults:
        try:
            reason = str(request.POST.get("reason", ""))
            count = split_ceilings(part.budget, wanted, person(request), reason=reason)
        except NotSet as error:
            faults = {key_of(place): words for place, words in error.faults.items() if place}
            refusal = error.faults.get(None, "")
        except WrongState as error:
            return _page(request, part, refusal=str(error), status=409)
        else:
            messages.success(request, f"已保存{count}项分解。")
            return redirect("entry:ceilings", code, year)
    return _page(request, part, refusal=refusal, faults=faults, status=422)


def _wanted(posted: Mapping[str, str]) -> tuple[list[Wanted], dict[str, str]]:
    """Return what the form of splitting wants, and by their keys the amounts it cannot read."""
    wanted: list[Wanted] = []
    faults: dict[str, str] = {}
    for name, text in posted.items():
        key = name.removeprefix("now:")
        place = place_of(key) if name.startswith("now:") else None
        if place is None:
            continue
        try:
            now = amount(text, YUAN)
        except Unreadable as error:
            faults[key] = str(error)
            continue
        wanted.append(Wanted(*place, amount_seen(posted.get(f"was:{key}", "")), now))
    return wanted, faults


def _page(
    request: HttpRequest,
    part: Part,
    *,
    refusal: str = "",
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    unit = part.unit.code if part.unit else None
    first = part.budget.round is Round.FIRST_SUBMISSION
    shown = shown_ceilings(part.budget, unit)
    context = {
        **frame(request, part),
        "ceilings": shown,
        "first": first,
        "over": list(_to_explain(request, shown))
        if first and not _why_not(request, part, Action.SUBMIT)
        else [],
        "splits": _splits(request, part, faults or {}),
        "why_not_split": _why_not(request, part, Action.SPLIT_CEILING)
        or why_ceilings_stand(part.budget),
        "reason": request.POST.get("reason", ""),
        "refusal": refusal,
        "changes": changes_told(part.budget, part.unit),
    }
    return render(request, "entry/ceilings.html", context, status=status)


def _why_not(request: HttpRequest, part: Part, action: Action) -> str:
    """Return why the person may not do something to the whole budget now, "" where he may."""
    try:
        require(person(request), action, part.budget)
    except Refused as refusal:
        return str(refusal)
    return ""


def _to_explain(request: HttpRequest, shown: Iterable[Shown]) -> Iterator[tuple[Shown, str]]:
    """Yield the ceilings that are exceeded, with the words of their box."""
    for each in shown:
        if each.over:
            yield each, _typed(request, f"{WHY}{each.key}", each.reason)


def _typed(request: HttpRequest, name: str, stored: str) -> str:
    return str(request.POST.get(name, stored))


def _splits(request: HttpRequest, part: Part, faults: Mapping[str, str]) -> list[SplitShown]:
    """Return the department's own ceilings with their parts, where it has several units."""
    if part.unit is not None:
        return []
    units = UnitBudget.objects.filter(budget=part.budget, unit__merged=False)
    ordered = units.order_by("unit__position", "unit__code")
    names = dict(ordered.values_list("unit__code", "unit__name"))
    if len(names) < 2:
        return []
    return [
        SplitShown(
            label=each.limit.label,
            whole=amount_text(each.whole, YUAN),
            left=amount_text(abs(each.left), YUAN),
            over=each.left < 0,
            parts=tuple(_parts(request, each, names, faults)),
            fault=faults.get(key_of((None, each.limit)), ""),
        )
        for each in splits(read_ceilings(part.budget))
    ]


def _parts(
    request: HttpRequest, whole: Split, names: Mapping[str, str], faults: Mapping[str, str]
) -> Iterator[SplitPart]:
    for code, name in names.items():
        key = key_of((code, whole.limit))
        stored = whole.parts.get(code)
        was = amount_text(stored, YUAN)
        yield SplitPart(key, name, was, _typed(request, f"now:{key}", was), faults.get(key, ""))
