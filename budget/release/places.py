"""Recording where else a release stands."""

from __future__ import annotations

from django.db import transaction

from budget.audit.recording import record
from budget.models import PublicPlace


def record_place(place: PublicPlace) -> None:
    """Store an address of a release, with the entry of the trail. It is never changed again."""
    release = place.release
    with transaction.atomic():
        place.save()
        record(
            "budget.record_place",
            by=place.by,
            subject=f"{release.code}/{release.year}",
            detail={"number": release.number, "url": place.url, "at": place.at},
        )
