"""In whose name a command writes."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from budget.management import base


def writing_as(name: str | None) -> User:
    """Return the person in whose name a command writes. Raises CommandError."""
    if not name:
        raise CommandError("写入时请用 --user 指明以谁的名义", returncode=base.REFUSED)
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(f"没有名为 {name} 的可用账号", returncode=base.REFUSED)
    return found
