"""The page of proposed codes, those without an answer first, and the two answers."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budget.access.admitted import person
from budget.bureau.code_forms import AnswerForm
from budget.bureau.deciding import NotDecided, take_into_list, use_another
from budget.bureau.forms import posted
from budget.models import ProposedCode
from budget.resources.uses import uses

MOST_ANSWERED = 200


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """List what was proposed in all budgets, in any state: proposing asks the bureau."""
    found = ProposedCode.objects.select_related(
        "budget__department", "budget__year", "proposed_by__account", "decided_by__account"
    )
    waiting = found.filter(decided_at=None).order_by("scheme", "code", "proposed_at")
    answered = found.exclude(decided_at=None).order_by(F("decided_at").desc())
    context = {"waiting": waiting, "answered": answered[:MOST_ANSWERED]}
    return render(request, "bureau/proposals.html", context)


def found_proposal(pk: int) -> ProposedCode:
    """Return a proposal. Raises Http404."""
    found = ProposedCode.objects.select_related(
        "budget__department", "budget__year", "proposed_by__account"
    )
    return get_object_or_404(found, pk=pk)


@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one proposal and who uses it; answer with another code."""
    found = found_proposal(pk)
    form = AnswerForm(posted(request))
    if form.is_valid():
        try:
            use_another(found, by=person(request), **_answer(form))
        except NotDecided as error:
            form.add_error("use_instead", str(error))
        else:
            messages.success(request, f"已答复：{found.code} 请改用 {_answer(form)['instead']}")
            return redirect("bureau:proposals")
    context = {
        "proposal": found,
        "form": form,
        "uses": uses(found.scheme, 0, [found.code]).get(found.code, ()),
    }
    return render(request, "bureau/proposal.html", context, status=422 if form.errors else 200)


def _answer(form: AnswerForm) -> dict[str, str]:
    chosen = form.cleaned_data
    return {"instead": chosen["use_instead"], "reason": chosen["reason"]}


@require_POST
def take_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposed code into the list."""
    found = found_proposal(pk)
    name = request.POST.get("name", "").strip() or found.name
    try:
        answered = take_into_list(found, name, person(request))
    except NotDecided as error:
        messages.error(request, str(error))
        return redirect("bureau:proposal", pk)
    messages.success(request, f"已收入科目表：{found.code} {name}，答复{answered}处。")
    return redirect("bureau:proposals")
