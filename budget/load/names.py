"""Names of codes as of a date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from budget.book import Catalogue
from budget.codes import level, path
from budget.models import EconomicCode, FunctionCode
from budget.terms import CodeScheme, Level


def read_catalogue(on: date, *, functions: Iterable[str], economics: Iterable[str]) -> Catalogue:
    """Return the names, as of a date, of all 类 and of the codes with those above them.

    A code that no active entry of that date names is left out; whoever prints it will say so.
    """
    economic = EconomicCode.objects.filter(scheme=CodeScheme.DEPARTMENT_ECONOMIC)
    return Catalogue(
        function=names_on(FunctionCode.objects.all(), on, functions),
        economic=names_on(economic, on, economics),
    )


def names_on(stored: QuerySet[Any], on: date, used: Iterable[str]) -> dict[str, str]:
    """Return names by code. Of two entries valid on the date the one that began later counts."""
    valid = stored.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_to=None) | Q(valid_to__gte=on),
        is_active=True,
    )
    rows = valid.order_by().values_list("code", "valid_from", "name")
    wanted = {step for code in used for step in path(code)}
    return {
        code: name
        for code, _, name in sorted(rows, key=lambda row: (row[0], row[1] or date.min))
        if code in wanted or level(code) is Level.CATEGORY
    }
