"""The document as one HTML file: no script, no request, readable on a telephone and in print."""

from __future__ import annotations

from functools import cache, partial

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from budget.document import Disclosure, Table
from budget.render.about import keywords, title
from budget.render.contents import contents
from budget.render.grids import screen_grid
from budget.render.naming import stem
from budget.render.prose import chapters
from budget.render.registry import Files, renders
from budget.render.styles import style_text

STYLES = ("css/tokens.css", "css/table.css", "css/document.css")
MEDIA_TYPE = "text/html; charset=utf-8"


@renders("html", "网页", MEDIA_TYPE)
def render(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    """Return one HTML file that needs nothing but itself."""
    page = render_page(disclosure, tables)
    return {f"{stem(disclosure, tables)}.html": page.encode()}


def render_page(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> str:
    """Return the whole document as a page, or only ``tables`` as a page of their own."""
    whole = tables is None
    context = {
        "disclosure": disclosure,
        "title": title(disclosure, tables),
        "keywords": keywords(disclosure),
        "style": style_sheet(),
        "whole": whole,
        "cover": disclosure.cover,
        "contents": contents(disclosure) if whole else None,
        "chapters": chapters(disclosure, partial(screen_grid, rank=3)) if whole else (),
        "grids": () if whole else [screen_grid(table, rank=1) for table in tables or ()],
    }
    return get_template("disclosure/book.html").render(context)


@cache
def style_sheet() -> SafeString:
    """Return the style of the file. It is the project's own, so nothing in it is escaped."""
    return mark_safe("\n".join(style_text(name) for name in STYLES))
