"""指标库 as the performance division keeps it: searched, added to, changed, no longer offered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from performance.library import search
from performance.models import LibraryIndicator


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    """One indicator of the library."""

    class Meta:
        model = LibraryIndicator
        fields = (
            "area",
            "dimension",
            "aspect",
            "name",
            "comparison",
            "measure",
            "explanation",
            "scoring",
            "active",
        )
        widgets = {  # noqa: RUF012  # Django's own form of a form's Meta
            "explanation": forms.Textarea({"rows": 2}),
            "scoring": forms.Textarea({"rows": 3}),
        }
        help_texts = {  # noqa: RUF012
            "area": "如 通用、会议培训、信息化",
            "scoring": "写明怎样得满分、怎样扣分；不写具体分值，分值由填报单位确定。",
            "active": "不启用的不再供选用；已经选用的不受影响。",
        }


@never_cache
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """List the library, or what is searched in it."""
    words = request.GET.get("q", "").strip()
    context = {"q": words, "rows": search(words, retired=True)}
    return render(request, "indicators/library.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add an indicator."""
    return _form(request, LibraryIndicator())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Change an indicator, or offer it no longer."""
    return _form(request, get_object_or_404(LibraryIndicator, pk=key))


def _form(request: HttpRequest, row: LibraryIndicator) -> HttpResponse:
    given: Any = request.POST if request.method == "POST" else None
    form = IndicatorForm(given, instance=row)
    if form.is_bound and form.is_valid():
        kept = form.save(commit=False)
        kept.changed_by = request.user
        kept.save()
        messages.success(request, f"已保存“{kept.name}”。")
        return redirect("indicators:library")
    context = {"form": form, "row": row}
    return render(request, "indicators/form.html", context, status=422 if form.is_bound else 200)
