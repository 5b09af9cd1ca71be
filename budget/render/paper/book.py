"""The whole document on paper: sections set one by one, their pages joined into one file.

Sections are always set apart, with or without a cache, so that a cache cannot change a byte. The
contents come last, when all page numbers are known; pages of the cover and the contents are not
counted with those of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock

from weasyprint.document import Document

from budget.document import Disclosure, Table
from budget.render.paper.attachments import attachments
from budget.render.paper.cache import SectionCache
from budget.render.paper.collector import paused
from budget.render.paper.complaints import heard
from budget.render.paper.engine import Engine, engine, written
from budget.render.paper.finish import ARABIC, COVER_LABEL, ROMAN, Labels, finisher
from budget.render.paper.measure import Measures, measured
from budget.render.paper.paging import parts
from budget.render.paper.recut import cut
from budget.render.paper.sheets import Sheets
from budget.render.prose import Chapter
from budget.render.registry import UNMARKED, Marking

TAGGED = "pdf/ua-1"
ALONE: Labels = ((0, ARABIC),)
LONG = 300
"""Characters: a cell with more may be higher than a page."""
ONE_AT_A_TIME = Lock()
"""Pango, the collector's switch and WeasyPrint's log belong to the process, not to a thread."""


def render_pdf(
    disclosure: Disclosure,
    tables: tuple[Table, ...] | None = None,
    *,
    tagged: bool = True,
    recut: bool = True,
    cache: SectionCache | None = None,
    marking: Marking = UNMARKED,
) -> bytes:
    """Return the document, or ``tables`` alone, as a PDF.

    One with a ``marking`` has it on every page, and no data inside.

    ``tagged`` and ``recut`` off are for measuring what they cost. Raises a RenderError when a
    character, a face or a style is missing and when the document asks for anything outside itself.
    """
    held = SectionCache(0) if cache is None else cache
    try:
        return _rendered(disclosure, tables, held, marking, tagged=tagged, recut=recut)
    except BaseException:
        # Complaints are made when a section is set or painted first: it must not be kept.
        held.clear()
        raise


def _rendered(
    disclosure: Disclosure,
    tables: tuple[Table, ...] | None,
    cache: SectionCache,
    marking: Marking,
    *,
    tagged: bool,
    recut: bool,
) -> bytes:
    machine = engine()
    with ONE_AT_A_TIME, paused(), heard(), machine.fetcher.watched():
        press = Press(machine, Sheets(disclosure, tables, marking), cache, recut=recut)
        documents = press.whole() if tables is None else press.alone()
        return written(
            documents,
            pdf_variant=TAGGED if tagged else None,
            attachments=[] if marking.word else list(attachments(disclosure, tables)),
            finisher=finisher(labels(documents) if tables is None else ALONE),
        )


def labels(documents: Sequence[Document]) -> Labels:
    """Return how pages are numbered: not the cover, the contents in Roman numbers, the rest."""
    cover, contents, *_ = (len(document.pages) for document in documents)
    return (0, COVER_LABEL), (cover, ROMAN), (cover + contents, ARABIC)


class Press:
    """Sets the sections of one document, counting pages."""

    def __init__(self, engine: Engine, sheets: Sheets, cache: SectionCache, *, recut: bool) -> None:
        self.engine = engine
        self.sheets = sheets
        self.cache = cache
        self.recut = recut
        self.next_page = 1
        self.pages: dict[str, str] = {}

    def whole(self) -> list[Document]:
        """Return cover, contents, and part by part its text and its tables."""
        body = [document for chapter in self.sheets.chapters for document in self.chapter(chapter)]
        contents = self.set(self.sheets.contents(self.pages))
        return [self.set(self.sheets.cover()), contents, *body]

    def chapter(self, chapter: Chapter[Table]) -> Iterator[Document]:
        """Yield the text of a part, if it has any, and its tables."""
        if chapter.passages:
            yield self.counted(self.set(self.sheets.text(chapter, self.next_page)))
        for table in chapter.tables:
            yield self.counted(self.table(table))

    def alone(self) -> list[Document]:
        """Return the tables."""
        return [self.counted(self.table(table)) for table in self.sheets.tables]

    def table(self, table: Table) -> Document:
        """Return one table from the next page on."""
        if not (self.recut and is_uneven(table)):
            return self.set(self.sheets.table(table, self.next_page))
        measures = self.measures(table)
        pages = parts(measures.rows, measures.labels, measures.room)
        return self.set(
            self.sheets.table(
                table,
                self.next_page,
                pages=cut(table.rows, pages, measures.texts),
                tall=[place for place, page in enumerate(pages) if page.tall],
            )
        )

    def measures(self, table: Table) -> Measures:
        """Return how high the rows of a table are, from the cache if they were measured before."""
        html = self.sheets.measuring(table)
        return self.cache.measures(
            self.engine.key(html),
            lambda: measured(self.engine.laid_out(html), landscape=table.landscape),
        )

    def set(self, html: str) -> Document:
        """Return the pages of one section, from the cache if it has them."""
        key = self.engine.key(html)
        return self.cache.document(key, lambda: self.engine.laid_out(html))

    def counted(self, document: Document) -> Document:
        """Return the same section after noting where each of its ids is printed."""
        for number, page in enumerate(document.pages, start=self.next_page):
            self.note(page.anchors, number)
        self.next_page += len(document.pages)
        return document

    def note(self, anchors: Iterable[str], number: int) -> None:
        """Note the printed number of ids; one that goes on over pages keeps its first."""
        for anchor in anchors:
            self.pages.setdefault(anchor, str(number))


def is_uneven(table: Table) -> bool:
    """Return whether pages of a table cannot be left to the layout: it has merged or long cells."""
    cells = (cell for row in table.rows for cell in row.cells)
    return any(cell.rowspan > 1 or len(cell.text) > LONG for cell in cells)
