"""WordprocessingML: texts, runs and paragraphs as markup. Lengths are in twentieths of a point.

Whole tables are written as one string and parsed once: making a thousand cells object by object
takes python-docx longer than everything else together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

from budget.render.errors import RenderError
from budget.render.xml import FORBIDDEN

TWENTIETHS: Final = 20
_DECLARED: Final = nsdecls("w")
SHOWN: Final = 20
BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>' for part in ("begin", "separate", "end")
)
"""The marks of a field: behind the first its instruction, behind the second what it shows."""


def twips(points: float) -> int:
    """Return a length in points as Word counts it.

    >>> twips(73.6)
    1472
    """
    return int(points * TWENTIETHS + 0.5)


def text(said: str) -> str:
    """Return a text as the content of a run, line ends kept. Raises RenderError."""
    if FORBIDDEN.search(said):
        place = FORBIDDEN.sub("□", said)[:SHOWN]
        raise RenderError(f"“{place}”含有不可见的控制字符，无法写入 Word 文件，请删去后重试")
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in said.split("\n"))
    return "<w:br/>".join(lines)


def run(said: str, style: str = "", properties: str = "") -> str:
    """Return a run of text in a character style; ``properties`` are added to those of the style."""
    look = (f'<w:rStyle w:val="{style}"/>' if style else "") + properties
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{text(said)}</w:r>"


def field(code: str, shown: str = "") -> str:
    """Return a field: its instruction, and what it shows until it is renewed."""
    return f"{BEGIN}{instruction(code)}{SEPARATE}{run(shown)}{END}"


def instruction(code: str) -> str:
    """Return the instruction of a field as a run."""
    return f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'


def paragraph(content: Iterable[str], style: str, *, properties: str = "") -> str:
    """Return a paragraph of runs; ``properties`` are added to those of its style."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
    return f"<w:p>{look}{''.join(content)}</w:p>"


def parsed(markup: str) -> BaseOxmlElement:
    """Return one element written as markup."""
    opened, name, rest = markup.partition(re.match(r"<w:\w+", markup)[0])  # type: ignore[index]
    assert not opened, markup
    element: BaseOxmlElement = parse_xml(f"{name} {_DECLARED}{rest}")
    return element
