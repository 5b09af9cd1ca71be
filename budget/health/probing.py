"""What serving needs, each thing one cheap question."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

LOG = logging.getLogger("budget.health")
ROOM: Final = 100 * 2**20
"""Bytes that must be free where files are written: a few releases with all their files."""


LAST_SIGN: Final = (
    "SELECT extract(epoch FROM clock_timestamp() - max(last_heartbeat)) FROM procrastinate_workers"
)
"""A worker writes its heartbeat every 10 seconds, and is struck off once it has ended."""


class NotWell(Exception):
    """Something that serving needs is not well; the message is for the log alone."""


_migrated: set[str] = set()
"""Databases that were found up to date: a process never falls behind again while it runs."""


def probed() -> Mapping[str, bool]:
    """Return whether each thing is well."""
    return {name: _is_well(name, probe) for name, probe in probes().items()}


def probes() -> Mapping[str, Callable[[], None]]:
    """Return what is asked here, by name; each raises NotWell, OSError or a database's error."""
    always = {"database": database, "migrations": migrations, "media": media, "fonts": fonts}
    return {**always, "queue": queue} if connection.vendor == "postgresql" else always


def _is_well(name: str, probe: Callable[[], None]) -> bool:
    try:
        probe()
    except (NotWell, OSError, Error) as error:
        LOG.error("%s is not well: %s", name, error)
        return False
    return True


def database() -> None:
    """The database answers."""
    _ask("SELECT 1")


def migrations() -> None:
    """Every migration of the program was applied."""
    if str(connection.settings_dict["NAME"]) in _migrated:
        return
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if left:
        raise NotWell(f"{len(left)} migrations to apply, {left[0][0]} first")
    _migrated.add(str(connection.settings_dict["NAME"]))


def media() -> None:
    """Files can be written, of releases and inside."""
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.INSIDE_ROOT)):
        there = next(each for each in (folder, *folder.parents) if each.exists())
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            raise NotWell(f"{there} cannot be written")
        if shutil.disk_usage(there).free < ROOM:
            raise NotWell(f"less than {ROOM} bytes are free under {there}")


def fonts() -> None:
    """The fonts of the documents are where fontconfig looks for them."""
    listed = os.environ.get("FONTCONFIG_FILE", "")
    if not (listed and Path(listed).is_file()):
        raise NotWell(f"no fonts are configured at {listed or 'FONTCONFIG_FILE'}")


def queue() -> None:
    """The queue of jobs can be read."""
    _ask("SELECT 1 FROM procrastinate_jobs LIMIT 1")


def worker() -> str:
    """Return when a worker of the queue gave its last sign of life, "" where there is no queue.

    That is told and never asked of a site that is ready: pages are served without a worker, and
    files of releases wait for one.
    """
    if connection.vendor != "postgresql":
        return ""
    try:
        [ago] = _ask(LAST_SIGN)
    except Error as error:
        LOG.error("the worker cannot be asked for: %s", error)
        return "unknown"
    return "not seen" if ago is None else f"seen {max(0, int(ago))} seconds ago"


def _ask(query: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row: tuple[Any, ...] = cursor.fetchone() or ()
        return row
