"""Where people begin: their budgets, and one budget's sheets with what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import person
from budget.actions import Action
from budget.entry.parts import may_write, part_of, url_of
from budget.entry.sheets import frame
from budget.load import Whole, read_whole
from budget.load.kept import KNOWN_BY
from budget.models import DepartmentBudget, PendingRow, ProposedCode, UnitBudget
from budget.sheets.locating import Counting
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec, sheets_of
from budget.sheets.stores import RowsOf
from budget.sheets.untouched import untouched_counts
from budget.sheets.verdicts import verdicts
from budget.workflow.holding import open_counts


@dataclass(frozen=True)
class Progress:
    """One sheet of a part: its rows, those not whole yet, those still as they were last year."""

    spec: SheetSpec
    url: str
    rows: int
    pending: int
    untouched: int


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """List the budgets that somebody has to do with, this year's first."""
    user = person(request)
    parts = UnitBudget.objects.for_user(user).select_related("budget__department", "unit")
    budgets = DepartmentBudget.objects.for_user(user).select_related("department", "year")
    mine = list(parts.order_by("-budget__year", "unit__code"))
    whole = _besides(mine, budgets.order_by("-year", "department"))
    _tell_open_points(mine, whole)
    return render(request, "entry/home.html", {"parts": mine, "budgets": whole})


def _besides(
    parts: list[UnitBudget], budgets: QuerySet[DepartmentBudget]
) -> list[DepartmentBudget]:
    """Return the budgets that the parts do not stand for: a department of one unit is one body."""
    mine = {part.budget_id for part in parts}
    counted = budgets.annotate(units=Count("unit_budgets"))
    return [each for each in counted if each.units > 1 or each.pk not in mine]


def _tell_open_points(parts: list[UnitBudget], budgets: list[DepartmentBudget]) -> None:
    """Let each part and each budget say as ``open_points`` what its last return still asks."""
    keys = {part.budget_id for part in parts} | {budget.pk for budget in budgets}
    counts = open_counts(keys)
    for part in parts:
        part.open_points = counts.get(part.budget_id, 0)  # type: ignore[attr-defined]
    for budget in budgets:
        budget.open_points = counts.get(budget.pk, 0)  # type: ignore[attr-defined]


@never_cache
@require_safe
def overview(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show one part's sheets, and what is not entered in full."""
    part = part_of(request)
    context = {
        **frame(request, part),
        "progress": progress(part),
        "units": _units(part),
        "verdict": verdicts(part.budget).get(part.unit.pk) if part.unit else None,
        "open_points": open_counts([part.budget.pk]).get(part.budget.pk, 0),
        "proposed": ProposedCode.objects.filter(budget=part.budget),
        "why_not_complete": may_write(request, part, Action.COMPLETE_UNIT),
        "why_not_return": may_write(request, part, Action.RETURN_UNIT),
        "why_not_begin": may_write(request, part, Action.EDIT_TEXTS),
    }
    return render(request, "entry/overview.html", context)


def progress(part: Part) -> list[Progress]:
    """Return how far each sheet is."""
    waiting = dict(
        PendingRow.objects.filter(**part.belonging)
        .values_list("sheet")
        .annotate(count=Count("pk"))
        .order_by()
    )
    untouched, whole = untouched_counts(part), read_whole(part.budget)
    return [
        Progress(
            spec,
            url_of(part, spec.code),
            _filled(spec, part, whole),
            waiting.get(spec.code, 0),
            untouched[spec.code],
        )
        for spec in sheets_of(part.scope)
    ]


def _filled(spec: SheetSpec, part: Part, whole: Whole) -> int:
    """Return how many rows hold something; those that are always there may hold nothing.

    They are counted in the version as it was read, and asked for where it does not tell.
    """
    store = spec.store
    if isinstance(store, Counting):
        return store.filled(part, whole)
    if store.grows and isinstance(store, RowsOf) and store.model in KNOWN_BY:
        unit = part.unit.code if part.unit else None
        theirs = (row for row in whole.kept.values() if row.model is store.model)
        return sum(row.unit == unit and store.has(row.values) for row in theirs)
    rows = store.read(part)
    if store.grows:
        return len(rows)
    return sum(any(row.values[name] for name in spec.typed) for row in rows)


def _units(part: Part) -> list[UnitBudget]:
    if part.unit is not None:
        return []
    found = UnitBudget.objects.filter(budget=part.budget).select_related("unit")
    return list(found.order_by("unit__position", "unit__code"))
