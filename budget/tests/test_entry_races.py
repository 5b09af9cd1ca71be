"""Many people saving at the same moment, in processes of their own, on both databases.

Each test has its negative control: the common way of doing the same, which loses or fails.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.db import connection

from budget.models import Grant
from budget.roles import Role
from budget.tests.filling import Accountant, an_accountant
from budget.tests.sharing import Shared, shared
from budget.tests.writing_at_once import (
    Desk,
    Told,
    as_sqlite_comes,
    count_up,
    count_up_carelessly,
    many_batches,
    one_batch,
    own_row,
    words,
)

pytestmark = pytest.mark.django_db(transaction=True)

AMOUNTS = "SELECT amount FROM budget_spendingline ORDER BY id"
BATCHES = "SELECT COUNT(*) FROM budget_batch"
PATIENCE = 120


@pytest.fixture
def accountant() -> Accountant:
    found = an_accountant()
    Grant.objects.create(user=found.user, role=Role.COMPILER, unit=found.unit)
    return found


@pytest.fixture
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    """How many write at once, and how many saves each makes: 480 in all in the long run."""
    return (8, 60) if request.config.getoption("long") else (4, 12)


def all_at_once(
    base: Shared,
    folder: Path,
    user: str,
    way: Callable[[Desk], Told],
    rows: Sequence[str],
    saves: int,
) -> list[Told]:
    """Run one process for each row, all beginning together, and return what each was told."""
    folder.mkdir()
    desks = [Desk(user, row, saves, str(folder), at) for at, row in enumerate(rows)]
    processes = [base.started(*words(way, desk)) for desk in desks]
    until = time.monotonic() + PATIENCE
    while len(list(folder.glob("ready-*"))) < len(rows) and time.monotonic() < until:
        time.sleep(0.01)
    (folder / "go").touch()
    printed = [process.communicate()[0].decode() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(rows), printed
    return [Told(**json.loads(text.splitlines()[-1])) for text in printed]


def counted(told: Sequence[Told]) -> int:
    """Return what the acknowledged saves of a cell add up to, in yuan."""
    return sum(each.saved * step for step, each in enumerate(told, 1))


def test_of_all_acknowledged_saves_of_one_cell_none_is_lost(
    accountant: Accountant, tmp_path: Path, size: tuple[int, int]
) -> None:
    row = accountant.new("basic", function="2010301", economic="30101", amount="0")
    base, (writers, saves) = shared(tmp_path), size
    name = accountant.user.username
    told = all_at_once(base, tmp_path / "desks", name, count_up, [row] * writers, saves)
    assert [each.errors for each in told] == [[]] * writers
    # Each save was acknowledged, or told what somebody else had put there meanwhile.
    assert [each.saved + each.same + each.conflicts for each in told] == [saves] * writers
    assert base.column(AMOUNTS) == [counted(told) * 100]
    assert base.is_sound()


def test_without_comparison_and_lock_acknowledged_saves_are_lost(
    accountant: Accountant, tmp_path: Path, size: tuple[int, int]
) -> None:
    row = accountant.new("basic", function="2010301", economic="30101", amount="0")
    base, (writers, saves) = shared(tmp_path), size
    name = accountant.user.username
    told = all_at_once(base, tmp_path / "desks", name, count_up_carelessly, [row] * writers, saves)
    assert [each.saved for each in told] == [saves] * writers
    assert base.column(AMOUNTS)[0] < counted(told) * 100


@pytest.mark.long
def test_people_in_one_sheet_never_meet_a_locked_database(
    accountant: Accountant, tmp_path: Path, size: tuple[int, int]
) -> None:
    base_row = {"function": "2010301", "economic": "30101", "amount": "0"}
    writers, saves = size
    rows = [accountant.new("basic", **base_row) for _ in range(writers)]
    base = shared(tmp_path)
    told = all_at_once(base, tmp_path / "desks", accountant.user.username, own_row, rows, saves)
    assert [(each.saved, each.conflicts, each.errors) for each in told] == [
        (saves, 0, []) for _ in rows
    ]
    assert [each.last for each in told] == [f"{saves}.00"] * writers
    assert base.column(AMOUNTS) == [saves * 100] * writers


@pytest.mark.long
def test_with_the_options_of_sqlite_itself_many_saves_meet_a_locked_database(
    accountant: Accountant, tmp_path: Path, size: tuple[int, int]
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows, not the whole database")
    row = accountant.new("basic", function="2010301", economic="30101", amount="0")
    base, (writers, saves) = shared(tmp_path), size
    name = accountant.user.username
    told = all_at_once(base, tmp_path / "desks", name, as_sqlite_comes, [row] * writers, saves)
    errors = [error for each in told for error in each.errors]
    assert set(errors) == {"database is locked"}


def test_one_batch_sent_twenty_times_at_once_has_one_effect(
    accountant: Accountant, tmp_path: Path
) -> None:
    base, name = shared(tmp_path), accountant.user.username
    told = all_at_once(base, tmp_path / "desks", name, one_batch, [""] * 4, 5)
    assert [each.errors for each in told] == [[]] * 4
    keys = [key for each in told for key in each.rows]
    assert len(keys) == 20
    assert len(set(keys)) == 1, "everybody got the same answer"
    assert base.column(AMOUNTS) == [100]
    assert base.column(BATCHES) == [1]


def test_the_same_row_under_twenty_batches_is_twenty_rows(
    accountant: Accountant, tmp_path: Path
) -> None:
    base, name = shared(tmp_path), accountant.user.username
    told = all_at_once(base, tmp_path / "desks", name, many_batches, [""] * 4, 5)
    assert [each.errors for each in told] == [[]] * 4
    assert base.column(AMOUNTS) == [100] * 20
