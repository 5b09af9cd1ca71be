"""How often one address may ask, so that one reader does not keep the others waiting."""

from __future__ import annotations

from django.conf import settings
from rest_framework.throttling import AnonRateThrottle


class PerMinute(AnonRateThrottle):
    """So many requests a minute from one network address; the setting 0 means any number."""

    def get_rate(self) -> str | None:
        """Return the setting as Django REST framework spells it."""
        return f"{settings.API_PER_MINUTE}/minute" if settings.API_PER_MINUTE else None
