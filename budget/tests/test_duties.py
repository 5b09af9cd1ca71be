"""Duties: which roles one person may not hold together, which acts want another."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest

from budget.actions import Action
from budget.duties import NOT_ON_OWN_WORK, DutyProfile, Holding, why_excluded
from budget.roles import Role
from budget.tests.permission_table import LETTERS

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


def test_one_may_submit_and_prepare_ones_own_work_but_not_judge_it() -> None:
    assert {Action.SUBMIT, Action.PREPARE_PUBLICATION}.isdisjoint(NOT_ON_OWN_WORK)
    assert {Action.SIGN, Action.PASS_FIRST_REVIEW, Action.APPROVE, Action.PUBLISH} < NOT_ON_OWN_WORK
