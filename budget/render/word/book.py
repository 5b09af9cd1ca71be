"""The whole document as a Word file: cover, contents, text, tables, in the order of print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from budget.document import Chart, Disclosure, Gap, Paragraph, Part, Run, Table
from budget.document import Section as DocumentSection
from budget.render.about import keywords, title
from budget.render.contents import Contents, Entry, contents
from budget.render.grids import table_id
from budget.render.prose import RANKS, section_id
from budget.render.word import pages, styles, tables
from budget.render.word.markup import (
    BEGIN,
    END,
    SEPARATE,
    field,
    instruction,
    paragraph,
    parsed,
    run,
)
from budget.render.word.saving import saved

HEADINGS = {3: styles.SECTION, 4: styles.SUBSECTION}
"""Numbers of headings (h1 is the document, h2 a part) to styles."""


def render_docx(disclosure: Disclosure, mark: str = "") -> bytes:
    """Return the document as a Word file, with ``mark`` on every page where there is one.

    The same document gives the same bytes. Raises RenderError for a character that no file can
    hold.
    """
    document = docx.Document()
    styles.set_styles(document)
    _fill(document, Writer(document, disclosure).leaves())
    pages.number_pages(document)
    if mark:
        pages.mark_pages(document, mark)
    _describe(document, disclosure)
    return saved(document)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands in a section of its own, which begins a page."""

    page: pages.Page
    blocks: tuple[str, ...]


class Writer:
    """Writes a document's leaves as markup, marking what the contents lead to."""

    def __init__(self, document: Document, disclosure: Disclosure) -> None:
        self.disclosure = disclosure
        self.ids = {style.name: style.style_id for style in document.styles if style.name}
        self.contents = contents(disclosure)
        self.listed = _listed(self.contents)
        self.bookmarks = count(1)

    def leaves(self) -> Iterator[Leaf]:
        """Yield cover, contents, and part by part the text and each table."""
        yield Leaf(pages.COVER, tuple(self.cover()))
        yield Leaf(pages.CONTENTS, tuple(self.list_contents()))
        for part in self.disclosure.parts:
            yield from self.part(part)

    def cover(self) -> Iterator[str]:
        """Yield the lines of the cover, the first two as its title."""
        for place, line in enumerate(self.disclosure.cover):
            first_after = '<w:spacing w:before="5200"/>' if place == 2 else ""
            on_top = '<w:spacing w:before="2400"/>' if place == 0 else ""
            style = styles.COVER if place < 2 else styles.COVER_LINE
            yield self.say((run(line),), style, on_top + first_after)

    def list_contents(self) -> Iterator[str]:
        """Yield the contents: one field, made of what is listed, with a page number for each."""
        listed = self.contents
        yield self.say((run(listed.heading),), styles.CONTENTS)
        lines = [*self._lines(listed)]
        opened = f"{BEGIN}{instruction(CONTENTS_FIELD)}{SEPARATE}"
        for place, (entry, style) in enumerate(lines):
            content = self._entry(entry)
            yield self.say((opened * (place == 0), content, END * (place == len(lines) - 1)), style)
        if listed.note:
            yield self.say((run(listed.note),), styles.TABLE_NOTE)

    @staticmethod
    def _lines(listed: Contents) -> Iterator[tuple[Entry, str]]:
        for part in listed.parts:
            yield part.head, styles.LISTED_PART
            for entry in part.entries:
                yield entry, styles.LISTED

    def _entry(self, entry: Entry) -> str:
        name = self.listed[entry.target].name
        number = field(f"PAGEREF {name} \\h")
        return (
            f'<w:hyperlink w:anchor="{name}" w:history="1">{run(entry.title)}'
            f"<w:r><w:tab/></w:r>{number}</w:hyperlink>"
        )

    def part(self, part: Part) -> Iterator[Leaf]:
        """Yield the text of a part, if it has any, and its tables, under its heading."""
        heading = self.heading(part.title, styles.PART, part.key)
        if part.sections:
            blocks = (block for section in part.sections for block in self.section(section))
            yield Leaf(pages.TEXT, (heading, *blocks))
            heading = ""
        for table in part.tables:
            page = pages.WIDE if table.landscape else pages.UPRIGHT
            yield Leaf(page, (*filter(None, (heading,)), *self.table(table)))
            heading = ""

    def section(self, section: DocumentSection) -> Iterator[str]:
        """Yield a section's heading and what stands under it."""
        if section.title:
            style = HEADINGS[RANKS[section.level]]
            yield self.heading(section.title, style, section_id(section))
        for block in section.blocks:
            yield from self.chart(block) if isinstance(block, Chart) else self.paragraph(block)

    def table(self, table: Table) -> Iterator[str]:
        """Yield a table with its title and its note."""
        yield self.heading(table.title, styles.TABLE_TITLE, table_id(table))
        yield tables.grid(table, self.ids)
        if table.note:
            yield self.say((run(table.note),), styles.TABLE_NOTE)

    def chart(self, chart: Chart) -> Iterator[str]:
        """Yield a chart as the table that says the same."""
        yield self.say((run(chart.title),), styles.CHART_TITLE)
        yield tables.of_chart(chart, self.ids)

    def paragraph(self, said: Paragraph) -> Iterator[str]:
        """Yield a paragraph, parted where a line ends, its run-in heading before the first."""
        lead = run(said.lead, self.ids[styles.LEAD]) if said.lead else ""
        for line in _lines_of(said.text):
            yield self.say((lead, *map(self.run, line)), styles.BODY)
            lead = ""

    def run(self, said: Run) -> str:
        """Return words, a figure, or the mark of words that are still to be written."""
        if isinstance(said, Gap):
            return run(said.text, self.ids[styles.GAP])
        return run(said if isinstance(said, str) else said.text)

    def heading(self, words: str, style: str, target: str) -> str:
        """Return a heading; one that the contents list carries its entry and a mark."""
        listed = self.listed.get(target)
        if listed is None:
            return self.say((run(words),), style)
        number = next(self.bookmarks)
        begin = f'<w:bookmarkStart w:id="{number}" w:name="{listed.name}"/>'
        end = f'<w:bookmarkEnd w:id="{number}"/>'
        return self.say((begin, run(words), listed.field, end), style)

    def say(self, content: Iterable[str], style: str, properties: str = "") -> str:
        """Return a paragraph in a style."""
        return paragraph(content, self.ids[style], properties=properties)


CONTENTS_FIELD = "TOC \\f \\h \\z"
"""Made of the entries that headings carry: the contents may word a heading otherwise."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a heading that the contents list carries: the name of its mark, its entry's field."""

    name: str
    field: str


def _listed(listed: Contents) -> dict[str, Listed]:
    entries = [
        (entry, level)
        for part in listed.parts
        for entry, level in ((part.head, 1), *((each, 2) for each in part.entries))
    ]
    return {
        entry.target: Listed(f"_Toc{number:08d}", _entry_field(entry.title, level))
        for number, (entry, level) in enumerate(entries, start=1)
    }


def _entry_field(words: str, level: int) -> str:
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    entry = instruction(f'TC "{quoted}" \\l {level}')
    return f"{BEGIN}{entry}{END}"


def _lines_of(text: Iterable[Run]) -> list[list[Run]]:
    """Return the runs of each line; only words hold ends of lines, and a blank line is none."""
    lines: list[list[Run]] = [[]]
    for each in text:
        if not isinstance(each, str):
            lines[-1].append(each)
            continue
        first, *others = each.split("\n")
        lines[-1] += [first] if first else []
        lines += [[other] if other else [] for other in others]
    return [line for line in lines if line]


def _fill(document: Document, leaves: Iterable[Leaf]) -> None:
    """Put the leaves into the body, each but the last followed by the end of its section."""
    body = document.element.body
    last = body.find(qn("w:sectPr"))
    made = list(leaves)
    smallest = styles.style_id(document, styles.SMALLEST)
    for element in _elements(made, smallest):
        last.addprevious(element)
    body.replace(last, parsed(_section(made, len(made) - 1)))


def _elements(leaves: Sequence[Leaf], smallest: str) -> Iterator[BaseOxmlElement]:
    for place, leaf in enumerate(leaves):
        yield from map(parsed, leaf.blocks)
        if place < len(leaves) - 1:
            yield parsed(paragraph((), smallest, properties=_section(leaves, place)))


def _section(leaves: Sequence[Leaf], place: int) -> str:
    return pages.section(leaves[place].page, first=place == 2)


def _describe(document: Document, disclosure: Disclosure) -> None:
    """Say what the file is; New Year stands in for its dates, and a renewal of fields is due."""
    new_year = datetime(disclosure.year, 1, 1)  # noqa: DTZ001 python-docx's are UTC unsaid
    about = document.core_properties
    about.title, about.author = title(disclosure), disclosure.name
    about.keywords, about.language = keywords(disclosure), "zh-CN"
    about.comments = about.last_modified_by = ""
    about.created = about.modified = new_year
    about.revision = 1
    renewing = parsed('<w:updateFields w:val="true"/>')
    document.settings.element.find(qn("w:compat")).addprevious(renewing)
