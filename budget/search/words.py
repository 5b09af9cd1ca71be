"""What counts as a word: each Chinese character with the one after it. Pure.

Chinese has no blanks between words, and most of its words have two characters. A text is read as
*units* (a character, a Latin word, a number), and each unit has one word in the index: a character
is written together with its right neighbour, so that any run of two or more characters is found as
a phrase, wherever it stands. Both engines are given the same words, parted by blanks; none of them
parts texts by itself.

Quotation marks and brackets are read over, since people leave them out: 三公经费 finds “三公”经费.
Numbers are one unit whatever way they are printed: 1,561.09 and 1561.09.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

BREAK = "b0"
"""Stands where words do not belong together. No text yields it: numbers begin with an n."""

UNIT = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<word>[a-z]+)"
    r"|(?P<character>[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
    r"|(?P<veil>[\s“”‘’\"'《》〈〉「」『』【】()\[\]·]+)"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A character, word or number of a text from ``start`` to ``end``.

    ``joined`` is False where something parts it from the unit before.
    """

    word: str
    start: int
    end: int
    is_character: bool
    joined: bool


def units(text: str) -> list[Unit]:
    """Return the units of a text in order. A line end parts; blanks within a line do not.

    >>> [unit.word for unit in units("“三公”经费1,561.00万元")]
    ['三', '公', '经', '费', 'n1561', '万', '元']
    """
    plain = "".join(map(_plain, text))
    found: list[Unit] = []
    end = 0
    joined = False
    for match in UNIT.finditer(plain):
        if match.start() != end:
            joined = False
        end = match.end()
        if match.lastgroup == "veil":
            joined = joined and "\n" not in match[0]
            continue
        word = _number(match[0]) if match.lastgroup == "number" else match[0]
        found.append(Unit(word, match.start(), end, match.lastgroup == "character", joined))
        joined = True
    return found


def grams(text: str) -> str:
    """Return the words of a text for the index.

    >>> grams("三公经费。GDP")
    '三公 公经 经费 费 b0 gdp'
    """
    return " ".join(_written(units(text)))


def _written(found: Sequence[Unit]) -> Iterator[str]:
    for place, unit in enumerate(found):
        if place and not unit.joined:
            yield BREAK
        yield _with_next(unit, found[place + 1] if place + 1 < len(found) else None)


def _with_next(unit: Unit, after: Unit | None) -> str:
    if unit.is_character and after and after.is_character and after.joined:
        return unit.word + after.word
    return unit.word


@lru_cache(maxsize=20_000)
def _plain(character: str) -> str:
    """Return a character without its width and case, always as one character."""
    for change in (lambda each: unicodedata.normalize("NFKC", each), str.lower):
        changed = change(character)
        character = changed if len(changed) == 1 else character
    return character


def _number(text: str) -> str:
    """Return a number as a word: without commas and idle zeros behind the point."""
    whole, _, places = text.replace(",", "").partition(".")
    places = places.rstrip("0")
    return f"n{whole}d{places}" if places else f"n{whole}"


# ---- what is looked for


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that are to stand one behind the other, each with its kind; at least one."""

    words: tuple[str, ...]
    characters: tuple[bool, ...]

    @property
    def is_short(self) -> bool:
        """True for one character alone, which nearly every text has."""
        return self.characters == (True,)

    @property
    def grams(self) -> tuple[str, ...]:
        """The words of the index that stand for it; the last may be only the start of one."""
        found = [Unit(word, 0, 0, each, True) for word, each in zip(*self._both, strict=True)]
        written = tuple(_written(found))
        return written[:-1] if self._ends_in_pair else written

    @property
    def is_open(self) -> bool:
        """True where the last of ``grams`` is a single character, with whatever follows it."""
        return self.characters[-1] and not self._ends_in_pair

    @property
    def _both(self) -> tuple[tuple[str, ...], tuple[bool, ...]]:
        return self.words, self.characters

    @property
    def _ends_in_pair(self) -> bool:
        return self.characters[-2:] == (True, True)


def phrases(query: str) -> tuple[Phrase, ...]:
    """Return what a query asks for: what stands between blanks, or signs that part, is a phrase.

    >>> [phrase.grams for phrase in phrases("三公经费 2023年")]
    [('三公', '公经', '经费'), ('n2023', '年')]
    """
    return tuple(dict.fromkeys(_phrases(query)))


def _phrases(query: str) -> Iterator[Phrase]:
    for part in query.split():
        run: list[Unit] = []
        for unit in units(part):
            if run and not unit.joined:
                yield _phrase(run)
                run = []
            run.append(unit)
        if run:
            yield _phrase(run)


def _phrase(run: Iterable[Unit]) -> Phrase:
    kept = tuple(run)
    return Phrase(tuple(unit.word for unit in kept), tuple(unit.is_character for unit in kept))


# ---- where it stands


def places(text: str, wanted: Iterable[Phrase]) -> list[tuple[int, int]]:
    """Return where phrases stand in a text, as (start, end), in order, none over another."""
    found = units(text)
    spans = sorted(span for phrase in wanted for span in _spans(found, phrase))
    return _merged(spans)


def matches(text: str, wanted: Iterable[Phrase]) -> bool:
    """Return whether a text has all phrases: what both engines' indexes answer."""
    found = units(text)
    return all(next(_spans(found, phrase), None) for phrase in wanted)


def _spans(found: Sequence[Unit], phrase: Phrase) -> Iterator[tuple[int, int]]:
    length = len(phrase.words)
    for first in range(len(found) - length + 1):
        run = found[first : first + length]
        if tuple(unit.word for unit in run) == phrase.words and all(u.joined for u in run[1:]):
            yield run[0].start, run[-1].end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
