"""fonts.json: the faces with their digests, so that a document can say what it was set in."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scripts.fonts.faces import Face


def manifest(faces: Iterable[Face], folder: Path, own: Path | None) -> dict[str, Any]:
    """Return the description of a font set.

    `faces`: file, family, style, weight, bytes, sha256 of each finished face; `own`: file, bytes,
    sha256 of each of an office's faces; `digest`: SHA-256 over the digests of all, in order.
    """
    made = [described(face, folder / f"{face.postscript_name}.otf") for face in faces]
    others = [measured(file) for file in office_files(own)]
    joined = "\n".join(entry["sha256"] for entry in [*made, *others])
    return {"digest": sha256(joined.encode()), "faces": made, "own": others}


def described(face: Face, file: Path) -> dict[str, Any]:
    """Return what is recorded of one finished face."""
    named = {"family": face.family, "style": face.style, "weight": face.weight}
    return {**measured(file), **named}


def measured(file: Path) -> dict[str, Any]:
    """Return name, size and digest of a file."""
    content = file.read_bytes()
    return {"file": file.name, "bytes": len(content), "sha256": sha256(content)}


def office_files(own: Path | None) -> list[Path]:
    """Return the font files of an office's folder, by name; none without a folder."""
    if own is None:
        return []
    return sorted(file for file in own.rglob("*") if file.suffix.lower() in {".ttf", ".otf"})


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def written(description: dict[str, Any]) -> str:
    """Return the text of fonts.json."""
    return json.dumps(description, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
