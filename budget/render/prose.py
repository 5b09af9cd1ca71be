"""The document made ready for its templates: parts, sections, paragraphs as runs, charts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from budget.document import Chart, Disclosure, Figure, Gap, Paragraph, Run, Section, Table

RANKS = {2: 3, 3: 4}
"""Levels of sections to numbers of headings: h1 is the document, h2 one of its parts."""

NOTHING = SafeString("")
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (``lead`` and ``lines``, each set as one) or a chart (``chart``) in its place."""

    id: str
    lead: str = ""
    lines: tuple[SafeString, ...] = ()
    chart: Chart | None = None
    picture: SafeString = NOTHING


@dataclass(frozen=True, slots=True)
class Passage:
    """A section with its heading's id and number, and what stands under it."""

    id: str
    rank: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chapter(Generic[Shown]):
    """A part of the document with its heading's id, its text and its tables."""

    id: str
    title: str
    passages: tuple[Passage, ...]
    tables: tuple[Shown, ...]


def section_id(section: Section) -> str:
    """Return the id under which a section's heading is linked."""
    return f"section-{section.key}"


Link = Callable[[str], str]
"""From the address of a figure to where a link on it leads."""


@dataclass(frozen=True, slots=True)
class Saying:
    """How runs of text are said: which figures were said already, and where they lead to."""

    link: Link | None
    said: set[str] = field(default_factory=set)


def chapters(
    disclosure: Disclosure, shown: Callable[[Table], Shown], link: Link | None = None
) -> tuple[Chapter[Shown], ...]:
    """Return the parts of the document, each table as ``shown`` makes it.

    A figure that is said twice in a document has its address as id the first time. With ``link``
    each figure of a sentence is a link.
    """
    said = Saying(link)
    return tuple(
        Chapter(
            id=part.key,
            title=part.title,
            passages=tuple(_passage(section, said) for section in part.sections),
            tables=tuple(shown(table) for table in part.tables),
        )
        for part in disclosure.parts
    )


def _passage(section: Section, said: Saying) -> Passage:
    return Passage(
        id=section_id(section),
        rank=RANKS[section.level],
        title=section.title,
        blocks=tuple(_block(block, said) for block in section.blocks),
    )


def _block(block: Paragraph | Chart, said: Saying) -> Block:
    if isinstance(block, Chart):
        return Block(f"chart-{block.code}", chart=block, picture=_picture(block))
    return Block(f"paragraph-{block.key}", lead=block.lead, lines=_lines(block.text, said))


def _picture(chart: Chart) -> SafeString:
    """Return the drawing. It is the project's own markup, its labels escaped by who drew it."""
    return mark_safe(chart.svg)


def _lines(text: Iterable[Run], said: Saying) -> tuple[SafeString, ...]:
    """Return the text as markup, parted where a line ends; a figure never holds such an end."""
    markup = "".join(_run(run, said) for run in text)
    return tuple(SafeString(line) for line in markup.split("\n") if line)


def _run(run: Run, said: Saying) -> str:
    if isinstance(run, str):
        return escape(run)
    if isinstance(run, Gap):
        return f'<mark class="gap" id="{escape(run.address)}">{escape(run.text)}</mark>'
    identity = ""
    if run.address and run.address not in said.said:
        said.said.add(run.address)
        identity = f' id="{escape(run.address)}"'
    if said.link and run.address:
        way = escape(said.link(run.address))
        return f'<a class="figure"{identity} href="{way}">{escape(run.text)}</a>'
    return _valued(run, identity)


def _valued(figure: Figure, identity: str) -> str:
    """Return a figure as an element that carries the printed number for machines."""
    if figure.value is None:
        return f'<span class="figure"{identity}>{escape(figure.text)}</span>'
    return f'<data class="figure"{identity} value="{figure.value}">{escape(figure.text)}</data>'
