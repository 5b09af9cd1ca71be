"""What a query for somebody gives: what his roles reach, in states that they see, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, User
from django.utils import timezone

from budget.actions import Action
from budget.models import (
    BudgetUnit,
    Department,
    DepartmentBudget,
    Forbidden,
    Grant,
    OutOfSight,
    SpendingLine,
    UnitBudget,
    WrongState,
    require,
    roles_on,
)
from budget.models.scopes import ScopedRows, held_by
from budget.roles import ADMINISTRATORS, Role
from budget.terms import State
from budget.tests.people import a_grant, a_person, someone_with
from budget.tests.stored import a_budget, a_project, a_unit, line_values
from performance.models import ProjectGoal

pytestmark = pytest.mark.django_db

# Of no one budget: codes, years, settings of the whole bureau, people, the trail of what was done
# (the auditor's alone), and what is public. Trails that only grow are reached through the budget
# that they are of.
EVERYBODYS = {
    "Account",
    "AuditEntry",
    "AuditHead",
    "BudgetYear",
    "CeilingChange",
    "CodeChange",
    "Correction",
    "DisclosureOnly",
    "DutySetting",
    "EconomicCode",
    "EconomicMapping",
    "FunctionCode",
    "Grant",
    "GrantChange",
    "Issue",
    "LibraryIndicator",
    "Passage",
    "PublicPlace",
    "Release",
    "ReleaseFile",
    "ReleaseJob",
    "ReturnPoint",
    "RevenueCode",
    "RuleChange",
    "RuleSetting",
    "Seal",
    "Snapshot",
    "StepTaken",
    "UnitVerdict",
    "UsedPassword",
    "Withdrawal",
    "YearRound",
}


def test_every_model_is_bounded_or_said_to_be_everybodys() -> None:
    stored = {
        model.__name__: model
        for label in ("budget", "performance")
        for model in apps.get_app_config(label).get_models()
    }
    bounded = {
        name
        for name, model in stored.items()
        if isinstance(model._default_manager.all(), ScopedRows)
    }
    assert set(stored) - bounded == EVERYBODYS


@pytest.mark.parametrize("label", ["budget", "performance"])
def test_every_bounded_model_can_be_asked_for_a_person(label: str) -> None:
    reviewer = someone_with(Role.BUDGET_REVIEWER)
    compiler = someone_with(Role.COMPILER, a_unit("801001").code)
    for model in apps.get_app_config(label).get_models():
        rows: Any = model._default_manager.all()
        if isinstance(rows, ScopedRows):
            for person in (reviewer, compiler, AnonymousUser()):
                assert rows.for_user(person).count() >= 0


@pytest.fixture
def budgets() -> dict[str, DepartmentBudget]:
    """Two departments: 801 with two units, 802 with one; each unit has a line."""
    made = {
        "801": a_budget(a_unit("801001", is_head=True), a_unit("801002")),
        "802": a_budget(a_unit("802001", is_head=True)),
    }
    for part in UnitBudget.objects.all():
        SpendingLine.objects.create(budget=part.budget, unit=part.unit, **line_values())
    return made


def seen(model: Any, user: Any) -> list[str]:
    """Return the codes of what somebody sees of a model."""
    field = {
        Department: "code",
        BudgetUnit: "code",
        DepartmentBudget: "department_id",
        UnitBudget: "unit__code",
        SpendingLine: "unit__code",
    }[model]
    return sorted(model.objects.for_user(user).values_list(field, flat=True))


MODELS = (Department, BudgetUnit, DepartmentBudget, UnitBudget, SpendingLine)
ALL_UNITS = ["801001", "801002", "802001"]

# In 编制中: whoever makes the budget sees all of it, the bureau how far it is.
IN_DRAFT = [
    (Role.COMPILER, "801002", ["801"], ["801002"], ["801"], ["801002"], ["801002"]),
    (Role.DEPARTMENT_FINANCE, "801", ["801"], ALL_UNITS[:2], ["801"], ALL_UNITS[:2], ALL_UNITS[:2]),
    (Role.HEAD, "802", ["802"], ["802001"], ["802"], ["802001"], ["802001"]),
    (Role.DIVISION_REVIEWER, "801", ["801"], ALL_UNITS[:2], ["801"], ALL_UNITS[:2], []),
    (Role.BUDGET_REVIEWER, "", ["801", "802"], ALL_UNITS, ["801", "802"], ALL_UNITS, []),
    (Role.PUBLISHER, "801", ["801"], ALL_UNITS[:2], [], [], []),
    *((role, "", [], [], [], [], []) for role in sorted(ADMINISTRATORS)),
]


@pytest.mark.usefixtures("budgets")
@pytest.mark.parametrize("case", IN_DRAFT, ids=lambda case: str(case[0]))
def test_each_role_sees_its_own_in_a_draft(case: tuple[Any, ...]) -> None:
    role, code, *expected = case
    user = someone_with(role, code)
    assert [seen(model, user) for model in MODELS] == expected


def test_reviewers_see_amounts_from_the_state_in_which_they_get_them(
    budgets: dict[str, DepartmentBudget],
) -> None:
    user = someone_with(Role.DIVISION_REVIEWER, "801")
    DepartmentBudget.objects.update(state=State.SIGNED)
    assert seen(SpendingLine, user) == ["801001", "801002"]
    assert budgets["801"].department_id == "801"


def test_the_performance_division_sees_goals_before_it_sees_amounts(
    budgets: dict[str, DepartmentBudget],
) -> None:
    unit = BudgetUnit.objects.get(code="801001")
    ProjectGoal.objects.create(project=a_project(budgets["801"], unit))
    DepartmentBudget.objects.update(state=State.REVIEWED)
    user = someone_with(Role.PERFORMANCE_REVIEWER)
    assert ProjectGoal.objects.for_user(user).count() == 1
    assert seen(SpendingLine, user) == []


@pytest.mark.usefixtures("budgets")
def test_visitors_disabled_people_and_superusers_see_nothing() -> None:
    disabled = someone_with(Role.BUDGET_REVIEWER)
    disabled.is_active = False
    for user in (AnonymousUser(), disabled, User.objects.create_superuser("root")):
        assert [seen(model, user) for model in MODELS] == [[]] * 5


@pytest.mark.usefixtures("budgets")
def test_several_roles_add_up() -> None:
    user = someone_with(Role.COMPILER, "801002")
    a_grant(user, Role.HEAD, "802")
    assert seen(SpendingLine, user) == ["801002", "802001"]


@pytest.mark.parametrize(
    ("begins", "ends", "revoked", "holds"),
    [
        (0, None, False, True),
        (-1, 0, False, True),
        (1, None, False, False),
        (-2, -1, False, False),
        (0, None, True, False),
    ],
    ids=["from today", "until today", "from tomorrow", "until yesterday", "revoked"],
)
def test_a_grant_holds_on_its_days(
    begins: int, ends: int | None, revoked: bool, holds: bool
) -> None:
    user, today = a_person(), timezone.localdate()
    Grant.objects.create(
        user=user,
        role=Role.BUDGET_REVIEWER,
        valid_from=today + timedelta(days=begins),
        valid_to=None if ends is None else today + timedelta(days=ends),
        revoked_at=timezone.now() if revoked else None,
    )
    assert bool(held_by(user)) is holds


# ---- what writers ask again under the lock -----------------------------------------------------


def test_a_compiler_of_one_unit_may_edit_it_and_not_its_neighbour(
    budgets: dict[str, DepartmentBudget],
) -> None:
    user = someone_with(Role.COMPILER, "801001")
    units = {unit.code: unit for unit in BudgetUnit.objects.all()}
    require(user, Action.EDIT, budgets["801"], units["801001"])
    for unit in ("801002", "802001"):
        with pytest.raises(OutOfSight):
            require(user, Action.EDIT, budgets["801"], units[unit])
    with pytest.raises(OutOfSight):
        require(user, Action.EDIT, budgets["801"])
    with pytest.raises(OutOfSight):
        require(user, Action.EDIT, budgets["802"], units["801001"])


def test_the_compiler_of_all_units_has_the_whole_budget(
    budgets: dict[str, DepartmentBudget],
) -> None:
    alone = someone_with(Role.COMPILER, "802001")
    require(alone, Action.SUBMIT, budgets["802"])
    both = someone_with(Role.COMPILER, "801001")
    a_grant(both, Role.COMPILER, "801002")
    assert roles_on(both, budgets["801"]) == {Role.COMPILER}


def test_a_budget_without_units_is_nobodys_by_a_units_role(
    budgets: dict[str, DepartmentBudget],
) -> None:
    user = someone_with(Role.COMPILER, "801001")
    empty = a_budget(BudgetUnit.objects.get(code="801001"), year=2031)
    UnitBudget.objects.filter(budget=empty).delete()
    assert roles_on(user, empty) == frozenset()


def test_the_state_is_asked_again(budgets: dict[str, DepartmentBudget]) -> None:
    budget = budgets["801"]
    unit = BudgetUnit.objects.get(code="801001")
    user = someone_with(Role.COMPILER, "801001")
    budget.state = State.SUBMITTED
    with pytest.raises(WrongState) as refused:
        require(user, Action.EDIT, budget, unit)
    assert str(refused.value) == (
        "预算现在处于“待负责人审签”，不能“填报”；在“已下达控制数”、“编制中”时才可以。"
    )


def test_what_no_role_of_ones_own_allows_is_forbidden(
    budgets: dict[str, DepartmentBudget],
) -> None:
    user = someone_with(Role.HEAD, "801")
    with pytest.raises(Forbidden, match="您在这个预算中的角色不能“填报”"):
        require(user, Action.EDIT, budgets["801"])
