"""Putting the triggers of append-only tables and of locked amounts in place.

SQLite makes a table anew to alter it, and loses its triggers; so they are not part of one migration
but are set after each run of them. Before a run those go that look at another table: neither engine
alters a table that somebody's trigger names.
"""

from __future__ import annotations

from typing import Any

from django.db import connections, transaction

from budget.models.append_only import TABLES, guard, unguard
from budget.models.locked_amounts import lock, locked_tables, unlock


def unlock_before_migrating(using: str, plan: Any = (), **_: Any) -> None:
    """Take the locks off for a run that does something; a run that fails half-way is run again."""
    if not plan:
        return
    connection = connections[using]
    with transaction.atomic(using=using):
        unlock(connection, locked_tables(_there(using)))


def guard_after_migrating(using: str, plan: Any = None, **_: Any) -> None:
    """Let the database refuse changes to what is only ever added to, and to locked amounts.

    Without a plan it was no migration: emptying tables leaves their triggers.
    """
    if plan is None:
        return
    connection = connections[using]
    with transaction.atomic(using=using):
        there = _there(using)
        tables = [table for table in TABLES if table in there]
        unguard(connection, tables)
        guard(connection, tables)
        locked = locked_tables(there)
        unlock(connection, locked)
        lock(connection, locked)


def _there(using: str) -> list[str]:
    connection = connections[using]
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)
