"""XLSX: a sheet for each table, then the tables of amounts again in 元, written with openpyxl.

The same document gives the same bytes: openpyxl is kept from using the clock and, in
``budget/__init__.py``, from using lxml.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.writer.excel import ExcelWriter

from budget.document import Disclosure, Table
from budget.render.about import LANGUAGE, title
from budget.render.errors import RenderError
from budget.render.naming import stem
from budget.render.registry import Files, renders
from budget.render.xlsx_cells import Styles, as_text, utf16_length
from budget.render.xlsx_sheet import write_sheet
from budget.render.xlsx_yuan import has_other_unit, in_yuan

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YUAN_MARK = "(元)"
LONGEST_SHEET_NAME = 31
UNIX = 3

# Said of whole sheets, else Excel marks each code of digits as a number that is stored as text.
# The one element that openpyxl does not write.
_CODES_ARE_TEXT = (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
)
# What may stand behind it: the drawing of comments, and the sheet's end.
_BEHIND_IT = re.compile(rb"(<legacyDrawing[^>]*/>)?</worksheet>")
_SHEET_NAME = str.maketrans("[]:*?/\\'\n", "［］：＊？／＼’ ")


@renders("xlsx", "XLSX 工作簿", CONTENT_TYPE)
def render(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    """Return one workbook. Raises RenderError for what a sheet cannot hold."""
    workbook = Workbook()
    styles = Styles(workbook.worksheets[0])
    workbook.remove(workbook.worksheets[0])
    chosen = disclosure.tables if tables is None else tables
    if not chosen:
        raise RenderError("文件中没有表，XLSX 至少要有一张表")
    for name, table in _named(chosen):
        sheet = workbook.create_sheet(name)
        if sheet.title != name:  # openpyxl numbers sheets of one name, which Excel cannot hold
            raise RenderError(f"有两张表的工作表名同为“{name}”，请检查版式中的表号")
        write_sheet(sheet, table, styles)
    workbook.properties = _properties(disclosure, title(disclosure, tables))
    return {f"{stem(disclosure, tables)}.xlsx": _saved(workbook)}


def _named(tables: tuple[Table, ...]) -> Iterator[tuple[str, Table]]:
    """Yield what becomes a sheet, and the sheet's name."""
    for table in tables:
        yield _sheet_name(table), table
    for table in filter(has_other_unit, tables):
        yield _sheet_name(table, YUAN_MARK), in_yuan(table)


def _sheet_name(table: Table, mark: str = "") -> str:
    """Return number, mark and the table's name, within Excel's limits.

    Characters that Excel forbids become their full-width cousins; what exceeds 31 is cut, which
    leaves the number that tells the sheets apart. Raises RenderError for a control character.
    """
    name = as_text(f"{table.number}{mark} {table.name}", f"第{table.number}表的表名")
    name = name.translate(_SHEET_NAME)
    while utf16_length(name) > LONGEST_SHEET_NAME:
        name = name[:-1]
    return name.rstrip()


def _properties(disclosure: Disclosure, name: str) -> DocumentProperties:
    """Return what the file says of itself; New Year stands in for both of its dates."""
    new_year = datetime(disclosure.year, 1, 1)  # noqa: DTZ001 openpyxl's are UTC without saying so
    return DocumentProperties(
        title=as_text(name, "文件标题"),
        creator=as_text(disclosure.name, "文件作者"),
        language=LANGUAGE,
        created=new_year,
        modified=new_year,
    )


def _saved(workbook: Workbook) -> bytes:
    """Return the file. ``Workbook.save`` would put the clock into the properties and the ZIP."""
    draft, dated = io.BytesIO(), io.BytesIO()
    ExcelWriter(workbook, ZipFile(draft, "w")).save()
    with ZipFile(draft) as written, ZipFile(dated, "w") as archive:
        for name in written.namelist():
            entry = ZipInfo(name)  # of 1980
            entry.create_system = UNIX
            content = written.read(name)
            if name.startswith("xl/worksheets/"):
                content = _BEHIND_IT.sub(_CODES_ARE_TEXT + rb"\g<0>", content, 1)
            archive.writestr(entry, content, ZIP_DEFLATED)
    return dated.getvalue()
