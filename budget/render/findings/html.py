"""A report as one HTML file to hand on: the findings, then the document that they point into."""

from __future__ import annotations

from functools import cache, partial

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from budget.document import Disclosure
from budget.render.findings.view import View
from budget.render.grids import screen_grid
from budget.render.prose import chapters
from budget.render.registry import Files
from budget.render.styles import style_text

STYLES = ("css/tokens.css", "css/table.css", "css/document.css", "css/findings.css")
CONTENT_TYPE = "text/html; charset=utf-8"


def render(told: View, document: Disclosure) -> Files:
    """Return one HTML file that needs nothing but itself."""
    context = {
        "told": told,
        "style": _style(),
        "draft": "",
        "chapters": chapters(document, partial(screen_grid, rank=3)),
    }
    page = get_template("findings/report.html").render(context)
    return {f"{told.file_stem}.html": page.encode()}


@cache
def _style() -> SafeString:
    """Return the style of the file. It is the project's own, so nothing in it is escaped."""
    return mark_safe("\n".join(style_text(name) for name in STYLES))
