"""Texts, numbers and sheet names as SpreadsheetML holds them, or a refusal.

Excel cuts a text of more than 32,767 characters, keeps 15 digits of a number and calls a file
with a control character damaged. Each of these is refused here, because nothing may be lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from xml.sax.saxutils import escape

from budget.document import Table
from budget.money import written
from budget.render.errors import RenderError

LONGEST_TEXT = 32_767
"""Characters that a cell can hold, counted in UTF-16 as Excel does."""
MOST_DIGITS = 15
LONGEST_SHEET_NAME = 31

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ as the character A; a text that has it by chance must not change.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SHEET_NAME = str.maketrans("[]:*?/\\'", "［］：＊？／＼’")


def text_xml(text: str, where: str) -> str:
    """Return a text as the content of an element. ``where`` says in Chinese where it stands.

    Raises RenderError for a control character or a text longer than a cell.
    """
    if _FORBIDDEN.search(text):
        raise RenderError(f"{where}的文字含有不可见的控制字符，无法写入 XLSX，请删去后重试")
    if len(text) > LONGEST_TEXT // 2 and _utf16_length(text) > LONGEST_TEXT:
        raise RenderError(f"{where}的文字超过 32,767 个字符，XLSX 单元格放不下，请分段或缩短")
    return escape(_LOOKS_ESCAPED.sub("_x005F_", text))


def number_xml(value: Decimal, where: str) -> str:
    """Return a printed number exactly as it is, without an exponent.

    Raises RenderError when it has more digits than Excel keeps.

    >>> number_xml(Decimal("9.95"), "第1表")
    '9.95'
    """
    if len(value.as_tuple().digits) > MOST_DIGITS and _digits_that_count(value) > MOST_DIGITS:
        raise RenderError(f"{where}的数字 {value:f} 超过 15 位有效数字，XLSX 无法准确保存")
    return f"{value:f}"


def number_format(text: str, value: Decimal, where: str) -> str:
    """Return the number format under which a number reads as it is printed.

    Raises RenderError when the text is not that number written out.

    >>> number_format("1,561.09", Decimal("1561.09"), "第1表")
    '#,##0.00'
    """
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    decimals = f".{'0' * places}" if places else ""
    if text == written(value, grouped=True):
        return f"#,##0{decimals}"
    if text == written(value, grouped=False):
        return f"0{decimals}"
    raise RenderError(f"{where}所印“{text}”与其数值 {value} 不一致，无法写入 XLSX")


def sheet_name(table: Table, mark: str = "") -> str:
    """Return the sheet's name: number, mark and the table's name, within Excel's limits.

    Characters that Excel forbids become their full-width cousins; what exceeds 31 is cut, which
    leaves the number that tells the sheets apart. Raises RenderError for a control character.
    """
    name = f"{table.number}{mark} {table.name}".translate(_SHEET_NAME)
    if _FORBIDDEN.search(name) or "\n" in name:
        raise RenderError(f"第{table.number}表的表名含有换行或控制字符，不能作工作表名")
    while _utf16_length(name) > LONGEST_SHEET_NAME:
        name = name[:-1]
    return name.rstrip()


def refuse_equal_names(names: Iterable[str]) -> None:
    """Raise RenderError when two sheets would have one name, which Excel does not open."""
    seen: set[str] = set()
    for name in names:
        if name.casefold() in seen:
            raise RenderError(f"有两张表的工作表名同为“{name}”，请检查版式中的表号")
        seen.add(name.casefold())


def _digits_that_count(value: Decimal) -> int:
    """Return the number of digits without zeros at the end."""
    return len(value.normalize(Context(prec=60)).as_tuple().digits)


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
