"""Closing and merging departments and units: from a day on they take part in no new year.

Nothing is deleted: what they had before stays theirs.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from budget.audit.recording import record
from budget.models import BudgetUnit, Department
from budget.models.organisation import standing_on


class NotClosed(Exception):
    """Something cannot be closed or taken up again; the message says why in Chinese."""


@transaction.atomic
def close_department(
    department: Department, on: date, into: Department | None, by: User
) -> list[BudgetUnit]:
    """Close a department and its units on a day, and return the units. Raises NotClosed."""
    _close(department, on, into)
    units = list(BudgetUnit.objects.filter(standing_on(on), department=department))
    for unit in units:
        _close(unit, on, None)
    record("department.close", by=by, subject=department.code, detail=_told(on, into))
    return units


@transaction.atomic
def close_unit(unit: BudgetUnit, on: date, into: BudgetUnit | None, by: User) -> None:
    """Close a unit on a day. Raises NotClosed."""
    _close(unit, on, into)
    record("budgetunit.close", by=by, subject=unit.code, detail=_told(on, into))


@transaction.atomic
def take_up_department(department: Department, by: User) -> None:
    """Take a closing back, of the units too that were closed with the department.

    Raises NotClosed.
    """
    on = department.closed_on
    _take_up(department)
    for unit in BudgetUnit.objects.filter(department=department, closed_on=on, merged_into=None):
        _take_up(unit)
    record("department.take_up", by=by, subject=department.code)


@transaction.atomic
def take_up_unit(unit: BudgetUnit, by: User) -> None:
    """Take the closing of a unit back. Raises NotClosed while its department is closed."""
    if unit.department.closed_on is not None:
        raise NotClosed("所属部门已撤销，请先恢复部门。")
    _take_up(unit)
    record("budgetunit.take_up", by=by, subject=unit.code)


def _told(on: date, into: Department | BudgetUnit | None) -> dict[str, str]:
    return {"on": on.isoformat(), "into": into.code if into else ""}


def _close(what: Department | BudgetUnit, on: date, into: Department | BudgetUnit | None) -> None:
    if what.closed_on is not None:
        raise NotClosed(f"{what.name}已于{what.closed_on}撤销。")
    if into is not None and into.pk == what.pk:
        raise NotClosed("不能并入自身。")
    if into is not None and into.closed_on is not None and into.closed_on <= on:
        raise NotClosed(f"{into.name}已于{into.closed_on}撤销，不能并入。")
    what.closed_on = on
    what.merged_into = into
    _save(what)


def _take_up(what: Department | BudgetUnit) -> None:
    what.closed_on = what.merged_into = None
    _save(what)


def _save(what: Department | BudgetUnit) -> None:
    try:
        what.full_clean()
    except ValidationError as error:
        raise NotClosed("；".join(error.messages)) from error
    what.save()
