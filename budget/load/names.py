"""Names of codes as of a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length, Substr

from budget.book import Catalogue, Renaming
from budget.codes import divided, level, path, section
from budget.models import (
    CodeChange,
    DepartmentBudget,
    EconomicCode,
    FunctionCode,
    ProposedCode,
    valid_on,
)
from budget.terms import CodeScheme, Level


def read_catalogue(on: date, *, functions: Iterable[str], economics: Iterable[str]) -> Catalogue:
    """Return the names, as of a date, of all 类 and of the codes with those above them.

    A code that no active entry of that date names is left out; whoever prints it will say so.
    """
    economic = EconomicCode.objects.filter(scheme=CodeScheme.DEPARTMENT_ECONOMIC)
    valid = valid_on(_near(FunctionCode.objects.all(), functions), on, "name", "fund")
    wanted = _wanted(valid, functions)
    return Catalogue(
        function={code: str(valid[code][0]) for code in wanted},
        economic=names_on(economic, on, economics),
        funds={code: valid[code][1] for code in wanted},
        divided=divided(wanted, valid),
        renamings=tuple(_renamings(on)),
    )


def read_proposed(budget: DepartmentBudget) -> dict[str, str]:
    """Return, by code, the names that a department gave to codes which the lists do not have."""
    return dict(ProposedCode.objects.filter(budget=budget).values_list("code", "name"))


def _renamings(on: date) -> Iterator[Renaming]:
    """Yield the active renamings of function and departmental codes up to a date's year."""
    known = CodeChange.objects.filter(
        Q(effective_year=None) | Q(effective_year__lte=on.year),
        scheme__in=(CodeScheme.FUNCTION, CodeScheme.DEPARTMENT_ECONOMIC),
        change="rename",
        is_active=True,
    )
    for code, old, new in known.order_by("pk").values_list("code", "old_name", "new_name"):
        yield Renaming(code, old, new)


def names_on(stored: QuerySet[Any], on: date, used: Iterable[str]) -> dict[str, str]:
    """Return names by code. Of two entries valid on the date the one that began later counts."""
    valid = valid_on(_near(stored, used), on, "name")
    return {code: str(valid[code][0]) for code in _wanted(valid, used)}


def _near(stored: QuerySet[Any], used: Iterable[str]) -> QuerySet[Any]:
    """Return all 类, and of the 款 in use with their 项 every entry; the lists are long."""
    sections = {each for each in map(section, used) if each}
    cut: QuerySet[Any] = stored.alias(length=Length("code"), section=Substr("code", 1, 5))
    return cut.filter(Q(length=3) | Q(section__in=sorted(sections)))


def _wanted(valid: Iterable[str], used: Iterable[str]) -> list[str]:
    """Return the valid codes that are 类, or used, or above one that is used."""
    steps = {step for code in used for step in path(code)}
    return [code for code in valid if code in steps or level(code) is Level.CATEGORY]
