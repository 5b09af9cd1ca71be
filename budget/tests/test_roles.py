"""Roles: who may do what in which state, and which roles one person may not hold together."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest

from budget.roles import (
    ADMINISTRATORS,
    IN_ROUND,
    NOT_ON_OWN_WORK,
    PERMISSIONS,
    Action,
    DutyProfile,
    Holding,
    Reach,
    Role,
    holders,
    may,
    may_ever,
    may_see,
    states_for,
    why_excluded,
)
from budget.terms import Round, State
from budget.tests.permission_table import LETTERS, LINES


def test_every_action_has_a_line_in_the_table_and_here() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert set(LINES) == {action.value for action in Action}


@pytest.mark.parametrize("action", Action)
def test_exactly_the_roles_of_the_requirements_may(action: Action) -> None:
    expected = [
        {LETTERS[letter] for letter in cell if letter != "-"} for cell in LINES[action.value]
    ]
    assert [holders(action, state) for state in State] == expected


def test_administrators_may_nothing_to_any_budget() -> None:
    assert not any(
        may(ADMINISTRATORS, action, state) or may_see(ADMINISTRATORS, state)
        for action in Action
        for state in State
    )


def test_nobody_without_a_role_may_anything() -> None:
    assert not any(may((), action, state) for action in Action for state in State)


def test_whoever_may_do_something_sees_the_budget_then() -> None:
    for action in Action:
        for state in State:
            assert holders(action, state) <= holders(Action.VIEW_STATUS, state)


@pytest.mark.parametrize("round_", list(Round), ids=lambda each: each.value)
def test_what_one_sees_depends_on_the_state_and_never_on_the_round(round_: Round) -> None:
    # ``may_see`` and the queries of ``for_user`` know no round: a limit in IN_ROUND would not bind.
    seeing = {Action.VIEW, Action.VIEW_STATUS, Action.VIEW_PERFORMANCE}
    assert seeing.isdisjoint(IN_ROUND.get(round_, {}))


def test_states_come_in_the_order_of_the_way() -> None:
    assert states_for({Role.BUDGET_REVIEWER}, Action.SEND_BACK) == (State.REVIEWED, State.FROZEN)


def test_an_action_of_others_is_never_ones_own() -> None:
    assert may_ever({Role.HEAD}, Action.SIGN)
    assert not may_ever({Role.COMPILER}, Action.SIGN)


def test_one_may_submit_and_prepare_ones_own_work_but_not_judge_it() -> None:
    assert {Action.SUBMIT, Action.PREPARE_PUBLICATION}.isdisjoint(NOT_ON_OWN_WORK)
    assert {Action.SIGN, Action.PASS_FIRST_REVIEW, Action.APPROVE, Action.PUBLISH} < NOT_ON_OWN_WORK


def test_only_compilers_are_bound_to_a_unit() -> None:
    assert [role for role in Role if role.reach is Reach.UNIT] == [Role.COMPILER]


# Pairs that one person may hold in one department, typed from the rules of separation:
# 三员 exclude each other and all else, the department's side excludes the bureau's; 标准 keeps the
# signer apart; 三员 leaves everybody one duty.
ALLOWED = {
    DutyProfile.SMALL: {"AD", "AH", "AU", "DH", "DU", "HU", "BZ", "PZ", "BP"},
    DutyProfile.STANDARD: {"AD", "AU", "DU", "BZ", "PZ", "BP"},
    DutyProfile.STRICT: set(),
}


@pytest.mark.parametrize("profile", DutyProfile)
def test_pairs_in_one_department_are_those_that_the_profile_lets_stand(
    profile: DutyProfile,
) -> None:
    names = {role: letter for letter, role in LETTERS.items()}
    allowed = {
        "".join(sorted(names.get(one, one.value) + names.get(two, two.value)))
        for one, two in combinations_with_replacement(Role, 2)
        if one is not two
        and why_excluded(profile, [Holding(one, "157")], Holding(two, "157")) is None
    }
    assert allowed == {"".join(sorted(pair)) for pair in ALLOWED[profile]}


@pytest.mark.parametrize("profile", DutyProfile)
def test_the_same_pair_is_refused_whichever_comes_first(profile: DutyProfile) -> None:
    for one in Role:
        for two in Role:
            forth = why_excluded(profile, [Holding(one, "157")], Holding(two, "157"))
            back = why_excluded(profile, [Holding(two, "157")], Holding(one, "157"))
            assert (forth is None) == (back is None)


@pytest.mark.parametrize("profile", [DutyProfile.STANDARD, DutyProfile.STRICT])
def test_a_head_may_compile_for_another_department(profile: DutyProfile) -> None:
    assert why_excluded(profile, [Holding(Role.HEAD, "157")], Holding(Role.COMPILER, "501")) is None


def test_department_and_bureau_are_apart_across_departments_too() -> None:
    held = [Holding(Role.COMPILER, "157")]
    reason = why_excluded(DutyProfile.SMALL, held, Holding(Role.DIVISION_REVIEWER, "501"))
    assert reason == ("与已有的“单位会计”冲突：编制预算的一方与财政部门审核的一方不能由同一人担任")


def test_one_may_compile_for_several_units() -> None:
    held = [Holding(Role.COMPILER, "157")]
    assert why_excluded(DutyProfile.STRICT, held, Holding(Role.COMPILER, "157")) is None
