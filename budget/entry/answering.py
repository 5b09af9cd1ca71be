"""Why a warning may stand, written beside it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from budget.access.admitted import person
from budget.actions import Action
from budget.answering import NoSuchFinding, answer
from budget.entry.parts import part_of
from budget.models import DepartmentBudget, require
from budget.sheets.part import Part


@never_cache
@require_POST
def answered(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Keep the reason for one finding, and go back to the findings."""
    part = part_of(request)
    try:
        answer(
            part.budget,
            part.unit,
            rule=request.POST.get("rule", ""),
            address=request.POST.get("address", ""),
            reason=request.POST.get("reason", ""),
            by=person(request),
            guard=partial(_asks_again, request, part),
        )
    except NoSuchFinding as error:
        messages.error(request, f"没有保存：{error}。")
    else:
        messages.success(request, "已保存理由。")
    findings = reverse("entry:preview", args=(part.code, part.budget.year_id))
    return redirect(f"{findings}?show=findings")


def _asks_again(request: HttpRequest, part: Part, budget: DepartmentBudget) -> None:
    require(person(request), Action.EDIT_TEXTS, budget, part.unit)
