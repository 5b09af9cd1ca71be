"""Tables made ready for the one table template: each place with its tag, attributes and text.

A template that asks ten questions of each of a thousand cells costs more than the document; the
questions that depend on the data alone are answered here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString

from budget.document import Cell, CellKind, Column, Row, Table
from budget.render.lanes import shares, wishes

UNIT_SHARE = 2_000
"""What the unit above the right end of a table on paper needs, as a share of lanes.WHOLE."""

FIGURES = frozenset({CellKind.AMOUNT, CellKind.SCORE})

SENTENCE = 40
"""Characters: no name of anything is longer."""


@dataclass(frozen=True, slots=True)
class Place:
    """One cell as markup: ``tag`` is td or th, ``attributes`` begins with a blank or is empty."""

    tag: str
    attributes: SafeString
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """One table row: its class and the places that are not covered by a merged cell."""

    kind: str
    places: tuple[Place, ...]

    @property
    def markup(self) -> SafeString:
        """The row's places one after the other: asked singly, they take half the time of a page."""
        return SafeString("".join(map(_markup, self.places)))


def _markup(place: Place) -> str:
    return f"<{place.tag}{place.attributes}>{conditional_escape(place.text)}</{place.tag}>"


@dataclass(frozen=True, slots=True)
class Body:
    """A group of rows. On paper each but the first begins a page; ``tall`` is one row for many."""

    bands: tuple[Band, ...]
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One column: the kind of its cells, and its share of the width as CSS says it (12.34%)."""

    kind: str
    width: str


@dataclass(frozen=True, slots=True)
class Grid:
    """What templates/disclosure/table.html shows.

    ``rank`` is the number of the title's heading (3 for h3). ``paper`` asks for the head that
    repeats on each page instead of a heading above the table.
    """

    id: str
    title: str
    subject: str
    unit: str
    note: str
    lanes: tuple[Lane, ...]
    head: tuple[Band, ...]
    bodies: tuple[Body, ...]
    landscape: bool
    dense: bool = False
    unit_width: int = 1
    rank: int = 3
    paper: bool = False

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.lanes)

    @property
    def subject_width(self) -> int:
        """The number of columns that the subject spans, before those that the unit needs."""
        return self.width - self.unit_width


def table_id(table: Table) -> str:
    """Return the id under which a table is linked. A paragraph may have the same code."""
    return f"table-{table.code}"


def screen_grid(table: Table, rank: int = 3) -> Grid:
    """Return a table for a web page: every body cell has its address as id."""
    return _grid(table, (table.rows,), rank=rank, paper=False)


def linked_grid(table: Table, link: Callable[[str], str], rank: int = 3) -> Grid:
    """Return a table for a web page on which each figure leads to what is behind it.

    ``link`` gives the way from a figure's address. The link has the address as its id.
    """
    return _grid(table, (table.rows,), rank=rank, paper=False, link=link)


def paper_grid(
    table: Table, pages: Sequence[Sequence[Row]], *, tall: Container[int] = (), rank: int = 3
) -> Grid:
    """Return a table for paper. ``tall`` are the places in ``pages`` of rows higher than a page.

    Cells have their address as data-at: an id would give each of them a style of its own, which
    takes time. It becomes a named destination of the PDF: file.pdf#summary/basic/spending.
    """
    return _grid(table, pages, tall=tall, rank=rank, paper=True)


def _grid(
    table: Table,
    pages: Sequence[Sequence[Row]],
    *,
    tall: Container[int] = (),
    rank: int,
    paper: bool,
    link: Callable[[str], str] | None = None,
) -> Grid:
    names = row_heads(table.columns)
    widths = shares(table) if paper else wishes(table.columns)
    mark = "data-at" if paper else "id"
    return Grid(
        id=table_id(table),
        title=table.title,
        subject=table.subject,
        unit=table.unit,
        note=table.note,
        lanes=tuple(_lanes(table.columns, widths)),
        head=tuple(_head_band(row, names) for row in table.head),
        bodies=tuple(
            Body(tuple(_body_band(row, names, mark, link) for row in rows), tall=place in tall)
            for place, rows in enumerate(pages)
        ),
        landscape=table.landscape,
        dense=any(len(cell.text) > SENTENCE for row in table.rows for cell in row.cells),
        unit_width=_unit_width(widths),
        rank=rank,
        paper=paper,
    )


def row_heads(columns: Sequence[Column]) -> frozenset[int]:
    """Return the places of the columns whose text names the row.

    That is the first column of text, and on a two-sided table the first of the other side too: a
    column of text right of an amount, under a group heading of its own.
    """
    texts = [index for index, column in enumerate(columns) if column.kind is CellKind.TEXT]
    sides = [
        index
        for index, (left, column) in enumerate(pairwise(columns), start=1)
        if column.kind is CellKind.TEXT
        and left.kind is CellKind.AMOUNT
        and len(column.title) > 1
        and column.title[0] != left.title[0]
    ]
    return frozenset((*texts[:1], *sides))


def _lanes(columns: Sequence[Column], widths: Sequence[int]) -> Iterable[Lane]:
    for column, share in zip(columns, widths, strict=True):
        yield Lane(column.kind.value, f"{share // 100}.{share % 100:02d}%")


def _unit_width(widths: Sequence[int]) -> int:
    """Return how many columns at the right end the unit spans, leaving the subject at least one."""
    taken = 0
    for count, share in enumerate(reversed(widths[1:]), start=1):
        taken += share
        if taken >= UNIT_SHARE:
            return count
    return max(len(widths) - 1, 1)


def _head_band(row: tuple[Cell, ...], names: frozenset[int]) -> Band:
    places = tuple(
        _head_place(cell, above_names=index in names and cell.colspan == 1)
        for index, cell in enumerate(row)
        if not cell.is_covered
    )
    marks = bool(row) and all(cell.kind is CellKind.MARK for cell in row)
    return Band("marks" if marks else "heads", places)


def _head_place(cell: Cell, *, above_names: bool) -> Place:
    """Return a cell of the head; one above the names of rows says so, for both stay in sight."""
    spans = _spans(cell)
    name = "name" if above_names else ""
    if cell.kind is not CellKind.HEAD or not cell.text:
        kinds = f"{cell.kind.value} {name}".rstrip()
        return Place("td", SafeString(f' class="{kinds}"{spans}'), cell.text)
    kinds = f' class="{name}"' if name else ""
    scope = "colgroup" if cell.colspan > 1 else "col"
    return Place("th", SafeString(f'{kinds} scope="{scope}"{spans}'), cell.text)


def _body_band(
    row: Row, names: frozenset[int], mark: str, link: Callable[[str], str] | None
) -> Band:
    places = tuple(
        _linked(cell, link)
        if link and cell.text and cell.address and cell.kind in FIGURES
        else _body_place(cell, mark, names_row=index in names)
        for index, cell in enumerate(row.cells)
        if not cell.is_covered
    )
    return Band(row.kind.value, places)


def _linked(cell: Cell, link: Callable[[str], str]) -> Place:
    """Return a figure of the body as a link, which has the address that its cell would have."""
    attributes = SafeString(f' class="{cell.kind.value}"{_spans(cell)}')
    way, address = escape(link(cell.address)), escape(cell.address)
    text = SafeString(f'<a class="figure" id="{address}" href="{way}">{escape(cell.text)}</a>')
    return Place("td", attributes, text)


def _body_place(cell: Cell, mark: str, *, names_row: bool) -> Place:
    """Return a cell of the body; its address is the value of the attribute ``mark``."""
    address = f' {mark}="{escape(cell.address)}"' if cell.address else ""
    kind = f' class="{cell.kind.value}"'
    if cell.text and (names_row or cell.kind is CellKind.HEAD):
        scope = "rowgroup" if cell.rowspan > 1 else "row"
        tag, scope = "th", f' scope="{scope}"'
    else:
        tag, scope = "td", ""
    return Place(tag, SafeString(f"{address}{kind}{scope}{_spans(cell)}"), cell.text)


def _spans(cell: Cell) -> str:
    rows = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    columns = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return rows + columns
