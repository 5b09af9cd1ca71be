"""Which engine serves the site, and which one an archive was made on."""

from __future__ import annotations

from django.db import connection

from budget.backup.engine import Engine
from budget.backup.errors import BadArchive
from budget.backup.postgres import Postgres
from budget.backup.sqlite import Sqlite


def own() -> Engine:
    """Return the engine of the site's database."""
    if connection.vendor == "postgresql":
        return Postgres.of(connection.settings_dict)
    return Sqlite.of(connection.settings_dict)


def named(name: str) -> Engine:
    """Return the engine of an archive. Raises BadArchive for one that there is not."""
    ours = own()
    if name == ours.name:
        return ours
    if name == Sqlite.name:
        return Sqlite()
    if name == Postgres.name:
        return Postgres()
    raise BadArchive(f"备份中的数据库类型“{name}”不认识")
