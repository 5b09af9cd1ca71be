"""公开网址: where else releases of a department stand, recorded by its publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from budget.access.admitted import budget_of, person
from budget.actions import Action
from budget.flow.versions import releases_of_year
from budget.models import Forbidden, PublicPlace, Release, roles_on
from budget.release import is_readable, record_place
from budget.roles import Role

if TYPE_CHECKING:
    ChoiceOfRelease: TypeAlias = forms.ModelChoiceField[Release]
else:
    ChoiceOfRelease = forms.ModelChoiceField


class ReleaseField(ChoiceOfRelease):
    """A choice of releases, called by name and number."""

    def label_from_instance(self, obj: Release) -> str:
        """Return what a release is called in the list."""
        return f"{obj.name} 第{obj.number}版"


class PlaceForm(forms.Form):
    """Which release, where, and since when."""

    release = ReleaseField(Release.objects.none(), label="哪一份", empty_label=None)
    url = forms.URLField(
        label="公开网址",
        max_length=500,
        assume_scheme="https",
        help_text="这份预算在政府网站上的网址，以 http:// 或 https:// 开头。",
    )
    at = forms.DateTimeField(
        label="公开时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, releases: list[Release], *args: Any, **kwargs: Any) -> None:
        """Offer these releases."""
        super().__init__(*args, **kwargs)
        field = self.fields["release"]
        assert isinstance(field, ReleaseField)
        field.queryset = Release.objects.defer("content").filter(pk__in=[r.pk for r in releases])

    def clean(self) -> dict[str, Any]:
        """Hold what was filled in to what the row itself allows."""
        if not self.errors:
            try:
                PublicPlace(**self.cleaned_data).full_clean()
            except forms.ValidationError as error:
                self.add_error(None, error)
        return self.cleaned_data

    def place(self, by: User) -> PublicPlace:
        """Return what is to be recorded."""
        return PublicPlace(**self.cleaned_data, by=by)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show where releases stand elsewhere; the publisher records another place."""
    budget, user = budget_of(request), person(request)
    records = Role.PUBLISHER in roles_on(user, budget)
    found = [each.release for each in releases_of_year(budget) if is_readable(each.release)]
    form = PlaceForm(found, request.POST or None, initial={"at": timezone.localtime()})
    if request.method == "POST":
        if not records:
            raise Forbidden(Action.PREPARE_PUBLICATION)
        if form.is_valid():
            new = record_place(form.place(user))
            messages.success(
                request,
                "已登记，公开页面上随即显示。" if new else "同样的网址和时间已经登记过。",
            )
            return redirect("flow:places", code, year)
    context = {
        "budget": budget,
        "code": code,
        "year": year,
        "form": form if records and found else None,
        "places": PublicPlace.objects.filter(release__in=[each.pk for each in found])
        .select_related("release")
        .defer("release__content")
        .order_by("-pk"),
    }
    return render(request, "flow/places.html", context, status=422 if form.errors else 200)
