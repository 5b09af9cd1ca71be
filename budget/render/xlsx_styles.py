"""How cells of a workbook look: few distinct styles, numbered as they are first used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from xml.sax.saxutils import quoteattr

from budget.document import CellKind, RowKind

FIRST_OWN_FORMAT = 164
"""Number formats below are Excel's own."""

_PRESET_FORMATS = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "@": 49}

_SPREADSHEETML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


class Font(Enum):
    """The faces in use: size in points, weight."""

    BODY = (10, False)
    BOLD = (10, True)
    TITLE = (16, True)


class Fill(Enum):
    """The grounds in use, by place in the list of fills (0 and 1 are fixed by the format)."""

    NONE = 0
    HEAD = 2


@dataclass(frozen=True, slots=True)
class Style:
    """One look of a cell. A cell of the grid has hair lines around it."""

    font: Font = Font.BODY
    fill: Fill = Fill.NONE
    grid: bool = True
    horizontal: str = "left"
    number_format: str = "General"
    vertical: str = "center"


TITLE = Style(font=Font.TITLE, grid=False, horizontal="center")
SUBJECT = Style(grid=False)
UNIT = Style(grid=False, horizontal="right")
NOTE = Style(grid=False)
HEAD = Style(font=Font.BOLD, fill=Fill.HEAD, horizontal="center")
MARK = Style(horizontal="center")

_BODY = {
    CellKind.TEXT: ("left", "General"),
    CellKind.CODE: ("center", "@"),
    CellKind.AMOUNT: ("right", "General"),
    CellKind.SCORE: ("center", "General"),
    CellKind.MARK: ("center", "General"),
}


@lru_cache(maxsize=256)
def body_style(kind: CellKind, row: RowKind, number_format: str, *, tall: bool) -> Style:
    """Return how a body cell looks; an empty number format means that of its kind.

    What stands in a tall cell begins at its top, where a page break does not take it away. A
    heading within the body looks like those of the head.
    """
    if kind is CellKind.HEAD:
        return HEAD
    horizontal, usual = _BODY[kind]
    return Style(
        font=Font.BOLD if row is RowKind.TOTAL else Font.BODY,
        horizontal=horizontal,
        number_format=number_format or usual,
        vertical="top" if tall else "center",
    )


class StyleBook:
    """The styles of one workbook in the order of their first use; 0 is the plain one."""

    def __init__(self) -> None:
        self._indices: dict[Style, int] = {}

    def index(self, style: Style) -> int:
        """Return the style's number, giving it the next one when it is new."""
        return self._indices.setdefault(style, len(self._indices) + 1)

    def xml(self) -> str:
        """Return the part xl/styles.xml."""
        formats = _own_formats(self._indices)
        return (
            f'<styleSheet xmlns="{_SPREADSHEETML}">'
            f"{_number_formats_xml(formats)}{_FONTS}{_FILLS}{_BORDERS}"
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
            f'</cellStyleXfs><cellXfs count="{len(self._indices) + 1}">'
            '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
            f"{''.join(_format_xml(style, formats) for style in self._indices)}</cellXfs>"
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
            "</styleSheet>"
        )


def _own_formats(styles: Iterable[Style]) -> dict[str, int]:
    """Return the number of each number format in use, Excel's own and further ones."""
    formats = dict(_PRESET_FORMATS)
    own = FIRST_OWN_FORMAT
    for style in styles:
        if style.number_format not in formats:
            formats[style.number_format] = own
            own += 1
    return formats


def _number_formats_xml(formats: dict[str, int]) -> str:
    own = [(code, number) for code, number in formats.items() if number >= FIRST_OWN_FORMAT]
    if not own:
        return ""
    items = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for code, n in own)
    return f'<numFmts count="{len(own)}">{items}</numFmts>'


def _format_xml(style: Style, formats: dict[str, int]) -> str:
    return (
        f'<xf numFmtId="{formats[style.number_format]}" fontId="{_FONT_PLACES[style.font]}" '
        f'fillId="{style.fill.value}" borderId="{int(style.grid)}" xfId="0" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment horizontal="{style.horizontal}" vertical="{style.vertical}" '
        'wrapText="1"/></xf>'
    )


def _font_xml(font: Font) -> str:
    size, bold = font.value
    weight = "<b/>" if bold else ""
    return f'<font>{weight}<sz val="{size}"/><name val="宋体"/><charset val="134"/></font>'


_FONT_PLACES = {font: place for place, font in enumerate(Font)}
_FONTS = f'<fonts count="{len(Font)}">{"".join(map(_font_xml, Font))}</fonts>'
_FILLS = (
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEDF1F6"/>'
    '<bgColor indexed="64"/></patternFill></fill></fills>'
)
_SIDES = "".join(
    f'<{side} style="thin"><color rgb="FF8A8F98"/></{side}>'
    for side in ("left", "right", "top", "bottom")
)
_BORDERS = (
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
    f"<border>{_SIDES}<diagonal/></border></borders>"
)
