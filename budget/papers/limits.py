"""How often one person has files made: the same file once, and one at a time.

A file takes a second or two of the site's time. Who asks for the same again gets what was made; who
asks while his last one is being made, or too often, is asked to wait.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Final

from django.core.cache import cache

KEPT: Final = 600
"""Seconds for which a file is kept for who had it made."""
LONGEST: Final = 120
"""Seconds after which a making is taken for dead."""
MOST: Final = 10
WITHIN: Final = 60
"""So many new files in so many seconds."""


class TooMany(Exception):
    """Somebody asks for more files than are made for one person at a time."""


def made_once(person: int, kind: str, content: str, make: Callable[[], bytes]) -> bytes:
    """Return a file that one person asks for, made if it is not the last one of its kind.

    ``content`` is all that it is made of. Raises TooMany, and what ``make`` raises.
    """
    key, asked = f"paper:{person}:{kind}", sha256(content.encode()).hexdigest()
    kept: tuple[str, bytes] | None = cache.get(key)
    if kept is not None and kept[0] == asked:
        return kept[1]
    with_turn = f"paper-turn:{person}"
    if not cache.add(with_turn, True, LONGEST):
        raise TooMany
    try:
        _count(person)
        made = make()
        cache.set(key, (asked, made), KEPT)
        return made
    finally:
        cache.delete(with_turn)


def _count(person: int) -> None:
    key = f"paper-count:{person}"
    cache.add(key, 0, WITHIN)
    if cache.incr(key) > MOST:
        raise TooMany
