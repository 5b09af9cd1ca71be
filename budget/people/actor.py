"""Who acts on a page."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest


def actor(request: HttpRequest) -> User:
    """Return the person; the gate has let nobody in who is not signed in."""
    return cast(User, request.user)
