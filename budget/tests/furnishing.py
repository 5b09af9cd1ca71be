"""What a bureau has done before anybody enters a budget, for a site with a database of its own.

The codes of a year, the year opened, departments of one unit each, and two accountants of them
all. The first department is that of the transcribed sample, without a single line.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.core.management import call_command
from django.db import connection

from budget.imports.code_lists import load_lists
from budget.models import BudgetUnit, BudgetYear, Department, DepartmentBudget, UnitBudget
from budget.roles import Role
from budget.terms import UnitType
from budget.tests.people import a_grant, a_person
from budget.tests.samples import CODES

DEPARTMENTS: Final = {
    "157": "长沙市人民政府驻北京联络处",
    "901": "测试一局",
    "902": "测试二局",
    "903": "测试三局",
    "904": "测试四局",
    "905": "测试五局",
    "906": "测试六局",
    "907": "测试七局",
    "908": "测试八局",
}
YEAR: Final = 2023
EDITION: Final = "changsha-2023"
PEOPLE: Final = ("chen", "liu")


def furnish() -> None:
    """Fill an empty database."""
    with connection.cursor() as cursor:
        # Nothing is there yet that a power cut could take; the server that follows is careful.
        cursor.execute("PRAGMA synchronous=OFF")
    call_command("migrate", verbosity=0)
    load_lists(CODES.parent, YEAR)
    year = BudgetYear.objects.create(year=YEAR, edition=EDITION, codes_on=date(YEAR, 1, 1))
    for code, name in DEPARTMENTS.items():
        _open(year, code, name)
    for name in PEOPLE:
        user = a_person(name)
        for code in DEPARTMENTS:
            a_grant(user, Role.COMPILER, f"{code}001")


def _open(year: BudgetYear, code: str, name: str) -> None:
    department = Department.objects.create(code=code, name=name)
    unit = BudgetUnit.objects.create(
        department=department,
        code=f"{code}001",
        name=name,
        type=UnitType.ADMINISTRATIVE,
        is_head=True,
    )
    budget = DepartmentBudget.objects.create(department=department, year=year)
    UnitBudget.objects.create(budget=budget, unit=unit)
