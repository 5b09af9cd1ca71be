"""Actions: who may do what in which state of which round."""

from __future__ import annotations

import pytest

from budget.actions import (
    IN_ROUND,
    PERMISSIONS,
    Action,
    holders,
    may,
    may_ever,
    may_see,
    states_for,
)
from budget.roles import ADMINISTRATORS, Reach, Role
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


def test_only_compilers_are_bound_to_a_unit() -> None:
    assert [role for role in Role if role.reach is Reach.UNIT] == [Role.COMPILER]
