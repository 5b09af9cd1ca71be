"""The audit trail: only ever added to, sealed entry by entry, and told where it was touched."""

import random
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from budget.audit.recording import NotTogether, record
from budget.audit.verifying import verify
from budget.models import AuditEntry, AuditHead
from budget.models.append_only import TABLES, guard, unguard
from budget.tests.stored import one_of_each

pytestmark = pytest.mark.django_db

TRIALS = 100
ENTRIES = 12


@pytest.fixture
def trail() -> None:
    """Twelve entries of two people."""
    people = [User.objects.create(username=name) for name in ("甲", "乙")]
    for number in range(ENTRIES):
        record(
            "budget.submit",
            by=people[number % 2],
            subject=f"157/{2020 + number}",
            detail={"revision": number, "reason": "说明"},
        )


@pytest.fixture
def open_tables() -> Iterator[None]:
    """The triggers out of the way: somebody with full rights over the database."""
    unguard(connection)
    yield
    guard(connection)


def test_entries_are_numbered_and_chained(trail: None) -> None:
    entries = list(AuditEntry.objects.order_by("number"))
    assert [entry.number for entry in entries] == list(range(1, ENTRIES + 1))
    assert entries[0].previous == "0" * 64
    assert all(one.digest == two.previous for one, two in pairwise(entries))
    assert verify() is None


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("sql", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_delete(table: str, sql: str) -> None:
    one_of_each()
    with (
        pytest.raises(DatabaseError, match="只能追加"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql.format(table))


def test_an_entry_is_written_with_its_act_or_not_at_all(trail: None) -> None:
    with transaction.atomic():
        record("budget.approve", by=None)
        transaction.set_rollback(True)
    assert AuditEntry.objects.count() == ENTRIES
    assert verify() is None


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction() -> None:
    with pytest.raises(NotTogether):
        record("budget.submit", by=None)


TAMPERINGS = (
    "UPDATE budget_auditentry SET subject = 'x' WHERE number = %s",
    "UPDATE budget_auditentry SET person = 'x' WHERE number = %s",
    "UPDATE budget_auditentry SET act = 'budget.sign' WHERE number = %s",
    "UPDATE budget_auditentry SET by_id = NULL WHERE number = %s",
    "UPDATE budget_auditentry SET detail = '{\"revision\": 99}' WHERE number = %s",
    "UPDATE budget_auditentry SET at = '2020-01-01 00:00:00+00:00' WHERE number = %s",
    "UPDATE budget_auditentry SET previous = digest WHERE number = %s",
    "DELETE FROM budget_auditentry WHERE number = %s",
)


def test_whoever_gets_around_the_database_is_told_by_the_chain(
    trail: None, open_tables: None
) -> None:
    draws = random.Random(20261125)
    for _ in range(TRIALS):
        number = draws.randint(1, ENTRIES)
        sql = draws.choice(TAMPERINGS)
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql, [number])
            broken = verify()
            transaction.set_rollback(True)
        assert broken is not None, sql
        assert broken.number == number, sql
    assert verify() is None


def test_an_end_that_was_cut_off_is_told(trail: None, open_tables: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM budget_auditentry WHERE number > 10")
    broken = verify()
    assert broken is not None
    assert broken.number == 11
    assert "第12条" in broken.why


def test_the_command_says_how_far_the_trail_holds(trail: None, open_tables: None) -> None:
    said = StringIO()
    call_command("verifyaudit", stdout=said)
    assert f"共{ENTRIES}条" in said.getvalue()
    assert AuditHead.objects.get().digest in said.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE budget_auditentry SET subject = 'x' WHERE number = 5")
    with pytest.raises(SystemExit) as exit_, pytest.MonkeyPatch.context():
        call_command("verifyaudit", stdout=(said := StringIO()))
    assert exit_.value.code == 1
    assert "第5条" in said.getvalue()
