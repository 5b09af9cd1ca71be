"""Files that stay only where the transaction that stores their rows is committed.

No file is rolled back by itself: what a transaction stored is removed when it fails, and its COMMIT
can fail too, when everything within has long succeeded.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import BinaryIO, Final

from django.core.files import File
from django.db import Error, connection, transaction

from budget.models import Attachment
from budget.models.storage import inside

LOG: Final = logging.getLogger("budget.files")
_STORED: ContextVar[list[str] | None] = ContextVar("stored", default=None)
"""The files that were stored in the innermost transaction of those below."""


@contextmanager
def with_files() -> Iterator[None]:
    """Begin a transaction at whose failure the files are removed that were stored in it.

    Within another such one it is a part of it, and what it stored goes when that one fails.
    """
    outer, own = _STORED.get(), list[str]()
    before = _STORED.set(own)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for name in own:
            _remove(name)
        raise
    finally:
        _STORED.reset(before)
    if outer is not None:
        outer.extend(own)


def store(file: BinaryIO, name: str) -> str:
    """Write a file inside and return the name that it got; the caller is within ``with_files``."""
    own = _STORED.get()
    if own is None:
        raise RuntimeError("a file is stored outside of with_files()")
    file.seek(0)
    stored = inside().save(name, File(file))
    own.append(stored)
    return stored


def _remove(name: str) -> None:
    """Remove a file unless its row is there after all: a COMMIT can arrive and its answer be lost.

    Where that cannot be known the file stays: one too many is better than a row without one.
    """
    try:
        rolled_back = connection.in_atomic_block  # to where the transaction around it goes on
        if rolled_back or not Attachment.objects.filter(file=name).exists():
            inside().delete(name)
    except (Error, OSError) as error:
        LOG.error("%s is left behind by a transaction that failed: %s", name, error)
