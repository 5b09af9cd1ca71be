"""A small invented budget in which the rules find nothing, stored: for tests of its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.conf import settings

from budget import models
from budget.imports.storing import store
from budget.models import DepartmentBudget, UnitBudget
from budget.registry import discover
from budget.remarks import Remark
from budget.terms import Fund
from budget.tests.books import CATALOGUE, OFFICE, a_book, basic, running
from performance.tests.goals_at_hand import with_good_goals

CODE, UNIT_CODE, YEAR = "900", OFFICE.code, 2023
SINCE = date(2020, 1, 1)
CONGRESS = date(2023, 1, 12)
MANDATE = "负责全市某项工作\n承办交办的其他事项"


def a_clean_budget() -> DepartmentBudget:
    """Return the budget of department 900 for 2023: one unit with wages and running costs.

    Its part is complete, and the congress has passed the budgets of the year.
    """
    ready_to_store()
    book = a_book(
        basic("100", sequence=1),
        running("20", sequence=2),
        units=(replace(OFFICE, offices=("办公室", "业务科")),),
        projects=(),
    )
    mandate = Remark(key="mandate", text=MANDATE)
    stored = store(
        with_good_goals(book), [mandate], edition="changsha-2023", codes_on=date(YEAR, 1, 1)
    )
    UnitBudget.objects.filter(budget=stored).update(complete=True)
    models.BudgetYear.objects.filter(year=YEAR).update(congress_on=CONGRESS)
    return DepartmentBudget.objects.get(pk=stored.pk)


def ready_to_store() -> None:
    """Store the codes that books of tests are written with; packages say how parts are stored."""
    discover(settings.PACKAGES, ("storing",))
    for code, name in CATALOGUE.function.items():
        models.FunctionCode.objects.create(
            code=code, name=name, fund=Fund.GENERAL_PUBLIC, valid_from=SINCE
        )
    for code, name in CATALOGUE.economic.items():
        models.EconomicCode.objects.create(code=code, name=name, valid_from=SINCE)
