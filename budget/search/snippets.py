"""What is shown of a passage: the part around the first word that was found, the words marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from budget.search.words import Phrase, places

BEFORE, SHOWN = 30, 120
"""Characters before the first word that was found, and in all."""

GAP = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters, marked or not."""

    text: str
    is_marked: bool = False


def snippet(text: str, wanted: Sequence[Phrase]) -> tuple[Piece, ...]:
    """Return the part of a text that shows what was found; cells of a row are set apart."""
    return tuple(_cut(text.replace("\n", "　"), places(text, wanted)))


def _cut(text: str, spans: list[tuple[int, int]]) -> Iterator[Piece]:
    start = _start(text, spans)
    end = max(start + SHOWN, spans[0][1] if spans else 0)
    if start:
        yield Piece(GAP)
    at = start
    for first, last in spans:
        if last > end:
            break
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], is_marked=True)
        at = last
    yield from (Piece(each) for each in (text[at:end], GAP if end < len(text) else "") if each)


def _start(text: str, spans: list[tuple[int, int]]) -> int:
    """Return where to begin: at the beginning where the first word stands near it."""
    if not spans or len(text) <= SHOWN or spans[0][0] <= BEFORE:
        return 0
    return spans[0][0] - BEFORE
