"""Shared libraries of our own: where the machine has no Pango and nobody could install it.

`make` then unpacks them into build/native. The loader's search path cannot change once a process
runs, but a library that is already loaded satisfies whoever asks for its name: so they are loaded
by path, before anything imports WeasyPrint.
"""

import ctypes
from pathlib import Path


def preload(folder: Path) -> list[Path]:
    """Load every library under `folder`, and return those that could not be loaded.

    Libraries need each other in an order that only the loader knows: whatever fails is tried
    again after the rest, until a round loads nothing more.
    """
    waiting = sorted(file for file in folder.rglob("*.so.*") if not file.is_symlink())
    while waiting:
        left = [file for file in waiting if not loaded(file)]
        if len(left) == len(waiting):
            break
        waiting = left
    return waiting


def loaded(file: Path) -> bool:
    """Load one library for the rest of this process; False where something it needs is absent."""
    try:
        ctypes.CDLL(str(file))
    except OSError:
        return False
    return True
