"""Lists inside the house with a few and with many departments: time, and queries that stay."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.registry import Result, measures
from bench.timing import medians
from budget.models import BudgetUnit, BudgetYear, Department, DepartmentBudget, UnitBudget
from budget.roles import Role
from budget.terms import Round, State, UnitType
from budget.tests.people import signed_in, someone_with

FEW, MANY = 10, 300
YEAR: Final = 2031
LISTS: Final = {
    "待我办理 (the desk)": "/flow/",
    "the year of the bureau": f"/bureau/years/{YEAR}/",
    "the ceilings of the bureau": f"/bureau/years/{YEAR}/ceilings/",
    "the departments of the bureau": "/bureau/departments/",
    "the budgets to be seen": "/entry/",
}


class NotListed(AssertionError):
    """A list was not shown."""


@measures("lists")
def lists(rounds: int) -> Iterator[Result]:
    """Measure each list once for a few departments, then for many."""
    call_command("migrate", verbosity=0)
    client = signed_in(someone_with(Role.BUDGET_REVIEWER, "", "bench lists"))
    client.defaults["HTTP_HOST"] = "localhost"
    _departments(1, FEW)
    few = {path: _queries(client, path) for path in LISTS.values()}
    _departments(FEW + 1, MANY)
    for what, path in LISTS.items():
        queries = _queries(client, path)
        taken = medians({"page": partial(_look, client, path)}, rounds)["page"]
        yield Result(
            f"{what}, {MANY} departments, wall",
            f"{taken.wall * 1000:.0f} ms  ({taken.cpu * 1000:.0f} ms CPU)",
            taken.wall * 1000,
            (300, 150),
            " ms",
        )
        same = few[path]
        verdict = f"as for {FEW}" if same == queries else f"for {FEW}: {same}"
        yield Result("  queries", f"{queries}, {verdict}", queries, (same, same))


def _departments(first: int, last: int) -> None:
    """Store departments of one unit each, whose budgets lie with the bureau."""
    year, _ = BudgetYear.objects.get_or_create(
        year=YEAR, defaults={"edition": "changsha-2023", "codes_on": f"{YEAR}-01-01"}
    )
    for number in range(first, last + 1):
        code, name = f"{number + 400}", f"某市第{number}局"
        department = Department.objects.create(code=code, name=name)
        unit = BudgetUnit.objects.create(
            department=department,
            code=f"{code}001",
            name=f"{name}本级",
            type=UnitType.ADMINISTRATIVE,
            is_head=True,
        )
        budget = DepartmentBudget.objects.create(
            department=department,
            year=year,
            round=Round.SECOND_SUBMISSION,
            state=State.REVIEWED,
        )
        UnitBudget.objects.create(budget=budget, unit=unit)


def _look(client: Client, path: str) -> None:
    answer = client.get(path, secure=True)
    if answer.status_code != 200:
        raise NotListed(f"{answer.status_code} for {path}")


def _queries(client: Client, path: str) -> int:
    _look(client, path)
    with CaptureQueriesContext(connection) as asked:
        _look(client, path)
    return len(asked)
