"""Two people of the bureau at one ceiling at the same moment: one of them is told, none is lost."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from budget.roles import Role
from budget.tests.clean import a_clean_budget
from budget.tests.people import someone_with
from budget.tests.test_flow_races import APART, Worker, rounds, two

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people() -> None:
    a_clean_budget()
    for name in ("one", "other"):
        someone_with(Role.BUDGET_REVIEWER, "", name)


def race(pair: tuple[Worker, Worker], how: str, chance: random.Random) -> Any:
    """Return what came of both, and the facts before and after."""
    before = pair[0].asked(do="reset ceiling")
    for worker, by, now in zip(pair, ("one", "other"), ("110", "120"), strict=True):
        worker.tell(do=how, by=by, now=now, after=chance.uniform(0, APART))
    outcomes = [worker.heard() for worker in pair]
    return outcomes, before, pair[0].asked(do="ceiling facts")


@pytest.mark.usefixtures("people")
def test_one_of_two_revisions_of_a_ceiling_holds_and_the_other_is_told(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(8)
    with two(tmp_path) as pair:
        told = [race(pair, "set ceiling", chance) for _ in range(rounds(request))]
    for outcomes, before, after in told:
        assert sorted(outcomes) == ["NotSet", "done"]
        won = ("110.00", "120.00")[outcomes.index("done")]
        assert after["amount"] == won
        assert after["changes"] == [*before["changes"], ["100.00", won]]


@pytest.mark.usefixtures("people")
@pytest.mark.long
def test_without_the_lock_a_revision_is_lost(tmp_path: Path) -> None:
    chance = random.Random(8)
    with two(tmp_path) as pair:
        told = (race(pair, "set ceiling naively", chance) for _ in range(100))
        assert any(outcomes == ["done", "done"] for outcomes, _, _ in told)
