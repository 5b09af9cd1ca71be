"""A draft as a PDF that nobody takes for the published one: marked on every page."""

from __future__ import annotations

from budget.document import Disclosure
from budget.render.pdf import MEDIA_TYPE, book
from budget.render.registry import Marking, renders_inside

INSIDE = "内部预览"


@renders_inside("pdf", "PDF 预览", MEDIA_TYPE, word=INSIDE, told=True)
def render(disclosure: Disclosure, marking: Marking) -> bytes:
    """Return the whole document as a PDF without data inside it. Raises RenderError."""
    pdf: bytes = book().render_pdf(disclosure, marking=marking)
    return pdf
