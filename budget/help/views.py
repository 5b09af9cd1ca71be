"""The pages of help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budget.help import guides


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide for accountants."""
    return _shown(request, guides.accountants())


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Show the guide for heads and reviewers."""
    return _shown(request, guides.reviewers())


@require_safe
def publishing(request: HttpRequest) -> HttpResponse:
    """Show the guide for those who publish."""
    return _shown(request, guides.publishers())


@require_safe
def administrators(request: HttpRequest) -> HttpResponse:
    """Show the guide for the three administrators."""
    return _shown(request, guides.administrators())


@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """Show the guide for those who run the site."""
    return _shown(request, guides.operations())


def _shown(request: HttpRequest, shown: guides.Guide) -> HttpResponse:
    return render(request, "help/guide.html", {"guide": shown})
