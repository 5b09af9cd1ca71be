"""Signing wants the password again: what was typed waits meanwhile, and is there on the return.

allauth's own resuming is not used: it would call the view past the gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from budget.flow.forms import typed
from budget.models import DepartmentBudget
from budget.workflow.steps import STEPS, Step

KEPT: Final = "step_kept"
"""Where in the session it is kept what was typed into a step's form."""


def show_that_it_is_he(request: HttpRequest, step: Step, back: str) -> HttpResponse:
    """Send to the page that asks for the password, from which he returns to the step.

    The revision that he has read is kept as well: a change in between is not signed unseen.
    """
    names = ("revision", *(asked.value for asked in step.asks))
    data = {name: request.POST.get(name, "") for name in names}
    request.session[KEPT] = {"path": back, "action": step.action.value, "data": data}
    there = {"next": f"{back}#step-{step.action.value}"}
    return redirect(f"{reverse('account_reauthenticate')}?{urlencode(there)}")


def kept_meanwhile(request: HttpRequest) -> dict[str, Mapping[str, Any]]:
    """Return once what was typed for a step of this page, by its action's word; {} for nothing."""
    kept = request.session.pop(KEPT, {})
    return {kept["action"]: kept["data"]} if kept.get("path") == request.path else {}


def too_late(
    budget: DepartmentBudget, word: str, data: Mapping[str, Any]
) -> tuple[str, list[tuple[str, str]]]:
    """Return why what was confirmed cannot be done any more, and what was typed for it."""
    step = next(step for step in STEPS if step.action.value == word)
    did, state = step.action.label, budget.state.label
    return f"身份已确认，但没有办理：预算现在处于“{state}”，不能“{did}”。", typed(step, data)
