"""Two who confirm at the same moment: one effect, and the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from budget.models import Department
from budget.resources.organisation import DepartmentRows
from budget.resources.taking_in import Moved, preview, table, take_in

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = [(f"{code}", f"部门{code}") for code in range(801, 831)]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="a transaction of SQLite is alone in writing anyway"
)
def test_of_two_confirmations_at_once_one_is_done() -> None:
    person = User.objects.create(username="bud")
    dataset = table(("部门编码", "部门名称"), ROWS)
    digest = preview(DepartmentRows, dataset).digest
    together = Barrier(2)

    def confirm(_: int) -> str:
        together.wait()
        try:
            take_in(DepartmentRows, table(("部门编码", "部门名称"), ROWS), digest, person)
        except Moved:
            return "moved"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(confirm, range(2)))
    assert outcomes == ["done", "moved"]
    assert Department.objects.count() == len(ROWS)
