"""Beginning a budget in several places at once: one effect, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from budget.models import BudgetYear, Grant
from budget.roles import Role
from budget.terms import State
from budget.tests.filling import Accountant, an_accountant
from budget.tests.sharing import shared
from budget.tests.stored import a_budget, a_line, a_project, moved

pytestmark = pytest.mark.django_db(transaction=True)

PROJECTS = """SELECT COUNT(*) FROM budget_project p JOIN budget_departmentbudget b
    ON b.id = p.budget_id WHERE b.year_id = 2030"""
LINES = """SELECT COUNT(*) FROM budget_spendingline p JOIN budget_departmentbudget b
    ON b.id = p.budget_id WHERE b.year_id = 2030"""
BATCHES = "SELECT COUNT(*) FROM budget_batch WHERE kind = 'last_year'"


@pytest.fixture
def accountant() -> Accountant:
    found = an_accountant()
    assert found.unit is not None
    last = a_budget(found.unit, year=2029)
    BudgetYear.objects.update(edition="changsha-2023")
    a_project(last, found.unit, "P1")
    for sequence in range(1, 41):
        a_line(last, found.unit, sequence=sequence)
    moved(last, State.APPROVED)
    Grant.objects.create(user=found.user, role=Role.COMPILER, unit=found.unit)
    return found


def test_of_several_beginnings_at_once_one_takes_over(
    accountant: Accountant, tmp_path: Path
) -> None:
    base = shared(tmp_path)
    words = ["manage.py", "beginbudget", "801001", "2030", "--amounts", "--commit", "--user"]
    processes = [base.started(*words, accountant.user.username) for _ in range(3)]
    printed = [process.communicate()[0].decode() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], printed
    assert sum("没有可以沿用的内容" in said for said in printed) == 2, printed
    assert (base.column(PROJECTS), base.column(LINES)) == ([1], [40])
    assert base.column(BATCHES) == [1]
