"""Imports at once and imports killed: one effect or none, on both databases."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from budget.models import Grant
from budget.roles import Role
from budget.terms import BatchKind
from budget.tests.entry_workbooks import downloaded, edited, planned, put
from budget.tests.filling import Accountant, an_accountant
from budget.tests.pasting import offered
from budget.tests.sharing import Shared, killed, shared

pytestmark = pytest.mark.django_db(transaction=True)

AMOUNTS = "SELECT amount FROM budget_spendingline ORDER BY id"
REVISION = "SELECT revision FROM budget_departmentbudget"
BATCHES = "SELECT COUNT(*) FROM budget_batch WHERE kind = 'workbook'"
LINES = 60


@pytest.fixture
def accountant() -> Accountant:
    found = an_accountant()
    Grant.objects.create(user=found.user, role=Role.COMPILER, unit=found.unit)
    found.new("basic", function="2010301", economic="30101", amount="5")
    return found


def saved(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def lines(amount: int) -> Callable[[Workbook], None]:
    """Return the change that gives all lines below the first one amount."""

    def change(book: Workbook) -> None:
        for row in range(2, LINES + 2):
            put("basic", row, function="2010301", economic="30201", amount=amount)(book)

    return change


def importing(base: Shared, file: Path, accountant: Accountant) -> list[object]:
    """Return the words that start an import that writes."""
    return ["manage.py", "importbudget", file, "--commit", "--user", accountant.user.username]


def test_of_two_imports_at_once_one_is_applied(accountant: Accountant, tmp_path: Path) -> None:
    """The other finds the draft changed: refused, never half of each."""
    content = downloaded(accountant)
    files = [
        saved(tmp_path, f"{amount}.xlsx", edited(content, put("basic", 1, amount=amount)))
        for amount in (7, 8)
    ]
    base = shared(tmp_path)
    processes = [base.started(*importing(base, file, accountant)) for file in files]
    printed = [process.communicate()[0].decode() for process in processes]
    codes = [process.returncode for process in processes]
    assert sorted(codes) == [0, 1], printed
    assert base.column(AMOUNTS) == [[700, 800][codes.index(0)]]
    assert base.column(BATCHES) == [1]


@pytest.mark.long
def test_the_same_file_twice_at_once_has_one_effect(accountant: Accountant, tmp_path: Path) -> None:
    row = put("basic", 2, function="2010301", economic="30201", amount=3)
    file = saved(tmp_path, "a.xlsx", edited(downloaded(accountant), row))
    base = shared(tmp_path)
    processes = [base.started(*importing(base, file, accountant)) for _ in range(2)]
    printed = [process.communicate()[0].decode() for process in processes]
    # Whoever came second was told that the draft had moved, or found nothing left to do.
    assert {process.returncode for process in processes} <= {0, 1}, printed
    assert base.column(AMOUNTS) == [500, 300]
    assert base.column(BATCHES) == [1]


@pytest.mark.long
def test_one_offer_confirmed_many_times_at_once_is_one_batch(
    accountant: Accountant, tmp_path: Path
) -> None:
    row = put("basic", 2, function="2010301", economic="30201", amount=3)
    shown = planned(accountant, edited(downloaded(accountant), row))
    offer = tmp_path / "offer"
    offer.write_text(offered(accountant, shown, BatchKind.WORKBOOK))
    base = shared(tmp_path)
    words = ("-m", "budget.tests.confirm_offer", offer, accountant.user.username, "801001")
    processes = [base.started(*words) for _ in range(4)]
    printed = [process.communicate()[0].decode().strip() for process in processes]
    assert printed == ["2"] * 4
    assert base.column(AMOUNTS) == [500, 300]
    assert base.column(BATCHES) == [1]


@pytest.mark.long
def test_an_import_killed_at_any_moment_is_whole_or_nothing(
    accountant: Accountant, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    rounds = 50 if request.config.getoption("long") else 3
    content = downloaded(accountant)
    base = shared(tmp_path)
    first = saved(tmp_path, "0.xlsx", edited(content, lines(1)))
    begun = time.perf_counter()
    assert killed(base.started(*importing(base, first, accountant)), 120) == 0
    took = time.perf_counter() - begun
    whole = [500, *[100] * LINES]
    assert base.column(AMOUNTS) == whole

    chance = random.Random(8)
    outcomes = []
    for amount in range(2, rounds + 2):
        content = edited(fresh(base, accountant, tmp_path), lines(amount))
        words = importing(base, saved(tmp_path, f"{amount}.xlsx", content), accountant)
        before, [revision] = base.column(AMOUNTS), base.column(REVISION)
        code = killed(base.started(*words), took * chance.uniform(0.6, 1.2))
        after, [counted] = base.column(AMOUNTS), base.column(REVISION)
        wanted = [500, *[amount * 100] * LINES]
        assert after in (before, wanted), "half an import"
        assert counted == revision + (after == wanted)
        assert code != 0 or after == wanted, "acknowledged and lost"
        assert base.is_sound()
        outcomes.append((code, after == wanted))
    print(f"killed {rounds} times: {outcomes}")


def test_an_import_in_pieces_leaves_half_of_itself_when_killed(
    accountant: Accountant, tmp_path: Path
) -> None:
    """The negative control: killed the same way, a careless import is found out."""
    base = shared(tmp_path)
    words = ("-m", "budget.tests.import_in_pieces", accountant.user.username, "801001", 5_000)
    process = base.started(*words)
    while len(base.column(AMOUNTS)) < 3 and process.poll() is None:
        time.sleep(0.05)
    assert killed(process, 0) != 0
    assert 1 < len(base.column(AMOUNTS)) < 5_001


def fresh(base: Shared, accountant: Accountant, folder: Path) -> bytes:
    """Return the workbook as it is in the shared database now."""
    folder = folder / "fresh"
    process = base.started("manage.py", "exportbudget", "801001", "2030", "--out", folder)
    printed = process.communicate()[0].decode()
    assert process.returncode == 0, printed
    [file] = folder.iterdir()
    return file.read_bytes()
