"""The full-text index over passages, as each engine has it; the migration that makes them calls it.

SQLite: an FTS5 table that keeps no text of its own, held in step by triggers. Altering
``budget_passage`` there makes the table anew and loses them: such a migration calls ``install``
again. PostgreSQL: a generated column of lexemes and a GIN index without a pending list, so that
a search costs the same right after a release.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

OLD = "INSERT INTO budget_passage_found (budget_passage_found, rowid, grams) VALUES"
GONE = f"{OLD} ('delete', old.id, old.grams)"
COME = "INSERT INTO budget_passage_found (rowid, grams) VALUES (new.id, new.grams)"

INSTALL = {
    "sqlite": (
        # Not unicode61: it does not know the younger ideographs and would part words at them.
        "CREATE VIRTUAL TABLE IF NOT EXISTS budget_passage_found USING fts5("
        "grams, content='budget_passage', content_rowid='id', tokenize='ascii')",
        "CREATE TRIGGER IF NOT EXISTS budget_passage_come AFTER INSERT ON budget_passage"
        f" BEGIN {COME}; END",
        "CREATE TRIGGER IF NOT EXISTS budget_passage_gone AFTER DELETE ON budget_passage"
        f" BEGIN {GONE}; END",
        "CREATE TRIGGER IF NOT EXISTS budget_passage_changed AFTER UPDATE ON budget_passage"
        f" BEGIN {GONE}; {COME}; END",
        "INSERT INTO budget_passage_found (budget_passage_found) VALUES ('rebuild')",
    ),
    "postgresql": (
        "ALTER TABLE budget_passage ADD COLUMN IF NOT EXISTS found tsvector"
        " GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, grams)) STORED",
        "CREATE INDEX IF NOT EXISTS budget_passage_found ON budget_passage"
        " USING gin (found) WITH (fastupdate = off)",
    ),
}
REMOVE = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS budget_passage_come",
        "DROP TRIGGER IF EXISTS budget_passage_gone",
        "DROP TRIGGER IF EXISTS budget_passage_changed",
        "DROP TABLE IF EXISTS budget_passage_found",
    ),
    "postgresql": (
        "DROP INDEX IF EXISTS budget_passage_found",
        "ALTER TABLE budget_passage DROP COLUMN IF EXISTS found",
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index of this engine over the passages that are there."""
    _run(connection, INSTALL[connection.vendor])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the index of this engine away."""
    _run(connection, REMOVE[connection.vendor])


def _run(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
