"""The contents: what is listed, where it leads, and on paper on which page it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budget.document import Disclosure
from budget.document import Part as DocumentPart
from budget.render.grids import table_id
from budget.render.prose import section_id

LISTED_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: title, the id it leads to, and its printed page number ("" on screen)."""

    title: str
    target: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the document with what it lists."""

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

    return Contents(
        heading=disclosure.contents_heading,
        parts=tuple(
            Part(
                entry(part.contents_title, part.key),
                tuple(entry(title, target) for title, target in _listed(part)),
            )
            for part in disclosure.parts
            if part.contents_title
        ),
        note=disclosure.contents_note,
    )


def _listed(part: DocumentPart) -> Iterator[tuple[str, str]]:
    """Yield the titles that a part has in the contents, and where they lead."""
    for section in part.sections:
        if section.level == LISTED_LEVEL and section.contents_title:
            yield section.contents_title, section_id(section)
    for table in part.tables:
        if table.contents_title:
            yield f"{table.number}、{table.contents_title}", table_id(table)
