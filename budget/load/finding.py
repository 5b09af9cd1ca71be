"""Which budget a code and a year name, and the one moment at which it is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from budget.book import UnknownUnit
from budget.models import BudgetUnit, Department, DepartmentBudget
from budget.models.once import once
from budget.terms import Round


class UnknownDepartment(LookupError):
    """There is no department of that code."""


class UnknownYear(LookupError):
    """The department has no budget of that year, round or version."""


ROUNDS = {round.value: place for place, round in enumerate(Round)}


def find_budget(
    code: str, year: int, *, round: Round | None = None, version: int | None = None
) -> DepartmentBudget:
    """Return the budget that a department's or a unit's code names.

    Without a round or a version the latest that there is. Raises UnknownDepartment, UnknownYear and
    UnknownUnit.
    """
    for budget in find_versions(code, year):
        if round in (None, budget.round) and version in (None, budget.version):
            return budget
    raise why_not_found(code, year)


def find_versions(code: str, year: int) -> list[DepartmentBudget]:
    """Return all versions of the budget that a code names, of every round, the latest first.

    Raises UnknownDepartment, UnknownYear and UnknownUnit.
    """
    found = DepartmentBudget.objects.select_related("department", "year").filter(
        department_id=code[:3], year_id=year
    )
    versions = once((find_versions, code[:3], year), lambda: list(found))
    if not versions or not is_code(code):
        raise why_not_found(code, year)
    return sorted(versions, key=how_late, reverse=True)


def how_late(budget: DepartmentBudget) -> tuple[int, int]:
    """Return by what versions of a year are ordered, those of all rounds."""
    return ROUNDS[budget.round.value], budget.version


def why_not_found(code: str, year: int) -> LookupError:
    """Return the exception that says what is missing: code, department, unit or year."""
    if not is_code(code):
        return UnknownDepartment(f"“{code}”不是部门编码（3位）或单位编码（6位）")
    if not Department.objects.filter(code=code[:3]).exists():
        return UnknownDepartment(f"没有编码为 {code[:3]} 的部门")
    if is_unit_code(code) and not BudgetUnit.objects.filter(code=code).exists():
        return UnknownUnit(f"没有编码为 {code} 的预算单位")
    return UnknownYear(f"部门 {code[:3]} 没有{year}年的预算")


def is_code(code: str) -> bool:
    """Return whether a text is spelled as a department's or a unit's code."""
    return code.isascii() and code.isdigit() and len(code) in (3, 6)


def is_unit_code(code: str) -> bool:
    """Return whether a code is a unit's rather than a department's."""
    return len(code) == 6


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all queries inside see the database as of one moment.

    A transaction does that on SQLite. PostgreSQL must be asked, and only the outermost
    transaction can ask; a caller that has one open is in such a moment, or holds the lock on the
    budget.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
