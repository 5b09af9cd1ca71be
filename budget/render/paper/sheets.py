"""The HTML of each section of the printed document: one string, all that its layout depends on."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from budget.document import Disclosure, Row, Table
from budget.render.about import LANGUAGE, keywords, title
from budget.render.contents import contents
from budget.render.grids import paper_grid
from budget.render.paper.geometry import endless_size
from budget.render.paper.marking import page_style
from budget.render.prose import NOTHING, Chapter, chapters
from budget.render.registry import UNMARKED, Marking

ALONE_RANK, WHOLE_RANK = 1, 3
"""The title of a table alone is the first heading of its file; else it stands under h2."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What templates/disclosure/sheet.html asks of every section.

    ``kind`` names the pages in print.css, ``start`` is the printed number of the first page,
    ``endless`` a page size for measuring, ``mark`` the style of what every page is marked with.
    """

    kind: str
    body: str
    title: str
    author: str
    keywords: str
    start: int = 1
    endless: str = ""
    mark: SafeString = NOTHING
    language: str = LANGUAGE


class Sheets:
    """Makes the sections of one document, or of some of its tables alone."""

    def __init__(
        self,
        disclosure: Disclosure,
        tables: tuple[Table, ...] | None = None,
        marking: Marking = UNMARKED,
    ) -> None:
        self.disclosure = disclosure
        self.mark = page_style(marking)
        self.whole = tables is None
        self.tables = disclosure.tables if tables is None else tables
        self.chapters = chapters(disclosure, lambda table: table) if self.whole else ()
        self.title = title(disclosure, tables) + (f"（{marking.word}）" if marking.word else "")

    def cover(self) -> str:
        """Return the cover."""
        return self._page("cover", "cover", cover=self.disclosure.cover)

    def contents(self, pages: Mapping[str, str]) -> str:
        """Return the contents, given the printed page number of every id that it leads to."""
        return self._page("contents", "contents", contents=contents(self.disclosure, pages))

    def text(self, chapter: Chapter[Table], start: int) -> str:
        """Return the heading and the text of a part, from page ``start`` on."""
        return self._page("text", "text", start, chapter=chapter)

    def table(
        self,
        table: Table,
        start: int = 1,
        *,
        pages: Sequence[Sequence[Row]] = (),
        tall: Container[int] = (),
        endless: str = "",
    ) -> str:
        """Return one table; under the heading of its part if nothing of it stands before.

        ``pages`` are its rows as they are to stand on pages, all in one group if that is left to
        the layout.
        """
        rank = WHOLE_RANK if self.whole else ALONE_RANK
        return self._page(
            "wide" if table.landscape else "upright",
            "table_sheet",
            start,
            endless,
            chapter=self._led_by(table),
            grid=paper_grid(table, pages or (table.rows,), tall=tall, rank=rank),
        )

    def _led_by(self, table: Table) -> Chapter[Table] | None:
        """Return the part that begins with a table, if one does."""
        for chapter in self.chapters:
            if not chapter.passages and chapter.tables[:1] == (table,):
                return chapter
        return None

    def measuring(self, table: Table) -> str:
        """Return one table on a page as high as needed."""
        return self.table(table, endless=endless_size(landscape=table.landscape))

    def _page(self, kind: str, body: str, start: int = 1, endless: str = "", **context: Any) -> str:
        sheet = Sheet(
            kind=kind,
            body=f"disclosure/{body}.html",
            title=self.title,
            author=self.disclosure.name,
            keywords=keywords(self.disclosure),
            start=start,
            endless=endless,
            mark=self.mark,
        )
        return get_template("disclosure/sheet.html").render({"sheet": sheet, **context})
