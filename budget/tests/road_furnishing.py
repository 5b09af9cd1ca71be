"""A department of the city with the people of its way, in a database of a site of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from budget.access.granting import Wanted, grant
from budget.duties import DutyProfile
from budget.imports.storing import store
from budget.management.city.departments import read_plan
from budget.models import BudgetUnit, BudgetYear, Department, DutySetting, Remark
from budget.registry import discover
from budget.roles import Reach, Role
from budget.tests.people import a_person

CODE, UNIT, YEAR = "517", "517001", 2026
FIXTURES: Final = Path(settings.BASE_DIR) / "fixtures"
CASTS: Final = {
    DutyProfile.STANDARD: {
        "kuaiji": (Role.COMPILER, Role.PUBLISHER),
        "fuzeren": (Role.HEAD,),
        "yewu": (Role.DIVISION_REVIEWER, Role.PERFORMANCE_REVIEWER),
        "yusuan": (Role.BUDGET_REVIEWER,),
        "pifu": (Role.BUDGET_REVIEWER,),
    },
    # Three people make up the small unit. That its head may also compile is what this profile
    # alone allows. The bureau has its own, whom no profile lets the unit stand in for.
    DutyProfile.SMALL: {
        "kuaiji": (Role.COMPILER, Role.DEPARTMENT_FINANCE),
        "gongkai": (Role.PUBLISHER, Role.COMPILER),
        "fuzeren": (Role.HEAD, Role.COMPILER),
        "yewu": (Role.DIVISION_REVIEWER, Role.PERFORMANCE_REVIEWER),
        "yusuan": (Role.BUDGET_REVIEWER,),
        "pifu": (Role.BUDGET_REVIEWER,),
    },
}
"""Who holds which roles, by duty profile; everybody signs in with the one password."""


def furnish(profile: str) -> None:
    """Fill an empty database: one draft, entered but for its end, and the people of a profile."""
    call_command("migrate", verbosity=0)
    call_command("loadcodes", verbosity=0)
    discover(settings.PACKAGES)
    discover(settings.PACKAGES, ("sample_files", "storing"))
    plan = read_plan(FIXTURES / "city", FIXTURES / "codes")
    [sketch] = [each for each in plan.sketches if each.code == CODE]
    drawn = plan.drawn(sketch)
    budget = store(drawn.book, drawn.remarks, edition=drawn.head.edition, codes_on=drawn.codes_on)
    budget.unit_budgets.update(complete=False)
    Remark.objects.filter(budget=budget, key="purpose.2080506").update(text="职业年金")
    BudgetYear.objects.update(congress_on=timezone.localdate())
    chosen = next(each for each in CASTS if each.value == profile)
    setter = a_person("setter")
    DutySetting.objects.create(profile=chosen, set_by=setter)
    for name, roles in CASTS[chosen].items():
        user = a_person(name)
        for role in roles:
            grant(user, _wanted(role), None)


def _wanted(role: Role) -> Wanted:
    if role.reach is Reach.UNIT:
        return Wanted(role, unit=BudgetUnit.objects.get(code=UNIT))
    if role.reach is Reach.DEPARTMENT:
        return Wanted(role, department=Department.objects.get(code=CODE))
    return Wanted(role)
