"""The document as a Word file for circulation inside the house; writing it is ``word``'s."""

from __future__ import annotations

from budget.document import Disclosure
from budget.render.registry import Marking, renders_inside
from budget.render.word.book import render_docx

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOR_COMMENT = "征求意见稿"


@renders_inside("docx", "Word 文档", CONTENT_TYPE, word=FOR_COMMENT, told=False)
def render(disclosure: Disclosure, marking: Marking) -> bytes:
    """Return the whole document as a Word file. Raises RenderError."""
    return render_docx(disclosure, marking.word)
