"""The contents: what is listed, where it leads, and on paper on which page it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from budget.document import Disclosure
from budget.render.grids import table_id
from budget.render.prose import section_id

NARRATIVE_ID = "narrative"
TABLES_ID = "tables"
LISTED_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: title, the id it leads to, and its printed page number ("" on screen)."""

    title: str
    target: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two parts of the document with what it lists."""

    head: Entry
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The whole list with its heading and the note under it."""

    heading: str
    parts: tuple[Part, ...]
    note: str


def contents(disclosure: Disclosure, pages: Mapping[str, str] | None = None) -> Contents:
    """Return the contents; ``pages`` gives the printed page number of each id, None on screen."""

    def entry(title: str, target: str) -> Entry:
        return Entry(title, target, pages[target] if pages is not None else "")

    narrative = tuple(
        entry(section.contents_title, section_id(section))
        for section in disclosure.sections
        if section.level == LISTED_LEVEL
    )
    tables = tuple(
        entry(f"{table.number}、{table.contents_title}", table_id(table))
        for table in disclosure.tables
    )
    return Contents(
        heading=disclosure.contents_heading,
        parts=(
            Part(entry(disclosure.narrative_heads.contents_title, NARRATIVE_ID), narrative),
            Part(entry(disclosure.tables_heads.contents_title, TABLES_ID), tables),
        ),
        note=disclosure.contents_note,
    )
