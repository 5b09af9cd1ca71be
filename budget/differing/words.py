"""Two texts, word by word: what stayed, what is gone, what is new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from budget.terms import Term

WORD: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
"""A number with its separators is one word, a Latin word is one, a Chinese character is one."""
ISLAND: Final = 2
"""So many characters or fewer that stay between changes are read as part of the change."""


class PieceKind(Term):
    """What became of a piece of text."""

    SAME = "same", "未改"
    GONE = "gone", "删去"
    NEW = "new", "新增"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters with what became of it."""

    kind: PieceKind
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return a text as it was and as it is in one run; gone words stand before new ones.

    The pieces that are not new make up ``before``, those that are not gone make up ``after``.

    >>> [(each.kind.value, each.text) for each in pieces("收入1.00万元", "收入2.00万元")]
    [('same', '收入'), ('gone', '1.00'), ('new', '2.00'), ('same', '万元')]
    """
    return tuple(_joined(_changes(_words(before), _words(after))))


def _words(text: str) -> list[str]:
    return WORD.findall(text)


def _changes(left: list[str], right: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Yield runs as (stayed, before, after); islands between two changes count as changed."""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    runs = [
        (tag == "equal", "".join(left[a:b]), "".join(right[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
    ]
    for place, (stayed, was, now) in enumerate(runs):
        between = 0 < place < len(runs) - 1
        yield stayed and not (between and len(was) <= ISLAND), was, now


def _joined(runs: Iterator[tuple[bool, str, str]]) -> Iterator[Piece]:
    for stayed, group in groupby(runs, key=lambda run: run[0]):
        listed = list(group)
        was = "".join(run[1] for run in listed)
        now = "".join(run[2] for run in listed)
        if stayed:
            yield Piece(PieceKind.SAME, was)
            continue
        if was:
            yield Piece(PieceKind.GONE, was)
        if now:
            yield Piece(PieceKind.NEW, now)
