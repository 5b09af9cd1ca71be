"""Headings as people write them: which columns of a sheet they name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from budget.money import WAN, YUAN, MoneyUnit
from budget.sheets.part import Part
from budget.sheets.spec import Column, SheetSpec

BESIDE: Final = re.compile(r"[\s*＊:：]+")
UNIT: Final = re.compile(r"[（(]?(?:单位[:：])?(万元|元)[)）]?$")
UNITS: Final = {unit.label: unit for unit in (YUAN, WAN)}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that a heading names, and the unit of money that it states, None for none."""

    column: Column
    unit: MoneyUnit | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """A head line: what stands at which place, and what is no column of the sheet."""

    at: Mapping[int, Heading]
    unknown: Mapping[int, str]
    twice: tuple[str, ...] = ()


def plain(title: str) -> str:
    """Return a heading without blanks, colons and the star of what must be filled in.

    >>> plain(" 功能 科目＊ ")
    '功能科目'
    """
    return BESIDE.sub("", title)


def head_of(spec: SheetSpec, part: Part, texts: Mapping[int, str]) -> Head | None:
    """Return what a line says as a head, None where it is none.

    A head names at least one column, and for each two words in it at least one.
    """
    known = {plain(column.title): column for column in spec.columns if column.is_for(part)}
    words = {at: text for at, text in texts.items() if text.strip()}
    at: dict[int, Heading] = {}
    twice: list[str] = []
    for place, text in words.items():
        found = _named(known, plain(text))
        if found is None:
            continue
        if any(each.column is found.column for each in at.values()):
            twice.append(found.column.title)
        at[place] = found
    if not at or 2 * len(at) < len(words):
        return None
    return Head(at, {place: words[place] for place in words if place not in at}, tuple(twice))


def _named(known: Mapping[str, Column], title: str) -> Heading | None:
    if title in known:
        return Heading(known[title])
    stated = UNIT.search(title)
    column = known.get(title[: stated.start()]) if stated else None
    if stated is None or column is None or column.kind.name != "money":
        return None
    return Heading(column, UNITS[stated[1]])


def names(columns: Sequence[Column]) -> str:
    """Return the titles of columns as a list in words."""
    return "、".join(column.title for column in columns)
