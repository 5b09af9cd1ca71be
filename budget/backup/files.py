"""The files of the site: those of releases, and those that never leave the house."""

from __future__ import annotations

import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings

from budget.backup.archive import copy_out


def roots() -> Mapping[str, Path]:
    """Return the folders whose files are kept, by what they are called in an archive."""
    return {"releases": Path(settings.MEDIA_ROOT), "inside": Path(settings.INSIDE_ROOT)}


def kept_files() -> Mapping[str, Path]:
    """Return all files by their names in an archive; what is still being written is left out."""
    return {
        f"{name}/{file.relative_to(root).as_posix()}": file
        for name, root in roots().items()
        for file in sorted(_below(root))
    }


def _below(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder; names that begin with a point are drafts."""
    if not folder.is_dir():
        return
    for each in folder.iterdir():
        if each.name.startswith(".") or each.is_symlink():
            continue
        if each.is_dir():
            yield from _below(each)
        else:
            yield each


def place_of(name: str) -> Path:
    """Return where a file of an archive belongs on this site."""
    root, *rest = PurePosixPath(name).parts
    return roots()[root].joinpath(*rest)


@contextmanager
def staged(tar: tarfile.TarFile, names: Iterator[str]) -> Iterator[Mapping[Path, Path]]:
    """Unpack files beside their places, and yield draft → place. What is left is removed.

    The drafts lie under the same root as their places, so that renaming cannot fail for space.
    """
    drafts: dict[str, Path] = {}
    try:
        for name, root in roots().items():
            root.mkdir(parents=True, exist_ok=True)
            drafts[name] = Path(tempfile.mkdtemp(prefix=".restoring-", dir=root))
        moves = {}
        for number, name in enumerate(names):
            draft = drafts[PurePosixPath(name).parts[0]] / str(number)
            with draft.open("xb") as file:
                copy_out(tar, name, file)
            draft.chmod(0o644)
            moves[draft] = place_of(name)
        yield moves
    finally:
        for draft in drafts.values():
            shutil.rmtree(draft, ignore_errors=True)


def put(moves: Mapping[Path, Path]) -> list[Path]:
    """Give staged files their places, and return those that were not there before.

    Names carry digests or are drawn at random: a file that is there has the same content, or none
    that anybody can want.
    """
    added = []
    for draft, place in moves.items():
        if not place.exists():
            added.append(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, place)
    return added


def remove(files: Iterator[Path]) -> None:
    """Remove files, and the folders that are empty then."""
    tops = set(roots().values())
    for file in files:
        file.unlink(missing_ok=True)
        folder = file.parent
        while folder not in tops and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
