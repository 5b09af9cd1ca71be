"""Proving a backup without touching the site: every byte, then what the database restores to."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from budget.backup import archive, facts
from budget.backup.archive import Manifest
from budget.backup.engine import Opened
from budget.backup.engines import named
from budget.backup.errors import BadArchive, NoTrial


class FileMissing(BadArchive):
    """The database names a file that the archive does not hold."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A good archive. ``untried`` says why its database was not restored, "" where it was."""

    manifest: Manifest
    untried: str


def verify(path: Path) -> Verified:
    """Return what a good archive holds. Raises BadArchive."""
    with archive.opened(path) as (tar, manifest), unpacked(tar, manifest) as dump:
        return Verified(manifest, tried(manifest, dump))


@contextmanager
def unpacked(tar: tarfile.TarFile, manifest: Manifest) -> Iterator[Path]:
    """Yield the archive's database as a file in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="budget-trial-") as folder:
        dump = Path(folder) / manifest.database
        with dump.open("xb") as file:
            archive.copy_out(tar, manifest.database, file)
        yield dump


def tried(manifest: Manifest, dump: Path) -> str:
    """Restore a database apart from the site and compare; return why that was not possible, or "".

    Raises BadArchive for anything that is not as it was when the backup was made.
    """
    try:
        with named(manifest.engine).tried(dump) as copy:
            _compare(manifest, copy)
    except NoTrial as reason:
        return str(reason)
    return ""


def _compare(manifest: Manifest, copy: Opened) -> None:
    found = facts.read(copy.ask, copy.tables)
    different = list(facts.differences(manifest.facts, found))
    if different:
        raise BadArchive(f"试恢复的数据库与清单不符：{'；'.join(different[:5])}")
    digests = {part.digest for part in manifest.parts.values()}
    for each in facts.named_files(copy.ask, copy.tables):
        if each.digest not in digests and each.place not in manifest.parts:
            raise FileMissing(f"备份缺少{each.told}")
