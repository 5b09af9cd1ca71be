"""XLSX: a sheet for each table, then the tables of amounts again in 元.

The file is written straight as SpreadsheetML: numbers stay the printed decimals, digit by digit,
and the same document gives the same bytes whatever else is installed.
"""

from __future__ import annotations

from budget.document import Disclosure, Table
from budget.render.about import title
from budget.render.naming import stem
from budget.render.registry import Files, renders
from budget.render.xlsx_package import Properties, Sheet, workbook_bytes
from budget.render.xlsx_sheet import repeated_rows, sheet_xml
from budget.render.xlsx_styles import StyleBook
from budget.render.xlsx_text import refuse_equal_names, sheet_name
from budget.render.xlsx_yuan import has_other_unit, in_yuan

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YUAN_MARK = "(元)"


@renders("xlsx", "XLSX 工作簿", CONTENT_TYPE)
def render(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
    """Return one workbook. Raises RenderError for what a sheet cannot hold."""
    chosen = disclosure.tables if tables is None else tables
    styles = StyleBook()
    sheets = [
        *(_sheet(table, styles) for table in chosen),
        *(_sheet(in_yuan(table), styles, YUAN_MARK) for table in chosen if has_other_unit(table)),
    ]
    refuse_equal_names(sheet.name for sheet in sheets)
    about = Properties(title(disclosure, tables), disclosure.name, f"{disclosure.year}-01-01")
    content = workbook_bytes(sheets, styles.xml(), about)
    return {f"{stem(disclosure, tables)}.xlsx": content}


def _sheet(table: Table, styles: StyleBook, mark: str = "") -> Sheet:
    return Sheet(sheet_name(table, mark), sheet_xml(table, styles), repeated_rows(table))
