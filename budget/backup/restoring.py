"""Putting a backup into the site: the files first, then the database at one blow.

New files beside old ones harm nobody while the old database is in force, and the new database finds
its files from the first moment. So whatever happens on the way, the site is the old one or the new.
"""

from __future__ import annotations

import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from budget.audit.recording import record
from budget.backup import archive, facts
from budget.backup.archive import Manifest
from budget.backup.engine import Engine
from budget.backup.engines import own
from budget.backup.errors import BackupError, NotRestored
from budget.backup.files import kept_files, place_of, put, remove, staged
from budget.backup.verifying import tried, unpacked

FILLED: Mapping[str, str] = {
    "auth_user": "账户",
    "budget_department": "部门",
    "budget_release": "发布版",
    "budget_auditentry": "审计记录",
}
"""Tables that only a site in use has rows in."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put into the site; ``migrated`` where the program was newer than the backup."""

    manifest: Manifest
    migrated: bool


def restore(path: Path, *, replace: bool = False) -> Restored:
    """Let the site become what a backup holds. Raises BackupError; the site is as it was then.

    A site in use is replaced only where that is said; whoever was signed in has to do so again.
    """
    with archive.opened(path) as (tar, manifest):
        engine = own()
        _refuse_foreign(manifest, engine)
        if not replace:
            _refuse_occupied(engine)
        with unpacked(tar, manifest) as dump:
            tried(manifest, dump)
            _put(tar, manifest, engine, dump)
    migrated = _migrate()
    _begin_anew(path, manifest)
    return Restored(manifest, migrated)


def _refuse_foreign(manifest: Manifest, engine: Engine) -> None:
    if manifest.engine != engine.name:
        raise NotRestored(f"备份的数据库是 {manifest.engine}，本站是 {engine.name}，不能恢复")
    known = {
        f"{app}.{name}"
        for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    }
    newer = sorted(set(manifest.facts.migrations) - known)
    if newer:
        raise NotRestored(f"备份来自较新的程序（{newer[-1]}），请先升级程序再恢复")


def _refuse_occupied(engine: Engine) -> None:
    with engine.site() as site:
        there = [
            title
            for table, title in FILLED.items()
            if table in site.tables and site.ask(f"SELECT 1 FROM {table} LIMIT 1")
        ]
    if kept_files():
        there.append("文件")
    if there:
        raise NotRestored(
            f"网站不是空的，已有{'、'.join(there)}；确要用备份替换全部内容的，请加 --replace"
        )


def _put(tar: tarfile.TarFile, manifest: Manifest, engine: Engine, dump: Path) -> None:
    wanted = [name for name in manifest.parts if name != manifest.database]
    try:
        with staged(tar, iter(wanted)) as moves:
            added = put(moves)
            _switch(engine, dump, added)
    except OSError as error:
        raise NotRestored(f"写不了文件：{error.strerror or error}") from error
    _compare(manifest, engine)
    places = {place_of(name) for name in wanted}
    remove(file for file in list(kept_files().values()) if file not in places)


def _switch(engine: Engine, dump: Path, added: list[Path]) -> None:
    connection.close()
    try:
        engine.put(dump)
    except BackupError:
        remove(iter(added))
        raise


def _compare(manifest: Manifest, engine: Engine) -> None:
    with engine.site() as site:
        different = list(facts.differences(manifest.facts, facts.read(site.ask, site.tables)))
    if different:
        raise NotRestored(f"恢复后的数据库与清单不符：{'；'.join(different[:5])}")


def _migrate() -> bool:
    """Bring the database up to the program; return whether anything was to be done."""
    executor = MigrationExecutor(connection)
    behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    call_command("migrate", interactive=False, verbosity=0)
    return behind


def _begin_anew(path: Path, manifest: Manifest) -> None:
    """End all sessions, which the backup would bring back to life, and record what was done."""
    number, digest = manifest.facts.audit
    detail = {"file": path.name, "made_at": manifest.at, "entries": number, "digest": digest}
    with transaction.atomic():
        UserSession.objects.all().delete()
        Session.objects.all().delete()
        record("site.restore", by=None, subject="site", detail=detail)
