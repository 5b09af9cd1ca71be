"""The HTML of each section of the printed document: one string, all that its layout depends on."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import get_template

from budget.document import Disclosure, Row, Table
from budget.render.about import LANGUAGE, keywords, title
from budget.render.contents import contents
from budget.render.grids import paper_grid
from budget.render.paper.geometry import endless_size
from budget.render.prose import passages

ALONE_RANK, WHOLE_RANK = 1, 3
"""The title of a table alone is the first heading of its file; else it stands under h2."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What templates/disclosure/sheet.html asks of every section.

    ``kind`` names the pages in print.css, ``start`` is the printed number of the first page,
    ``endless`` a page size for measuring.
    """

    kind: str
    body: str
    title: str
    author: str
    keywords: str
    start: int = 1
    endless: str = ""
    language: str = LANGUAGE


class Sheets:
    """Makes the sections of one document, or of some of its tables alone."""

    def __init__(self, disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> None:
        self.disclosure = disclosure
        self.whole = tables is None
        self.tables = disclosure.tables if tables is None else tables
        self.title = title(disclosure, tables)

    def cover(self) -> str:
        """Return the cover."""
        return self._page("cover", "cover", cover=self.disclosure.cover)

    def contents(self, pages: Mapping[str, str]) -> str:
        """Return the contents, given the printed page number of every id that it leads to."""
        return self._page("contents", "contents", contents=contents(self.disclosure, pages))

    def narrative(self, start: int) -> str:
        """Return the first part, from page ``start`` on."""
        head = self.disclosure.narrative_heads.title
        shown = passages(self.disclosure)
        return self._page("text", "narrative", start, head=head, passages=shown)

    def table(
        self,
        table: Table,
        start: int = 1,
        *,
        pages: Sequence[Sequence[Row]] = (),
        tall: Container[int] = (),
        endless: str = "",
    ) -> str:
        """Return one table; under the heading of its part if it is the first of the document.

        ``pages`` are its rows as they are to stand on pages, all in one group if that is left to
        the layout.
        """
        rank = WHOLE_RANK if self.whole else ALONE_RANK
        leads = self.whole and table.code == self.tables[0].code
        return self._page(
            "wide" if table.landscape else "upright",
            "table_sheet",
            start,
            endless,
            head=self.disclosure.tables_heads.title if leads else "",
            grid=paper_grid(table, pages or (table.rows,), tall=tall, rank=rank),
        )

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
        )
        return get_template("disclosure/sheet.html").render({"sheet": sheet, **context})
