"""A cell of a sheet: how it looks and what it holds, or a refusal.

Excel cuts a text of more than 32,767 characters, keeps 15 digits of a number and calls a file
with a control character damaged. Each of these is refused here, because nothing may be lost.
"""

from __future__ import annotations

import re
from decimal import Context
from typing import NamedTuple

from openpyxl.cell import Cell as Place
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from budget.document import Cell, CellKind, Loss, RowKind
from budget.money import written
from budget.render.cells import printed_number
from budget.render.errors import RenderError
from budget.render.xml import FORBIDDEN

LONGEST_TEXT = 32_767
"""Characters that a cell can hold, counted in UTF-16 as Excel does."""
MOST_DIGITS = 15
LOST_IN_CONVERSION = "转换说明："
COMMENTED_BY = "部门预算公开系统"
COMMENT_SIZE = (60, 240)
"""Points: height and width of a comment's box."""
TALL = 4
"""Rows from which on a merged cell may well stand on two pages."""

# Excel reads _x0041_ as the character A; a text that has it by chance must not change.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LINE = Side("thin", "FF8A8F98")
_LINES = Border(_LINE, _LINE, _LINE, _LINE)
_GREY = PatternFill("solid", "FFEDF1F6")
_SIDES = {CellKind.TEXT: "left", CellKind.AMOUNT: "right"}


class Style(NamedTuple):
    """One look; the size is in points, and a cell of the grid has lines around it."""

    horizontal: str = "center"
    number_format: str = "General"
    vertical: str = "center"
    size: int = 11
    bold: bool = False
    shaded: bool = False
    grid: bool = True


TITLE = Style(size=18, bold=True, grid=False)
LEFT = Style("left", grid=False)
RIGHT = Style("right", grid=False)
HEAD = Style(bold=True, shaded=True)
MARK = Style()


def style_in(row: RowKind, cell: Cell) -> Style:
    """Return how a cell of the body looks. Raises RenderError as ``number_format``.

    What stands in a tall cell begins at its top, where a page break does not take it away.
    """
    if cell.kind is CellKind.HEAD:
        return HEAD
    side = _SIDES.get(cell.kind, "center")
    vertical = "top" if cell.rowspan >= TALL else "center"
    return Style(side, number_format(cell), vertical, bold=row is RowKind.TOTAL)


def number_format(cell: Cell) -> str:
    """Return the format under which a number reads as it is printed; codes are text.

    Raises RenderError when the text is not that number written out.
    """
    number = printed_number(cell)
    if number is None:
        return "@" if cell.kind is CellKind.CODE else "General"
    _, point, places = f"{number:f}".partition(".")
    decimals = point + "0" * len(places)
    if cell.text == written(number, grouped=True):
        return f"#,##0{decimals}"
    if cell.text == written(number, grouped=False):
        return f"0{decimals}"
    raise RenderError(f"{cell.address}所印“{cell.text}”与其数值 {number} 不一致，无法写入 XLSX")


class Styles:
    """The styles of one workbook, each made once: font, border … for every cell take far longer."""

    def __init__(self, sheet: Worksheet) -> None:
        """Take any sheet of the workbook; nothing is written on it."""
        self._sheet = sheet
        self._models: dict[Style, Place] = {}

    def dress(self, place: Place, style: Style) -> None:
        """Give a place its look."""
        model = self._models.get(style) or self._model(style)
        place._style = model._style  # type: ignore[attr-defined] # not public: see 0007

    def _model(self, style: Style) -> Place:
        model = self._models[style] = WriteOnlyCell(self._sheet)
        model.font = Font("宋体", style.size, bold=style.bold, charset=134)
        model.alignment = Alignment(style.horizontal, style.vertical, wrap_text=True)
        model.number_format = style.number_format
        if style.grid:
            model.border = _LINES
        if style.shaded:
            model.fill = _GREY
        return model


def put(place: Place, cell: Cell, where: str) -> None:
    """Write what a cell shows. Raises RenderError; ``where`` says in Chinese in which table.

    The type is set after the value, from which openpyxl would guess it: a text is never a formula,
    and a number is the spelling of its decimal, which a float would change (9.949999999999999).
    """
    number = printed_number(cell)
    where = f"{where} {place.coordinate} "
    if number is None:
        place.value = _LOOKS_ESCAPED.sub("_x005F_", as_text(cell.text, where))
        place.data_type = "s"
        return
    # Zeros at the end are no digits to lose.
    if len(number.normalize(Context(prec=60)).as_tuple().digits) > MOST_DIGITS:
        raise RenderError(f"{where}的数字 {number:f} 超过 15 位有效数字，XLSX 无法准确保存")
    place.value = f"{number:f}"
    place.data_type = "n"


def remark(place: Place, loss: Loss) -> None:
    """Say beside a cell what a conversion lost there, as a comment that its readers see."""
    comment = Comment(f"{LOST_IN_CONVERSION}{loss.label}。", COMMENTED_BY, *COMMENT_SIZE)
    place.comment = comment


def as_text(text: str, where: str) -> str:
    """Return a text that a cell can hold. Raises RenderError."""
    if FORBIDDEN.search(text):
        raise RenderError(f"{where}的文字含有不可见的控制字符，无法写入 XLSX，请删去后重试")
    if len(text) > LONGEST_TEXT // 2 and utf16_length(text) > LONGEST_TEXT:
        raise RenderError(f"{where}的文字超过 32,767 个字符，XLSX 单元格放不下，请分段或缩短")
    return text


def utf16_length(text: str) -> int:
    """Return how many characters Excel counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
