"""The archive: a tar of the database, the files and a manifest, sealed by a digest at its end.

Behind the tar's own end stands a line with the SHA-256 of all bytes before it, so that no byte of
an archive can change unseen; the manifest has the digest of each part, to tell which one did.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO, Final

from budget.backup.errors import BadArchive
from budget.backup.facts import Facts, from_plain

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
ROOTS: Final = ("releases", "inside")
SEAL: Final = b"\nsha256 "
SEALED: Final = len(SEAL) + 64 + 1
PIECE: Final = 1 << 20
LARGEST_MANIFEST: Final = 256 << 20


@dataclass(frozen=True, slots=True)
class Part:
    """One member of an archive: its size in bytes and its SHA-256."""

    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself. ``engine`` is sqlite or postgresql, ``at`` ISO 8601."""

    at: str
    engine: str
    database: str
    facts: Facts
    parts: Mapping[str, Part]


class _Hashed:
    """A file that is being read, and the digest of what was read so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size, self.sum = file, 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self.file.read(size)
        self.size += len(piece)
        self.sum.update(piece)
        return piece

    @property
    def part(self) -> Part:
        """What has been read."""
        return Part(self.size, self.sum.hexdigest())


def write(
    into: Path, *, at: str, engine: str, database: Path, files: Mapping[str, Path], facts: Facts
) -> Manifest:
    """Write an archive, flush it to the disk, and return its manifest.

    ``files`` are the parts beside the database, by their names in the archive. Raises OSError.
    """
    with into.open("xb") as target:
        os.chmod(into, 0o600)
        with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
            parts = {
                name: _added(tar, name, path)
                for name, path in {database.name: database, **files}.items()
            }
            manifest = Manifest(at, engine, database.name, facts, parts)
            text = json.dumps(_plain(manifest), ensure_ascii=False, indent=1).encode()
            tar.addfile(_info(MANIFEST, len(text)), io.BytesIO(text))
    _seal(into)
    return manifest


def _added(tar: tarfile.TarFile, name: str, path: Path) -> Part:
    with path.open("rb") as file:
        hashed = _Hashed(file)
        tar.addfile(_info(name, os.fstat(file.fileno()).st_size), hashed)
    return hashed.part


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "at": manifest.at,
        "engine": manifest.engine,
        "database": manifest.database,
        "facts": manifest.facts.plain(),
        "parts": {
            name: {"size": part.size, "sha256": part.digest}
            for name, part in manifest.parts.items()
        },
    }


def _seal(path: Path) -> None:
    digest = _digest_of(path, path.stat().st_size)
    with path.open("ab") as file:
        file.write(SEAL + digest.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _digest_of(path: Path, size: int) -> str:
    """Return the digest of the first ``size`` bytes of a file."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while size > 0 and (piece := file.read(min(PIECE, size))):
            size -= len(piece)
            total.update(piece)
    return total.hexdigest()


# ---- reading


@contextmanager
def opened(path: Path) -> Iterator[tuple[tarfile.TarFile, Manifest]]:
    """Open an archive whose parts agree with its manifest. Raises BadArchive."""
    with _said_of(path), path.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
        manifest = _manifest(tar)
        _check_parts(tar, manifest)
        _check_seal(path)
    with tarfile.open(path, "r:") as tar:
        yield tar, manifest


@contextmanager
def _said_of(path: Path) -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError) as error:
        raise BadArchive("不是完整的备份文件") from error
    except OSError as error:
        raise BadArchive(f"读不了备份文件 {path}：{error.strerror or error}") from error


def _manifest(tar: tarfile.TarFile) -> Manifest:
    members = tar.getmembers()
    if not members or members[-1].name != MANIFEST or members[-1].size > LARGEST_MANIFEST:
        raise BadArchive("没有备份清单：不是本系统的备份，或者没有写完")
    try:
        told = json.loads(_content(tar, members[-1]).read())
        if told["format"] != FORMAT:
            raise BadArchive(f"备份格式为{told['format']}，本程序只读格式{FORMAT}")
        parts = {
            str(name): Part(int(each["size"]), str(each["sha256"]))
            for name, each in told["parts"].items()
        }
        facts = from_plain(told["facts"])
        return Manifest(str(told["at"]), str(told["engine"]), str(told["database"]), facts, parts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadArchive("备份清单已损坏") from error


def _check_parts(tar: tarfile.TarFile, manifest: Manifest) -> None:
    """Every part is there once, is a plain file in a place of ours, and has its digest."""
    members = tar.getmembers()[:-1]
    names = [member.name for member in members]
    if sorted(names) != sorted(manifest.parts) or manifest.database not in manifest.parts:
        raise BadArchive("备份中的文件与清单不一致")
    for member in members:
        if not member.isreg() or not _is_ours(member.name, manifest):
            raise BadArchive(f"备份中有不该有的内容：{member.name}")
        hashed = _Hashed(_content(tar, member))
        while hashed.read(PIECE):
            pass
        if hashed.part != manifest.parts[member.name]:
            raise BadArchive(f"备份中的“{member.name}”已损坏，与清单不符")


def _is_ours(name: str, manifest: Manifest) -> bool:
    if name == manifest.database:
        return "/" not in name
    pieces = PurePosixPath(name).parts
    return len(pieces) > 1 and pieces[0] in ROOTS and ".." not in pieces and "\0" not in name


def _check_seal(path: Path) -> None:
    size = path.stat().st_size - SEALED
    with path.open("rb") as file:
        file.seek(max(size, 0))
        end = file.read()
    if end != SEAL + _digest_of(path, size).encode() + b"\n":
        raise BadArchive("备份文件已损坏：末尾的校验与内容不符")


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise BadArchive(f"备份中的“{member.name}”不是文件")
    return content


def copy_out(tar: tarfile.TarFile, name: str, into: BinaryIO) -> None:
    """Write a part's content to a file and flush it to the disk. Raises OSError."""
    content = _content(tar, tar.getmember(name))
    while piece := content.read(PIECE):
        into.write(piece)
    into.flush()
    os.fsync(into.fileno())
