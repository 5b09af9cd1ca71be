"""One table as one sheet: title, 部门名称 and 单位, head, body and note, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from typing import cast

from openpyxl.cell import Cell as Place
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from budget.document import Cell, CellKind, Loss, Table
from budget.render.xlsx_cells import (
    HEAD,
    LEFT,
    MARK,
    RIGHT,
    TITLE,
    Style,
    Styles,
    put,
    remark,
    style_in,
)
from budget.render.xlsx_layout import column_widths, columns_of_unit, row_heights

LINES_ABOVE = 2
"""Rows above the head: the title, then 部门名称 and 单位."""
TITLE_HEIGHT = 33

Cells = tuple[Cell, ...]
Line = tuple[Cells, Callable[[Cell], Style]]
"""A row of the sheet: its cells, and how each of them looks."""


def write_sheet(sheet: Worksheet, table: Table, styles: Styles) -> None:
    """Write a table on an empty sheet. Raises RenderError for what a sheet cannot hold."""
    widths = column_widths(table)
    lines = list(_lines(table, widths))
    for number, (cells, style_of) in enumerate(lines, 1):
        for column, cell in enumerate(cells, 1):
            style = style_of(cell)
            if cell.text or style.grid:
                place = cast("Place", sheet.cell(number, column))  # nothing is merged yet
                styles.dress(place, style)
                if cell.text and not cell.is_covered:
                    put(place, cell, f"第{table.number}表")
                if cell.loss is not Loss.NONE and not cell.is_covered:
                    remark(place, cell.loss)
    grid = [cells for cells, _ in lines]
    _merge(sheet, grid)
    _size(sheet, grid, widths)
    _set_up(sheet, table)


def _lines(table: Table, widths: Sequence[int]) -> Iterator[Line]:
    whole, right = len(table.columns), columns_of_unit(widths)
    unit = f"单位：{table.unit}" if table.unit else ""
    yield _wide(table.title, whole), lambda _: TITLE
    yield (
        (*_wide(table.subject, len(widths) - right), *_wide(unit, right, "unit")),
        lambda cell: RIGHT if cell.key == "unit" else LEFT,
    )
    for cells in table.head:
        yield cells, lambda cell: MARK if cell.kind is CellKind.MARK else HEAD
    for row in table.rows:
        yield row.cells, partial(style_in, row.kind)
    if table.note:
        yield _wide(table.note, whole), lambda _: LEFT


def _wide(text: str, width: int, key: str = "") -> Cells:
    """Return a cell and the places that it covers."""
    covered = Cell(key, "", CellKind.TEXT, colspan=0)
    return Cell(key, text, CellKind.TEXT, colspan=width), *(covered,) * (width - 1)


def _merge(sheet: Worksheet, grid: Sequence[Cells]) -> None:
    """Merge places, all of which have their lines; ``merge_cells`` would make each of them anew."""
    for number, cells in enumerate(grid, 1):
        for column, cell in enumerate(cells, 1):
            if cell.rowspan * cell.colspan > 1:
                right, bottom = column + cell.colspan - 1, number + cell.rowspan - 1
                sheet.merged_cells.ranges.add(_range(column, number, right, bottom))


@lru_cache(maxsize=4096)
def _range(left: int, top: int, right: int, bottom: int) -> CellRange:
    return CellRange(None, left, top, right, bottom)


def _size(sheet: Worksheet, grid: Sequence[Cells], widths: Sequence[int]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, height in enumerate((TITLE_HEIGHT, *row_heights(grid[1:], widths)), 1):
        sheet.row_dimensions[number].height = height


def _set_up(sheet: Worksheet, table: Table) -> None:
    """A4, as wide as one page, all above the body on each, page number below."""
    above = LINES_ABOVE + len(table.head)
    sheet.freeze_panes = f"A{above + 1}"
    sheet.print_title_rows = f"1:{above}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if table.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(0.6, 0.6, 0.75, 0.75, header=0.3, footer=0.4)
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = "— &P —"  # type: ignore[union-attr] # always there
