"""The findings of a budget by severity, the draft that they point into, and reports as files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.book import UnknownUnit
from budget.judging import Judged, judge
from budget.load import UnknownDepartment, UnknownYear
from budget.render.contents import contents
from budget.render.findings import html, xlsx
from budget.render.findings.view import View, view
from budget.render.grids import screen_grid
from budget.render.prose import chapters
from budget.rules.settings import UnreadableSetting

REPORTS = {"html": html, "xlsx": xlsx}


class NotFormed(Exception):
    """The stored budget cannot be judged; the message says in Chinese what is in the way."""


Page = Callable[[HttpRequest, str, int], HttpResponse]


def told_when_not_formed(page: Page) -> Page:
    """Let a page say what is in the way where the stored budget cannot be judged."""

    @wraps(page)
    def told(request: HttpRequest, code: str, year: int) -> HttpResponse:
        try:
            return page(request, code, year)
        except NotFormed as error:
            context = {"code": code, "year": year, "reason": str(error)}
            return render(request, "review/not_formed.html", context, status=409)

    return told


@require_safe
@never_cache
@told_when_not_formed
def findings(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show what the rules say of a department's or a unit's draft."""
    judged = _judged(code, year)
    context = {
        "code": code,
        "year": year,
        "told": _told(judged),
        "draft": reverse("review:draft", args=(code, year)),
    }
    return render(request, "review/findings.html", context)


@require_safe
@never_cache
@told_when_not_formed
def draft(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show the draft itself: every figure has its address as id, which findings link to."""
    document = _judged(code, year).document
    context = {
        "code": code,
        "year": year,
        "disclosure": document,
        "contents": contents(document),
        "chapters": chapters(document, partial(screen_grid, rank=3)),
    }
    return render(request, "review/draft.html", context)


@require_safe
@never_cache
def report(request: HttpRequest, code: str, year: int, format: str) -> HttpResponse:
    """Send the findings as a file to hand on."""
    if format not in REPORTS:
        raise Http404(f"没有名为 {format} 的格式；现有：{'、'.join(REPORTS)}")
    try:
        judged = _judged(code, year)
    except NotFormed as error:
        raise Http404(str(error)) from error
    kind = REPORTS[format]
    [(name, content)] = kind.render(_told(judged), judged.document).items()
    answer = HttpResponse(content, content_type=kind.CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _judged(code: str, year: int) -> Judged:
    """Return the verdict. Raises Http404 for a budget that there is not, and NotFormed."""
    try:
        return judge(code, year)
    except (UnknownDepartment, UnknownUnit, UnknownYear) as error:
        raise Http404(str(error)) from error
    except UnreadableSetting as error:
        raise NotFormed(str(error)) from error


def _told(judged: Judged) -> View:
    return view(judged.report, judged.document, judged.answers, set_by=judged.settings.set_by)
