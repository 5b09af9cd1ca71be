"""Is a folder of what is published whole? Every file against the digest in its manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from budget.canonical import digest

MANIFEST = "manifest.json"


def faults(folder: Path) -> Iterator[str]:
    """Yield in Chinese what is wrong with a folder: missing, changed, and foreign files.

    Raises OSError where a file cannot be read.
    """
    listed = _listed(folder)
    if listed is None:
        yield f"文件清单 {MANIFEST} 缺少或已损坏"
        return
    there = {
        each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()
    } - {MANIFEST}
    for path in sorted(listed.keys() - there):
        yield f"缺少文件 {path}"
    for path in sorted(there - listed.keys()):
        yield f"清单以外的文件 {path}"
    for path in sorted(listed.keys() & there):
        if digest((folder / path).read_bytes()) != listed[path]:
            yield f"文件 {path} 与清单中的摘要不符"


def _listed(folder: Path) -> Mapping[str, str] | None:
    """Return the digests by path, None where there is no manifest that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {str(each["path"]): str(each["sha256"]) for each in told["files"]}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
