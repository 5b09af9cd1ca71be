"""The pages of help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budget.help.guides import accountants


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show the guide for accountants."""
    return render(request, "help/guide.html", {"guide": accountants()})
