"""The styles of a Word file: 标题, 正文, 表题, 表注 as people know them, set as official paper.

Faces are named as offices have them; where one is missing Word and WPS take their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING
from docx.enum.text import WD_TAB_ALIGNMENT as TAB
from docx.enum.text import WD_TAB_LEADER as LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from budget.render.about import LANGUAGE

FANG, HEI, KAI, SONG, TITLE_SONG = "仿宋", "黑体", "楷体", "宋体", "方正小标宋简体"
LATIN: Final = "Times New Roman"
CENTRE, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
LINE_WIDTH: Final = 448
"""Points: 28 characters of 16."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paragraph looks; sizes in points, ``line`` the exact pitch of its lines.

    ``indent`` is that of the first line in characters, ``level`` its place in the outline (1 to 9,
    0 for none).
    """

    name: str
    face: str
    size: float
    line: float
    align: WD_ALIGN_PARAGRAPH = LEFT
    indent: int = 0
    bold: bool = False
    before: float = 0
    after: float = 0
    level: int = 0
    with_next: bool = False


BODY, COVER, COVER_LINE, CONTENTS = "Normal", "Title", "封面文字", "TOC Heading"
PART, SECTION, SUBSECTION = "Heading 1", "Heading 2", "Heading 3"
TABLE_TITLE, TABLE_LINE, TABLE_CELL, TABLE_NOTE = "表题", "表头行", "表格文字", "表注"
CHART_TITLE, SMALLEST = "图题", "分节"
LISTED_PART, LISTED = "toc 1", "toc 2"
LEAD, GAP, TABLE_HEAD, TOTAL = "段首", "待填", "栏目", "合计行"


def _heading(
    name: str,
    face: str,
    size: float,
    line: float,
    *,
    level: int,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    indent: int = 0,
    after: float = 0,
) -> Look:
    return Look(
        name=name,
        face=face,
        size=size,
        line=line,
        align=align,
        indent=indent,
        after=after,
        level=level,
        with_next=True,
    )


LOOKS: Final = (
    Look(name=BODY, face=FANG, size=16, line=28, indent=2),
    Look(name=COVER, face=TITLE_SONG, size=26, line=44, align=CENTRE, after=14),
    Look(name=COVER_LINE, face=KAI, size=16, line=32, align=CENTRE),
    Look(name=CONTENTS, face=TITLE_SONG, size=22, line=36, align=CENTRE, after=14),
    Look(name=LISTED_PART, face=HEI, size=16, line=26, before=6, after=2),
    Look(name=LISTED, face=FANG, size=16, line=26),
    _heading(PART, TITLE_SONG, 22, 36, level=1, align=CENTRE, after=20),
    _heading(SECTION, HEI, 16, 28, level=2, indent=2),
    _heading(SUBSECTION, KAI, 16, 28, level=3, indent=2),
    _heading(TABLE_TITLE, TITLE_SONG, 18, 28, level=2, align=CENTRE, after=4),
    Look(name=TABLE_LINE, face=SONG, size=9.5, line=13, after=3, with_next=True),
    Look(name=TABLE_CELL, face=SONG, size=9.5, line=12.6),
    Look(name=TABLE_NOTE, face=SONG, size=9.5, line=14, before=5),
    Look(name=CHART_TITLE, face=HEI, size=14, line=24, align=CENTRE, before=6, with_next=True),
    Look(name=SMALLEST, face=SONG, size=1, line=1),
)
"""All styles of paragraphs, in the order of the document."""

KEPT: Final = frozenset({"Header", "Footer", "Normal Table", "Default Paragraph Font", "No List"})


def set_styles(document: Document) -> None:
    """Give a new document these styles and take away those of the template."""
    wanted = KEPT | {look.name for look in LOOKS}
    for style in list(document.styles):
        if style.name not in wanted:
            style.delete()
    for look in LOOKS:
        _set(_paragraph_style(document, look.name), look)
    for name, align in (("Header", CENTRE), ("Footer", CENTRE)):
        _set(
            _paragraph_style(document, name),
            Look(name=name, face=SONG, size=14, line=18, align=align),
        )
    _contents_tabs(document)
    _characters(document)


def style_id(document: Document, name: str) -> str:
    """Return the id by which markup names a style."""
    found: str = document.styles[name].style_id
    return found


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    for style in document.styles:
        if style.name == name:
            assert isinstance(style, ParagraphStyle)
            return style
    built_in = name.isascii()
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=built_in)
    assert isinstance(made, ParagraphStyle)
    made.base_style = document.styles[BODY]
    return made


def _set(style: ParagraphStyle, look: Look) -> None:
    style.hidden, style.quick_style, style.unhide_when_used = False, True, False
    _set_face(style, look.face, look.size, bold=look.bold)
    form = style.paragraph_format
    form.alignment = look.align
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.line)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.left_indent = form.right_indent = Pt(0)
    form.first_line_indent = Pt(look.indent * look.size)
    form.keep_with_next = look.with_next
    form.keep_together = False
    form.widow_control = True
    _set_level(style, look.level)


def _set_face(style: CharacterStyle, face: str, size: float, *, bold: bool = False) -> None:
    """Set a face for Chinese, and the one for Latin letters and figures beside it."""
    font = style.font
    font.name, font.size, font.bold, font.italic = LATIN, Pt(size), bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for each, name in (("eastAsia", face), ("hAnsi", LATIN), ("cs", LATIN)):
        fonts.set(qn(f"w:{each}"), name)


def _set_level(style: ParagraphStyle, level: int) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:outlineLvl")):
        properties.remove(old)
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if level:
        mark = OxmlElement("w:outlineLvl")
        mark.set(qn("w:val"), str(level - 1))
        properties.append(mark)


def _contents_tabs(document: Document) -> None:
    for name, indent in ((LISTED_PART, 0), (LISTED, 32)):
        form = _paragraph_style(document, name).paragraph_format
        form.left_indent = Pt(indent)
        form.tab_stops.add_tab_stop(Pt(LINE_WIDTH), TAB.RIGHT, LEADER.DOTS)


def _characters(document: Document) -> None:
    for name, face in ((LEAD, KAI), (GAP, FANG), (TABLE_HEAD, HEI), (TOTAL, SONG)):
        made = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        assert isinstance(made, CharacterStyle)
        made.hidden, made.quick_style = False, True
        fonts = made.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), face)
    document.styles[GAP].font.highlight_color = WD_COLOR_INDEX.YELLOW
    document.styles[TOTAL].font.bold = True
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    language.set(qn("w:eastAsia"), LANGUAGE)
    document.styles[BODY].element.get_or_add_rPr().append(language)
