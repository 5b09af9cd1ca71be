"""Which units are summed: a year, a stage, and departments and units by ticks and by filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.db.models import Max
from django.http import QueryDict
from django.utils import timezone

from budget.actions import SETTLED, Action
from budget.load.finding import how_late
from budget.models import (
    Account,
    BudgetUnit,
    BudgetYear,
    Department,
    DepartmentBudget,
    Grant,
    UnitBudget,
)
from budget.models.scopes import Bounds, held_by
from budget.roles import BUREAU_SIDE, Role
from budget.terms import State, Term, UnitType

READING = Bounds("department_id", None, "state", Action.VIEW)
"""Whose ledgers somebody may read: the whole budget, in a state in which he sees its content."""


class Stage(Term):
    """Which version of each budget counts."""

    LATEST = "latest", "各部门最新的版本"
    APPROVED = "approved", "只计已批复的"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the form asks for. Without a tick everything that the filters leave is meant."""

    year: int
    stage: Stage
    table: str
    type: str
    division: str
    departments: frozenset[str]
    units: frozenset[str]


def asked(data: QueryDict, years: Sequence[int], otherwise: int) -> Asked:
    """Return what was asked for; what is no answer to a question counts as unasked.

    ``otherwise`` is the year that is meant without one.
    """
    year = data.get("year", "")
    stages = {stage.value: stage for stage in Stage}
    return Asked(
        year=int(year) if year.isdecimal() and int(year) in years else otherwise,
        stage=stages.get(data.get("stage", ""), Stage.LATEST),
        table=data.get("table", ""),
        type=data.get("type", ""),
        division=data.get("division", ""),
        departments=frozenset(data.getlist("d")),
        units=frozenset(data.getlist("u")),
    )


@dataclass(frozen=True)
class Pool:
    """The budgets of a year that somebody may add up.

    ``unread`` are departments of which he may not read the version that counts: it is with them.
    ``divisions`` are for the bureau alone: they name its people.
    """

    budgets: tuple[DepartmentBudget, ...]
    unread: tuple[Department, ...]
    divisions: Mapping[str, tuple[str, frozenset[str]]]

    @cached_property
    def units(self) -> Mapping[int, list[BudgetUnit]]:
        """The units that have a budget of their own, by the budget's key, in official order."""
        found: dict[int, list[BudgetUnit]] = {budget.pk: [] for budget in self.budgets}
        parts = UnitBudget.objects.filter(budget__in=list(found), unit__merged=False)
        ordered = parts.select_related("unit").order_by("unit__position", "unit__code")
        for part in ordered:
            found[part.budget_id].append(part.unit)
        return found

    def chosen(self, wish: Asked) -> dict[int, list[str]]:
        """Return the codes of the units that are meant, by the key of their budget."""
        of_division = self.divisions.get(wish.division, ("", frozenset()))[1]
        meant: dict[int, list[str]] = {}
        for budget in self.budgets:
            code = budget.department_id
            if wish.division and code not in of_division:
                continue
            units = [
                unit.code
                for unit in self.units[budget.pk]
                if wish.type in ("", unit.type.value) and _ticked(unit.code, code, wish)
            ]
            if units:
                meant[budget.pk] = units
        return meant


def _ticked(unit: str, department: str, wish: Asked) -> bool:
    nothing = not (wish.departments or wish.units)
    return nothing or department in wish.departments or unit in wish.units


def years() -> list[int]:
    """Return the years that there are, the latest first."""
    return list(BudgetYear.objects.order_by("-year").values_list("year", flat=True))


def newest_readable(user: User) -> int | None:
    """Return the newest year of which somebody may read a ledger, None where there is none.

    A year is opened long before there is something to add up in it.
    """
    read = DepartmentBudget.objects.filter(READING.of(held_by(user)))
    newest: int | None = read.aggregate(newest=Max("year_id"))["newest"]
    return newest


def pool(user: User, year: int, stage: Stage) -> Pool:
    """Return what somebody may add up; the number of queries is always the same."""
    held = held_by(user)
    stored = DepartmentBudget.objects.filter(year=year).select_related("department", "year")
    if stage is Stage.APPROVED:
        stored = stored.filter(state__in=SETTLED)
    readable = set(stored.filter(READING.of(held)).values_list("pk", flat=True))
    newest: dict[str, DepartmentBudget] = {}
    for budget in sorted(stored, key=how_late):
        before = newest.get(budget.department_id)
        if budget.pk in readable or not (before and _holds(before)):
            newest[budget.department_id] = budget
    reached = set(Department.objects.for_user(user).values_list("code", flat=True))
    mine = [newest[code] for code in sorted(newest) if code in reached]
    return Pool(
        budgets=tuple(budget for budget in mine if budget.pk in readable),
        unread=tuple(budget.department for budget in mine if budget.pk not in readable),
        divisions=_divisions() if any(each.role in BUREAU_SIDE for each in held) else {},
    )


def _holds(budget: DepartmentBudget) -> bool:
    """Return whether a version is in force: it counts until its correction can be read."""
    return budget.state in SETTLED and budget.state is not State.WITHDRAWN


def _divisions() -> dict[str, tuple[str, frozenset[str]]]:
    """Return by key each reviewer of a division, and the departments assigned to him today."""
    today = timezone.localdate()
    grants = Grant.objects.filter(
        role=Role.DIVISION_REVIEWER, revoked_at=None, valid_from__lte=today
    ).exclude(valid_to__lt=today)
    assigned: dict[int, set[str]] = {}
    for user, department in grants.values_list("user_id", "department_id"):
        assigned.setdefault(user, set()).add(str(department))
    names = dict(Account.objects.filter(user__in=assigned).values_list("user_id", "name"))
    return {str(user): (names.get(user, ""), frozenset(codes)) for user, codes in assigned.items()}


TYPES = [(each.value, each.label) for each in UnitType]
