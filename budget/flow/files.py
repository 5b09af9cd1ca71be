"""公开文件: how far the files of a department's releases are, and trying again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from budget.access.admitted import budget_of
from budget.flow.versions import releases_of_year
from budget.jobs.queueing import take_up_again, try_again
from budget.models import ReleaseJob
from budget.terms import JobState

EVERY = 3
"""Seconds after which the page looks again by itself, while files are being made."""


@never_cache
@require_safe
def files(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show how far the files are; the page looks again by itself until they are there.

    Who looks also finds jobs whose process has died, and lets them begin anew.
    """
    found = releases_of_year(budget_of(request))
    in_work = any(each.is_in_work for each in found)
    if in_work:
        take_up_again()
    context = {
        "budget": budget_of(request),
        "code": code,
        "year": year,
        "releases": found,
        "failed": any(each.has_failed for each in found),
        "again": EVERY if in_work else None,
    }
    return render(request, "flow/files.html", context)


@never_cache
@require_POST
def again(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Let what has failed be tried anew."""
    budget = budget_of(request)
    failed = ReleaseJob.objects.filter(
        release__issue__budget__department=budget.department,
        release__issue__budget__year=budget.year_id,
        state=JobState.FAILED,
    )
    begun = sum(try_again(job) for job in failed)
    if begun:
        messages.success(request, "已重新开始制作。")
    return redirect("flow:files", code, year)
