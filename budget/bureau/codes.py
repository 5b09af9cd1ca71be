"""Pages of code lists: what holds on a date, found or level by level; codes added and ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from budget.access.admitted import person
from budget.bureau.code_forms import CodeForm, EndForm
from budget.bureau.forms import posted
from budget.codes import MalformedCode, parent, parse_code, path
from budget.models import EconomicCode, FunctionCode
from budget.resources.next_list import holding_on, stored_codes
from budget.resources.uses import uses
from budget.terms import CodeScheme

SCHEMES = {each.value: each for each in CodeScheme}
form_page = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class Listed:
    """A code in a list: the entry, its level (1 for 类), and the names above it."""

    entry: Any
    level: int
    above: str


def found_scheme(scheme: str) -> CodeScheme:
    """Return a classification. Raises Http404."""
    if scheme not in SCHEMES:
        raise Http404(f"没有名为 {scheme} 的分类")
    return SCHEMES[scheme]


@require_safe
def codes(request: HttpRequest, scheme: str) -> HttpResponse:
    """List the codes of a date: a search's, those under one, or the 类."""
    of = found_scheme(scheme)
    on = parse_date_or_today(request.GET.get("on", ""))
    asked, under = request.GET.get("q", "").strip(), request.GET.get("under", "")
    held = holding_on(of, on)
    if asked:
        rows = [code for code, each in held.items() if _is_meant(asked, code, each.name)]
    elif under in held:
        rows = [code for code in held if code.startswith(under)]
    else:
        rows = [code for code in held if parent(code) is None]
    context = {
        "scheme": of,
        "schemes": list(CodeScheme),
        "on": on,
        "q": asked,
        "under": held.get(under),
        "total": len(held),
        "rows": [_listed(code, held) for code in rows],
    }
    return render(request, "bureau/codes.html", context)


def parse_date_or_today(text: str) -> date:
    """Return the day that an address names, today where it names none."""
    try:
        return parse_date(text) or timezone.localdate()
    except ValueError:  # the 30th of February
        return timezone.localdate()


def _is_meant(asked: str, code: str, name: str) -> bool:
    """Return whether a search means a code: by its beginning in any spelling, or by its name."""
    try:
        number = parse_code(asked)
    except MalformedCode:
        number = asked
    return code.startswith(number) or asked in name


def _listed(code: str, held: Mapping[str, Any]) -> Listed:
    steps = path(code)
    names = [held[step].name for step in steps[:-1] if step in held]
    return Listed(held[code], len(steps), " › ".join(names))


@form_page
def new_code(request: HttpRequest, scheme: str) -> HttpResponse:
    """Add a code."""
    of = found_scheme(scheme)
    row = FunctionCode() if of is CodeScheme.FUNCTION else EconomicCode(scheme=of)
    form = CodeForm(posted(request), row)
    if form.is_bound and form.kept(person(request)):
        messages.success(request, f"已增加：{form.row}")
        return redirect("bureau:codes", scheme)
    context = {"form": form, "scheme": of}
    return render(request, "bureau/new_code.html", context, status=422 if form.errors else 200)


def found_code(scheme: CodeScheme, pk: int) -> Any:
    """Return a stored entry. Raises Http404."""
    return get_object_or_404(stored_codes(scheme), pk=pk)


@form_page
def code(request: HttpRequest, scheme: str, pk: int) -> HttpResponse:
    """Show one entry, who uses it and what else the code meant; end it on a day."""
    of = found_scheme(scheme)
    found = found_code(of, pk)
    form = EndForm(posted(request), found)
    if form.is_bound and form.kept(person(request)):
        messages.success(request, f"已保存：{found}")
        return redirect("bureau:code", scheme, pk)
    context = {
        "scheme": of,
        "code": found,
        "form": form,
        "history": stored_codes(of).filter(code=found.code),
        "uses": uses(of, 0, [found.code]).get(found.code, ()),
    }
    return render(request, "bureau/code.html", context, status=422 if form.errors else 200)
