"""What every page knows of the site that shows it, and where the public finds it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Return who runs the site, for the head and foot of pages."""
    return {"site": settings.SITE}


def absolute(request: HttpRequest, path: str) -> str:
    """Return a path as an address that can be followed from elsewhere."""
    if settings.SITE.address:
        return f"{settings.SITE.address}{path}"
    return request.build_absolute_uri(path)
