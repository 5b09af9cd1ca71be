"""What WeasyPrint only logs is an error here: a box instead of a character, a lost link.

It draws .notdef and says so at WARNING; text extracted from such a file still looks right.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from budget.render.errors import RenderError
from budget.render.paper.errors import BadLayout, MissingGlyph

LOGGER = logging.getLogger("weasyprint")
NOTDEF = re.compile(r'\.notdef glyph .*"(?P<character>.+)" \(U\+(?P<code>[0-9A-F]+)\)', re.DOTALL)
SHOWN = 10


class Complaints(logging.Handler):
    """Gathers warnings and errors while a document is made."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a message."""
        self.messages.append(record.getMessage())


@contextmanager
def heard() -> Iterator[None]:
    """Turn what is logged inside into a RenderError at the end, or let it pass if nothing is."""
    handler = Complaints()
    LOGGER.addHandler(handler)
    propagates, LOGGER.propagate = LOGGER.propagate, False
    try:
        yield
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.propagate = propagates
    if handler.messages:
        raise complaint(handler.messages)


def complaint(messages: list[str]) -> RenderError:
    """Return the error that messages of WeasyPrint amount to."""
    found = [match for match in map(NOTDEF.search, messages) if match]
    if found:
        characters = dict.fromkeys(f"{each['character']}（U+{each['code']}）" for each in found)
        return MissingGlyph(f"字体中没有这些字：{'、'.join(characters)}，请补充字体后重新生成。")
    return BadLayout(f"排版时出错：{'；'.join(messages[:SHOWN])}")
