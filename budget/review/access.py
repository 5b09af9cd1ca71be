"""Who may see drafts: people of the bureau, and anybody on a developer's own machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

View = Callable[..., HttpResponse]


def for_staff(view: View) -> View:
    """Let only staff see a page; who is not logged in is asked to."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not (settings.DEBUG or request.user.is_authenticated):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not (settings.DEBUG or (request.user.is_active and request.user.is_staff)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
