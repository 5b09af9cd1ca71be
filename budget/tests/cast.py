"""A person for each role in front of the pages of one clean budget."""

from __future__ import annotations

from typing import Any

from django.test import Client

from budget.models import DepartmentBudget
from budget.roles import Role
from budget.tests.clean import CODE, UNIT_CODE, YEAR
from budget.tests.people import PASSWORD, signed_in, someone_with

PAGE = f"/flow/{CODE}/{YEAR}/"
CAST = {
    Role.COMPILER: UNIT_CODE,
    Role.DEPARTMENT_FINANCE: CODE,
    Role.HEAD: CODE,
    Role.PUBLISHER: CODE,
    Role.DIVISION_REVIEWER: CODE,
    Role.BUDGET_REVIEWER: "",
    Role.PERFORMANCE_REVIEWER: "",
}


class Cast:
    """One browser for each role, and one more of the budget division."""

    def __init__(self, budget: DepartmentBudget) -> None:
        self.budget = budget
        self.browsers: dict[str, Client] = {
            role.value: signed_in(someone_with(role, code, role.value))
            for role, code in CAST.items()
        }
        self.browsers["second"] = signed_in(someone_with(Role.BUDGET_REVIEWER, "", "second"))

    def now(self) -> DepartmentBudget:
        self.budget.refresh_from_db()
        return self.budget

    def page(self, who: str, query: str = "") -> str:
        return str(self.browsers[who].get(PAGE + query).content.decode())

    def take(self, who: str, action: str, **typed: str) -> Any:
        data = {"revision": str(self.now().revision), **typed}
        return self.browsers[who].post(f"{PAGE}take/{action}/", data)

    def taken(self, who: str, action: str, **typed: str) -> None:
        answer = self.take(who, action, **typed)
        assert (answer.status_code, answer.headers.get("Location")) == (302, PAGE), (
            answer.content.decode()
        )

    def shows_that_it_is_he(self, who: str) -> None:
        answer = self.browsers[who].post(
            f"/account/reauthenticate/?next={PAGE}", {"password": PASSWORD, "next": PAGE}
        )
        assert answer.headers["Location"] == PAGE
