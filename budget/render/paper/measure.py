"""How high the rows and merged cells of a table are, read off a layout on one endless page.

The boxes are WeasyPrint's own, which it does not promise to keep: all knowledge of them is here,
and tests compare the outcome with printed pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.document import Document
from weasyprint.formatting_structure import boxes

from budget.render.paper.geometry import height
from budget.render.paper.paging import Label, Room
from budget.render.paper.recut import Place

SLACK = 1.0
"""Pixels kept free on each page against sums of rounded heights."""


@dataclass(frozen=True, slots=True)
class Measures:
    """What paging asks of a table; ``texts`` are the lines of each merged cell."""

    rows: tuple[float, ...]
    labels: tuple[Label, ...]
    texts: dict[Place, tuple[str, ...]]
    room: Room


def measured(document: Document, *, landscape: bool) -> Measures:
    """Return the measures of the only table on an endless page."""
    [page] = document.pages
    # WeasyPrint keeps its boxes private, and offers no other way to see where things came to stand.
    box = page._page_box
    table = next(each for each in box.descendants() if isinstance(each, boxes.TableBox))
    rows = [row for group in table.children if not group.is_header for row in group.children]
    cells = [(number, cell) for number, row in enumerate(rows) for cell in row.children]
    merged = [(number, cell) for number, cell in cells if cell.rowspan > 1]
    return Measures(
        rows=tuple(max(map(_single_height, row.children), default=0.0) for row in rows),
        labels=tuple(_label(number, cell) for number, cell in merged),
        texts={(number, cell.grid_x): tuple(_lines(cell)) for number, cell in merged},
        room=_room(box, table, landscape=landscape),
    )


def _room(page: Any, table: Any, *, landscape: bool) -> Room:
    """Return what pages of paper offer, from what stands above and below the rows here."""
    margins = page.margin_height() - page.height
    available = height(landscape=landscape) - margins - SLACK
    [head] = [group for group in table.children if group.is_header]
    above = head.position_y + head.height - page.content_box_y()
    bottom = max(child.position_y + child.margin_height() for child in _flow(page))
    tail = bottom - (table.position_y + table.margin_height())
    return Room(first=available - above, other=available - head.height, tail=max(tail, 0.0))


def _flow(page: Any) -> Iterator[Any]:
    """Yield the blocks that stand in the body."""
    for html in page.children:
        if html.element_tag == "html":
            for body in html.children:
                yield from body.children


def _single_height(cell: Any) -> float:
    return 0.0 if cell.rowspan > 1 else _natural_height(cell)


def _natural_height(cell: Any) -> float:
    """Return what a cell needs, before it was stretched to its row."""
    return float(cell.content_height + _frame(cell))


def _frame(cell: Any) -> float:
    padding = cell.style["padding_top"].value + cell.style["padding_bottom"].value
    return float(padding + cell.border_top_width + cell.border_bottom_width)


def _label(row: int, cell: Any) -> Label:
    lines = [box for box in cell.descendants() if isinstance(box, boxes.LineBox)]
    line = lines[0].height if lines else 0.0
    return Label(row, cell.grid_x, cell.rowspan, _frame(cell), line, len(lines))


def _lines(cell: Any) -> Iterator[str]:
    """Yield the text of each line."""
    for box in cell.descendants():
        if isinstance(box, boxes.LineBox):
            yield "".join(
                each.text for each in box.descendants() if isinstance(each, boxes.TextBox)
            )
