"""Recording where else a release stands."""

from __future__ import annotations

from django.db import transaction

from budget.audit.recording import record
from budget.models import PublicPlace, Release


def record_place(place: PublicPlace) -> bool:
    """Store an address of a release, with the entry of the trail. It is never changed again.

    Returns False where the very same was recorded already: a form that was sent twice.
    """
    release = place.release
    with transaction.atomic():
        Release.objects.select_for_update().only("pk").get(pk=release.pk)  # one after the other
        if PublicPlace.objects.filter(release=release, url=place.url, at=place.at).exists():
            return False
        place.save()
        record(
            "budget.record_place",
            by=place.by,
            subject=f"{release.code}/{release.year}",
            detail={"number": release.number, "url": place.url, "at": place.at},
        )
    return True
