"""Marking a unit's part as entered, by its accountant; taking it in or handing it back, above."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from budget.access.admitted import person
from budget.actions import Action
from budget.entry.parts import part_of
from budget.models import DepartmentBudget, require
from budget.sheets.completing import NotComplete, complete, reopen
from budget.sheets.part import Part
from budget.sheets.verdicts import NoReason, hand_back, take_in


@never_cache
@require_POST
def completed(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Mark a unit's part as entered, or (``complete=0``) as not."""
    part = _of_unit(request)
    guard = partial(_asks_again, request, part, Action.COMPLETE_UNIT)
    if request.POST.get("complete") == "0":
        reopen(part, by=person(request), guard=guard)
        messages.success(request, "已取消填报完成，可以继续填报。")
        return _back(part)
    try:
        complete(part, by=person(request), guard=guard)
    except NotComplete as error:
        messages.error(request, f"{error}。")
        return _back(part)
    messages.success(request, "已标明本单位填报完成。")
    return _back(part)


@never_cache
@require_POST
def returned(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Hand a unit's part back to its accountant, with the reason."""
    part = _of_unit(request)
    guard = partial(_asks_again, request, part, Action.RETURN_UNIT)
    try:
        hand_back(part, request.POST.get("reason", ""), by=person(request), guard=guard)
    except NoReason as error:
        messages.error(request, f"没有退回{part.name}：{error}。")
        return _to_units(part)
    messages.success(request, f"已退回{part.name}继续填报。")
    return _to_units(part)


@never_cache
@require_POST
def accepted(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Take in a unit's part."""
    part = _of_unit(request)
    guard = partial(_asks_again, request, part, Action.RETURN_UNIT)
    try:
        take_in(part, by=person(request), guard=guard)
    except NotComplete as error:
        messages.error(request, f"{error}。")
        return _to_units(part)
    messages.success(request, f"已接收{part.name}的预算。")
    return _to_units(part)


def _of_unit(request: HttpRequest) -> Part:
    part = part_of(request)
    if part.unit is None:
        raise Http404("填报完成按单位标明")
    return part


def _asks_again(request: HttpRequest, part: Part, action: Action, budget: DepartmentBudget) -> None:
    require(person(request), action, budget, part.unit)


def _back(part: Part) -> HttpResponse:
    return redirect("entry:overview", part.code, part.budget.year_id)


def _to_units(part: Part) -> HttpResponse:
    """Return to the list of the department's units, where all of them wait."""
    return redirect("desk:units", part.budget.department_id, part.budget.year_id)
