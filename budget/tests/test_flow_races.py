"""Two people at the same moment, in two processes: one step, on what its taker has read.

Beside each race stands its control: the same race with steps that are taken naively is lost.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from budget.roles import Role
from budget.tests.clean import CODE, UNIT_CODE, a_clean_budget
from budget.tests.people import someone_with
from budget.tests.sharing import Shared, shared

pytestmark = pytest.mark.django_db(transaction=True)
Told = dict[str, Any]
APART = 0.06  # seconds: about what a step takes, so that each comes first now and then


class Worker:
    """A process that does what it is told."""

    def __init__(self, base: Shared) -> None:
        self.process = base.started("-m", "budget.tests.step_worker", stdin=subprocess.PIPE)

    def tell(self, **told: Any) -> None:
        assert self.process.stdin
        self.process.stdin.write(json.dumps(told).encode() + b"\n")
        self.process.stdin.flush()

    def heard(self) -> Any:
        assert self.process.stdout
        line = self.process.stdout.readline()
        try:
            return json.loads(line)["outcome"]
        except ValueError:
            rest = self.process.communicate()[0]
            raise AssertionError((line + rest).decode()) from None

    def asked(self, **told: Any) -> Any:
        self.tell(**told)
        return self.heard()


@contextmanager
def two(folder: Path) -> Iterator[tuple[Worker, Worker]]:
    """Let two processes work on one database."""
    base = shared(folder)
    pair = Worker(base), Worker(base)
    try:
        yield pair
    finally:
        for worker in pair:
            worker.process.communicate(timeout=60)


def rounds(request: pytest.FixtureRequest) -> int:
    return 200 if request.config.getoption("long") else 6


def race(pair: tuple[Worker, Worker], state: str, one: Told, other: Told, chance: Any) -> Told:
    """Return the facts before and after two deeds at once, and what came of each."""
    before = pair[0].asked(do="reset", state=state)
    revision = before["revision"]
    for worker, deed in zip(pair, (one, other), strict=True):
        worker.tell(**deed, revision=revision, after=chance.uniform(0, APART))
    outcomes = [worker.heard() for worker in pair]
    after = pair[0].asked(do="facts")
    return {"before": before, "after": after, "outcomes": outcomes}


@pytest.fixture
def people() -> None:
    a_clean_budget()
    someone_with(Role.COMPILER, UNIT_CODE, "compiler")
    someone_with(Role.DEPARTMENT_FINANCE, CODE, "finance")
    for name in ("one", "other"):
        someone_with(Role.BUDGET_REVIEWER, "", name)


def take(how: str, action: str, by: str) -> Told:
    return {"do": how, "action": action, "by": by}


EDIT = {"do": "edit", "by": "compiler"}


def unread(told: Told) -> bool:
    """Return whether something was submitted that is not what was validated."""
    differs: bool = told["after"]["digest"] != told["before"]["digest"]
    return differs and told["after"]["state"] == "submitted"


def twofold(told: Told) -> bool:
    """Return whether two steps were taken from one state."""
    return bool(told["after"]["steps"] - told["before"]["steps"] == 2)


@pytest.mark.usefixtures("people")
def test_what_is_submitted_is_what_was_validated(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(6)
    with two(tmp_path) as pair:
        told = [
            race(pair, "draft", take("take", "submit", "finance"), EDIT, chance)
            for _ in range(rounds(request))
        ]
    outcomes = [tuple(each["outcomes"]) for each in told]
    assert set(outcomes) <= {("done", "WrongState"), ("Stale", "done")}
    assert not [each for each in told if unread(each)]


@pytest.mark.usefixtures("people")
@pytest.mark.long
def test_a_submission_without_the_lock_lets_an_edit_slip_in(tmp_path: Path) -> None:
    chance = random.Random(6)
    with two(tmp_path) as pair:
        naive = take("take naively", "submit", "finance")
        assert any(unread(race(pair, "draft", naive, EDIT, chance)) for _ in range(100))


@pytest.mark.usefixtures("people")
def test_a_budget_is_approved_or_sent_back_and_never_both(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(7)
    approve, back = take("take", "approve", "one"), take("take", "send_back", "other")
    with two(tmp_path) as pair:
        told = [race(pair, "frozen", approve, back, chance) for _ in range(rounds(request))]
    for each in told:
        first = each["outcomes"].index("done")
        assert each["outcomes"][1 - first] in ("WrongState", "OutOfSight")
        assert each["after"]["state"] == ("approved", "draft")[first]
        assert each["after"]["steps"] - each["before"]["steps"] == 1


@pytest.mark.usefixtures("people")
@pytest.mark.long
def test_steps_without_the_lock_are_both_taken(tmp_path: Path) -> None:
    chance = random.Random(7)
    approve = take("take naively", "approve", "one")
    back = take("take naively", "send_back", "other")
    with two(tmp_path) as pair:
        assert any(twofold(race(pair, "frozen", approve, back, chance)) for _ in range(100))


@pytest.mark.usefixtures("people")
@pytest.mark.long
def test_documents_formed_while_amounts_move_show_one_moment(tmp_path: Path) -> None:
    with two(tmp_path) as (editor, reader):
        editor.tell(do="shift", times=2000)
        torn = reader.asked(do="package", times=200)
        editor.heard()
    assert torn == "done"  # none of 200


@pytest.mark.usefixtures("people")
@pytest.mark.long
def test_sums_read_in_two_queries_are_torn(tmp_path: Path) -> None:
    with two(tmp_path) as (editor, reader):
        editor.tell(do="shift", times=2000)
        torn = reader.asked(do="add naively", times=2000)
        editor.heard()
    assert torn != "done"
