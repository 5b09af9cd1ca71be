"""Making a backup: written under a temporary name, verified, and only then given its name."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.utils import timezone

from budget.backup import archive, facts
from budget.backup.engines import own
from budget.backup.errors import BadArchive, NotMade
from budget.backup.files import kept_files
from budget.backup.verifying import FileMissing, Verified, verify

NAMES: Final = "budget-*.tar"
TRIES: Final = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, and what verifying it came to."""

    path: Path
    size: int
    verified: Verified


def back_up(folder: Path) -> Made:
    """Write a backup into a folder and return it. Raises BackupError; no archive is left then.

    A file that somebody deletes while it is read is missed by the database that was read before:
    then all is read again.
    """
    at = timezone.now()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".making-", dir=folder) as work:
            draft, verified = _whole(Path(work), at)
            place = folder / f"budget-{timezone.localtime(at):%Y%m%d-%H%M%S-%f}.tar"
            size = draft.stat().st_size
            os.replace(draft, place)
            _settle(folder)
    except OSError as error:
        raise NotMade(f"写不了备份：{error.strerror or error}（{folder}）") from error
    return Made(place, size, verified)


def _whole(work: Path, at: datetime) -> tuple[Path, Verified]:
    for attempt in range(1, TRIES + 1):
        draft = work / f"{attempt}.tar"
        try:
            _written(draft, work / str(attempt), at)
            return draft, verify(draft)
        except (FileMissing, FileNotFoundError) as error:
            draft.unlink(missing_ok=True)
            if attempt == TRIES:
                raise NotMade(f"备份不完整：{error}") from error
        except BadArchive as error:
            raise NotMade(f"写成的备份没有通过核对：{error}") from error
    raise AssertionError("unreachable")


def _written(draft: Path, folder: Path, at: datetime) -> None:
    engine = own()
    folder.mkdir()
    dump = folder / engine.file
    with engine.dumped(dump) as state:
        figures = facts.read(state.ask, state.tables)
    archive.write(
        draft,
        at=timezone.localtime(at).isoformat(timespec="seconds"),
        engine=engine.name,
        database=dump,
        files=kept_files(),
        facts=figures,
    )
    dump.unlink()


def _settle(folder: Path) -> None:
    """Let the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def forget_older(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` backups of a folder, and return what was removed."""
    old = sorted(folder.glob(NAMES), key=lambda each: each.name)[:-keep]
    for each in old:
        each.unlink()
    return old
