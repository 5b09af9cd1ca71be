"""Putting the triggers of append-only tables in place whenever the database was migrated.

SQLite makes a table anew to alter it, and loses its triggers; so they are not part of one migration
but are set after each run of them.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction

from budget.models.append_only import TABLES, guard, unguard


def guard_after_migrating(using: str, **_: Any) -> None:
    """Let the database refuse changes to what is only ever added to."""
    connection = connections[using]
    with transaction.atomic(using=using):
        with connection.cursor() as cursor:
            there = connection.introspection.table_names(cursor)
        tables = [table for table in TABLES if table in there]
        unguard(connection, tables)
        guard(connection, tables)
