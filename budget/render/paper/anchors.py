"""Where each cell came to stand, so that links can lead to it by its address.

WeasyPrint notes the places of ids itself; but elements with an id share no style with others, and
a thousand cells with a style each take a fifth more time. Cells on paper have ``data-at`` instead.
"""

from __future__ import annotations

from weasyprint.document import Document, Page
from weasyprint.formatting_structure.boxes import TableCellBox

MARK = "data-at"


def anchored(document: Document) -> Document:
    """Return the same pages after noting in each where its cells are."""
    for page in document.pages:
        anchor_cells(page)
    return document


def anchor_cells(page: Page) -> None:
    """Note the cells of a page by address; places are in CSS pixels from the upper left."""
    # WeasyPrint keeps its boxes private, and offers no other way to see where things came to stand.
    for box in page._page_box.descendants():
        if isinstance(box, TableCellBox) and (address := box.element.get(MARK)):
            left, top, width, height = box.hit_area()
            page.anchors.setdefault(address, (left, top, left + width, top + height))
