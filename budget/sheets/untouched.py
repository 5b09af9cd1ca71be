"""Which rows still stand as they were taken over from last year: nobody has touched them since.

Every change is logged, so a row is untouched as long as its latest edit is of such a batch.
"""

from __future__ import annotations

from collections import Counter

from django.db.models import Max, Q, QuerySet

from budget.models import Edit
from budget.sheets.part import Part
from budget.terms import BatchKind

PENDING_KEY = r"^p[0-9]+$"


def untouched_rows(part: Part, sheet: str) -> frozenset[str]:
    """Return the keys of a sheet's untouched rows, in one query."""
    return frozenset(_untouched(part, Q(sheet=sheet)).values_list("row", flat=True))


def untouched_counts(part: Part) -> Counter[str]:
    """Return how many untouched rows each sheet of a part has, in one query."""
    return Counter(_untouched(part, Q()).values_list("sheet", flat=True))


def _untouched(part: Part, among: Q) -> QuerySet[Edit]:
    """Return the latest edits of rows, those of them that took over last year.

    A row that is not whole is left out: it is marked as such, and must be touched anyway.
    """
    edits = Edit.objects.filter(_of(part), among, budget=part.budget).order_by()
    latest = edits.values("sheet", "row").annotate(latest=Max("pk")).values("latest")
    stand = Edit.objects.filter(pk__in=latest, batch__kind=BatchKind.LAST_YEAR)
    return stand.exclude(row__regex=PENDING_KEY)


def _of(part: Part) -> Q:
    """Return the condition that an edit is of a part; a single unit is one body with its
    department, whichever of the two was written to."""
    if len(part.units) != 1:
        return Q(unit=part.unit)
    [only] = part.units.values()
    return Q(unit=only) | Q(unit__isnull=True)
