"""The pages: what waits for me, where a budget stands, a step taken, points answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import budget_of, may, person, unit_budget_of, unit_code
from budget.actions import Action
from budget.flow.again import kept_meanwhile, show_that_it_is_he, too_late
from budget.flow.answers import Box, answer_all, boxes
from budget.flow.chapters import chapters
from budget.flow.deadlines import deadlines
from budget.flow.forms import StepForm, typed
from budget.flow.standing import PERSONALLY, next_hands, possible, read_now
from budget.flow.versions import (
    address_of,
    is_what_is_read,
    other_versions,
    standing_releases,
)
from budget.flow.waiting import counted, due_on, waiting_for
from budget.load.finding import find_versions
from budget.models import DepartmentBudget, Refused, UnitBudget, WrongState, require
from budget.models.permits import WrongRound
from budget.sheets.attaching import too_large
from budget.terms import Round, State
from budget.workflow.advancing import advance
from budget.workflow.limits import shown_ceilings
from budget.workflow.published import correction_of_version, corrects_texts, open_request
from budget.workflow.refusals import NotReady, OwnWork, Stale, Unfit, Unsaid
from budget.workflow.steps import STEPS, Asked, Step, step_for

MOVED = "有的问题刚刚由他人答复过，您的答复没有保存：请看过再写。"

STATUS: Mapping[type[Refused], int] = {
    WrongState: 409,
    WrongRound: 409,
    Stale: 409,
    OwnWork: 403,
    NotReady: 422,
    Unsaid: 422,
    Unfit: 422,
}


@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """List what waits for the person."""
    waiting = waiting_for(person(request), timezone.localdate())
    context = {"waiting": waiting, "counted": counted(waiting), "at_desk": True}
    return render(request, "flow/desk.html", context)


@never_cache
@require_safe
def way(
    request: HttpRequest,
    code: str,
    year: int,
    version: int | None = None,
    round_: Round | None = None,
) -> HttpResponse:
    """Show where a budget stands, its steps for this person, and its way so far.

    Without a ``version`` it is the latest that he may see. ``check`` names a step for which the
    rules are asked, which takes a moment.
    """
    turn_to(request, version, round_)
    return _page(
        request, checked=str(request.GET.get("check", "")), confirmed=kept_meanwhile(request)
    )


@never_cache
def take(
    request: HttpRequest,
    code: str,
    year: int,
    action: str,
    version: int | None = None,
    round_: Round | None = None,
) -> HttpResponse:
    """Take a step; a refusal shows the page again with what was typed.

    Who comes without a form, from signing in again say, is led to the page.
    """
    turn_to(request, version, round_)
    here = _here(request)
    if request.method != "POST":
        return redirect(here)
    step = _step(request, action)
    form = StepForm(step, budget_of(request), request.POST, request.FILES, initial={})
    if getattr(request, "oversized", False) and Asked.SHEET in step.asks:
        form.add_error(Asked.SHEET.value, f"{too_large()}。")
    try:
        # Nobody fills in a form, or types his password, for what he may not do anyway.
        require(person(request), step.action, budget_of(request))
        if not form.is_valid():
            return _page(request, status=422, sent=form, refusal="没有办理，请看标出的各项。")
        if step.action in PERSONALLY and is_reauthentication_required(request, app=""):
            return show_that_it_is_he(request, step, here)
        revision = form.cleaned_data["revision"]
        advance(
            budget_of(request), step.action, person(request), revision=revision, said=form.said()
        )
    except (WrongState, Stale, OwnWork, NotReady, Unsaid, Unfit) as refusal:
        return _refused(request, step, refusal)
    messages.success(request, f"已办理“{step.action.label}”。")
    if step.end is State.VOID:
        return redirect("flow:desk")  # the page of the version is no more
    issued = step.end is State.PUBLISHED and step.changes_state
    return redirect(reverse("flow:files", args=(code, year)) if issued else here)


@never_cache
def answer(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Write down the answers to the points of the last return; without a form, lead to the page."""
    if request.method != "POST":
        return redirect("flow:budget", code, year)
    try:
        answered = answer_all(budget_of(request), person(request), request.POST.dict())
    except (WrongState, Unsaid) as refusal:
        status = STATUS[type(refusal)]
        lost = _answers(request.POST) if status == 409 else []
        return _page(request, status=status, refusal=str(refusal), lost=lost)
    if answered.moved:
        return _page(request, status=409, refusal=MOVED)
    if not answered.written:
        return _page(request, status=422, refusal="没有新的答复。")
    messages.success(request, f"已保存{answered.written}条答复。")
    return redirect("flow:budget", code, year)


def _step(request: HttpRequest, word: str) -> Step:
    """Return the step of an action from where the budget is, or one that it could be from.

    Raises Http404 for what is no step.
    """
    steps = [step for step in STEPS if step.action.value == word]
    if not steps:
        raise Http404(f"没有名为 {word} 的步骤")
    budget = budget_of(request)
    now = step_for(steps[0].action, budget.state, texts=corrects_texts(budget))
    return now or steps[0]


def _refused(request: HttpRequest, step: Step, refusal: Refused) -> HttpResponse:
    """Show the page as it is now, with what was typed, and why the step was not taken."""
    budget_of(request).refresh_from_db()
    status = STATUS[type(refusal)]
    if isinstance(refusal, WrongState):
        return _page(request, status=status, refusal=str(refusal), lost=typed(step, request.POST))
    data = request.POST.dict()
    if isinstance(refusal, Stale):
        # The page that is shown now is what he reads before he sends it again.
        data["revision"] = str(budget_of(request).revision)
        data["read"] = read_now(step, budget_of(request))
    checked = step.action.value if isinstance(refusal, NotReady) else ""
    words = "没有办理：还有不符合要求的地方，列在下面。" if checked else str(refusal)
    sent = StepForm(step, budget_of(request), data, initial={})
    return _page(request, status=status, refusal=words, sent=sent, checked=checked)


def turn_to(request: HttpRequest, version: int | None, round_: Round | None = None) -> None:
    """Let a page be about a version by its number instead of the latest.

    Without a round its number is one of the latest's round. The gate has asked for the latest;
    whether he may see this one is asked here. Raises Http404 where there is no such version, or the
    unit took no part in it, and OutOfSight.
    """
    if version is None:
        return
    latest = budget_of(request)
    found = get_object_or_404(
        DepartmentBudget.objects.select_related("department", "year"),
        department=latest.department_id,
        year=latest.year_id,
        round=round_ or latest.round,
        version=version,
    )
    part = unit_budget_of(request)
    if part is not None:
        parts = UnitBudget.objects.select_related("unit")
        part = get_object_or_404(parts, budget=found, unit=part.unit_id)
    require(person(request), Action.VIEW_STATUS, found, part.unit if part else None)
    told: Any = request
    told.budget, told.unit_budget, told.fell_back, told.newer = found, part, True, None


def _here(request: HttpRequest) -> str:
    """Return the address of the page about the budget, or the version, of the address."""
    assert request.resolver_match is not None
    code, budget = request.resolver_match.kwargs["code"], budget_of(request)
    if request.fell_back:  # type: ignore[attr-defined]
        return address_of(budget, code)
    return reverse("flow:budget", args=(code, budget.year_id))


def _page(
    request: HttpRequest,
    *,
    status: int = 200,
    checked: str = "",
    confirmed: dict[str, Mapping[str, Any]] | None = None,
    sent: StepForm | None = None,
    refusal: str = "",
    lost: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Answer with the page of a budget; ``lost`` was typed for a step that there is no more.

    ``confirmed`` is what was typed, by its action, before the person showed that it is he.
    """
    budget, user = budget_of(request), person(request)
    part = unit_budget_of(request)
    steps = possible(user, budget, checked=checked, typed=confirmed, sent=sent)
    begun = any(each.is_confirmed for each in steps)
    if confirmed and not begun:
        refusal, lost = too_late(budget, *confirmed.popitem())
    versions = find_versions(budget.department_id, budget.year_id)
    prefetch_related_objects([budget], "year__rounds")
    context = {
        "budget": budget,
        "code": request.resolver_match.kwargs["code"] if request.resolver_match else "",
        "year": budget.year_id,
        "here": _here(request),
        "correction": correction_of_version(budget),
        "versions": other_versions(user, budget, versions, part),
        "releases": standing_releases(budget),
        "withdrawal": open_request(budget),
        "steps": steps,
        "begun": begun,
        "next_hands": next_hands(budget),
        "due": due_on(budget),
        "deadlines": deadlines(budget),
        "boxes": _boxes(request),
        "may_answer": may(request, Action.SUBMIT, whole=True),
        "chapters": chapters(user, budget, versions, part.unit if part else None),
        "sees": may(request, Action.VIEW),
        "is_read": is_what_is_read(user, budget, versions, part),
        "ceilings": shown_ceilings(budget, unit_code(request)) if may(request, Action.VIEW) else [],
        "fills_in": _filled_in(request),
        "sets_ceilings": may(request, Action.SET_CEILING, whole=True),
        "grants": may(request, Action.GRANT_AMOUNT),
        "validates": may(request, Action.VALIDATE),
        "refusal": refusal,
        "lost": lost,
    }
    return render(request, "flow/budget.html", context, status=status)


def _filled_in(request: HttpRequest) -> str:
    """Return the code of what the person fills in of the budget, "" where he may write nothing.

    A department of one unit has its sheets in the unit; of several, all are reached from its own.
    """
    budget = budget_of(request)
    units = budget.unit_budgets.filter(unit__merged=False).values_list("unit__code", flat=True)[:2]
    ways = [
        action for action in (Action.EDIT, Action.EDIT_TEXTS) if may(request, action, whole=True)
    ]
    if not ways:
        return ""
    return str(units[0]) if len(units) == 1 else budget.department_id


def _boxes(request: HttpRequest) -> list[Box]:
    """Return the points of the last return while the budget is being mended."""
    budget = budget_of(request)
    if budget.state is not State.DRAFT or not may(request, Action.READ_TIMELINE):
        return []
    return boxes(budget, request.POST.dict())


def _answers(posted: QueryDict) -> list[tuple[str, str]]:
    return [("答复", str(text)) for name, text in posted.items() if name.startswith("answer-")]
