"""``python -m budget.papers.child``: set one letter after another, within limits.

A process of its own: the memory and the time that setting takes are not the site's, and a letter
that cannot be set ends this process and nothing else. It never asks the database. In come letters,
out go their files, or why there is none; each with its length before it.
"""

from __future__ import annotations

import pickle
import resource
import struct
import sys
from typing import BinaryIO, Final

import django

from budget.render.errors import RenderError
from budget.render.forms import render_letter

MOST_MEMORY: Final = 2 * 2**30
LENGTH: Final = struct.Struct(">?Q")
"""Whether what follows is a file (or a letter), and how many bytes it has."""


def main() -> None:
    """Answer every letter that comes in, until there are no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    django.setup()
    while (given := received(sys.stdin.buffer)) is not None:
        # Only the site itself writes into this pipe.
        letter = pickle.loads(given[1])
        try:
            send(
                sys.stdout.buffer, True, render_letter(letter.form, letter.document, letter.tables)
            )
        except (RenderError, MemoryError) as error:
            send(sys.stdout.buffer, False, (str(error) or "内存不足").encode())


def send(pipe: BinaryIO, good: bool, content: bytes) -> None:
    """Write one message."""
    pipe.write(LENGTH.pack(good, len(content)))
    pipe.write(content)
    pipe.flush()


def received(pipe: BinaryIO) -> tuple[bool, bytes] | None:
    """Return one message, None where the other side is gone."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    good, length = LENGTH.unpack(head)
    content = pipe.read(length)
    return (good, content) if len(content) == length else None


if __name__ == "__main__":
    main()
