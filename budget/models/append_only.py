"""Tables to which rows are only ever added, as the database itself sees to it on both engines.

Django's own refusal (``Frozen``) does not reach plain SQL; a trigger does. On PostgreSQL the role
that the site runs under should not own the tables: an owner could drop the trigger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "budget_auditentry",
    "budget_snapshot",
    "budget_release",
    "budget_releasefile",
    "budget_steptaken",
    "budget_issue",
    "budget_correction",
    "budget_withdrawal",
    "budget_seal",
    "budget_publicplace",
    "budget_ceilingchange",
    "budget_grantchange",
    "budget_unitverdict",
)
REFUSAL = "此表只能追加，不可修改或删除"


def guard(connection: BaseDatabaseWrapper, tables: Iterable[str] = TABLES) -> None:
    """Let the database refuse to change or delete rows of these tables."""
    _run(connection, (sql for table in tables for sql in _guards(connection.vendor, table)))


def unguard(connection: BaseDatabaseWrapper, tables: Iterable[str] = TABLES) -> None:
    """Take the refusal away: for tests that empty the whole database, and for going back."""
    _run(connection, (sql for table in tables for sql in _releases(connection.vendor, table)))


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def _guards(vendor: str, table: str) -> Iterator[str]:
    if vendor == "sqlite":
        for act in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{act.lower()}"
                f" BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    yield (
        "CREATE OR REPLACE FUNCTION budget_append_only() RETURNS trigger AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION budget_append_only()"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION budget_append_only()"
    )


def _releases(vendor: str, table: str) -> Iterator[str]:
    if vendor == "sqlite":
        yield from (f"DROP TRIGGER IF EXISTS {table}_no_{act}" for act in ("update", "delete"))
    else:
        yield from (
            f"DROP TRIGGER IF EXISTS {table}_no_{act} ON {table}" for act in ("change", "truncate")
        )
