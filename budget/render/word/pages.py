"""The pages of a Word file: sections of upright and wide paper, page numbers, what is marked.

Sizes are those of the printed document (static/css/print.css).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.section import Section

from budget.render.word.markup import field, paragraph, parsed, run, twips
from budget.render.word.styles import style_id

A4: Final = (595.3, 841.9)
"""Points."""


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page: margins in points (top, right, bottom, left), and how it is numbered.

    ``number`` is Word's name of the numbers, ``start`` the first one, 0 to go on counting.
    """

    margins: tuple[float, float, float, float]
    footer: float
    wide: bool = False
    number: str = "decimal"
    start: int = 0


TEXT_MARGINS: Final = (105, 73.6, 99, 73.6)
COVER: Final = Page(TEXT_MARGINS, 60)
CONTENTS: Final = Page(TEXT_MARGINS, 60, number="upperRoman", start=1)
TEXT: Final = Page(TEXT_MARGINS, 60)
UPRIGHT: Final = Page((62, 54, 68, 54), 36)
WIDE: Final = Page((44, 42, 52, 42), 26, wide=True)


def section(page: Page, *, first: bool = False) -> str:
    """Return the properties of a section; the ``first`` one of the text counts from 1."""
    width, height = reversed(A4) if page.wide else A4
    turned = ' w:orient="landscape"' if page.wide else ""
    top, right, bottom, left = map(twips, page.margins)
    start = 1 if first else page.start
    begins = f' w:start="{start}"' if start else ""
    return (
        f'<w:sectPr><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="{twips(24)}" w:footer="{twips(page.footer)}" w:gutter="0"/>'
        f'<w:pgNumType w:fmt="{page.number}"{begins}/></w:sectPr>'
    )


def number_pages(document: Document) -> None:
    """Print the number of each page but those of the cover; later sections follow the second."""
    cover, contents, *_ = document.sections
    cover.footer.is_linked_to_previous = False
    number = (run("— "), field("PAGE", "1"), run(" —"))
    _put(contents, paragraph(number, style_id(document, "Footer")))


def _put(section: Section, markup: str) -> None:
    footer = section.footer
    footer.is_linked_to_previous = False
    [blank] = footer.paragraphs
    blank._element.getparent().replace(blank._element, parsed(markup))


def mark_pages(document: Document, word: str) -> None:
    """Say a word at the head of every page and, large and pale, behind its text."""
    first = document.sections[0]
    first.header.is_linked_to_previous = False
    [line] = first.header.paragraphs
    line.text = word
    line.style = document.styles["Header"]
    line._element.append(parse_xml(_pale(word)))


def _pale(word: str) -> str:
    """Return a drawing of a word across the page, as Word itself makes watermarks."""
    return (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
        ' path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
        '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
        '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/>'
        '</v:shapetype><v:shape id="PowerPlusWaterMarkObject1" type="#_x0000_t136"'
        ' style="position:absolute;margin-left:0;margin-top:0;width:420pt;height:84pt;'
        "rotation:315;z-index:-251658240;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f" o:allowincell="f">'
        '<v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string={quoteattr(word)}/>'
        "</v:shape></w:pict></w:r>"
    )
