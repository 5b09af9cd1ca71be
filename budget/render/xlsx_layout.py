"""How wide the columns and how high the rows of a sheet are.

Spreadsheet programs fit a row to its wrapped texts, but not to merged cells, so that long merged
texts come out clipped on paper. Heights are therefore worked out here, in points, from widths in
Excel's unit: one digit of the workbook's standard face, Calibri of 11 points, which is half of a
Chinese character of that size.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from budget.document import Cell, CellKind, Table

PORTRAIT_WIDTH = 84
LANDSCAPE_WIDTH = 126
NARROWEST_COLUMN = 5
UNIT_WIDTH = 14
"""What 单位：万元 needs."""
MARGIN = 2
LINE = 15
PADDING = 6
ONE_LINE = LINE + PADDING
WRAPPED_LOSS = 2
HIGHEST_ROW = 409
"""Points; Excel's limit."""


def column_widths(table: Table) -> tuple[int, ...]:
    """Return the width of each column, sharing out the page by the columns' relative widths.

    A column is never narrower than its longest code or number, which a spreadsheet would show as
    ##### or break in two. Right of a single column there is another for the unit.
    """
    page = LANDSCAPE_WIDTH if table.landscape else PORTRAIT_WIDTH
    whole = sum(column.width for column in table.columns)
    widths = tuple(
        max(NARROWEST_COLUMN, page * column.width // whole, _longest(table, place) + MARGIN)
        for place, column in enumerate(table.columns)
    )
    return widths if len(widths) > 1 else (*widths, UNIT_WIDTH)


def _longest(table: Table, place: int) -> int:
    if table.columns[place].kind is CellKind.TEXT:
        return 0
    return max((len(row.cells[place].text) for row in table.rows), default=0)


def columns_of_unit(widths: Sequence[int]) -> int:
    """Return how many columns at the right end hold the unit, leaving the subject at least one."""
    count = 1
    while sum(widths[-count:]) < UNIT_WIDTH and count < len(widths) - 1:
        count += 1
    return count


def row_heights(grid: Sequence[Sequence[Cell]], widths: Sequence[int]) -> list[int]:
    """Return the height of each row of a dense grid.

    A row holds its own texts; what a tall cell needs beyond its rows is shared out among them.
    """
    heights = [ONE_LINE] * len(grid)
    texts = [
        (cell.rowspan, number, text_height(cell.text, sum(widths[column : column + cell.colspan])))
        for number, cells in enumerate(grid)
        for column, cell in enumerate(cells)
        if cell.text and not cell.is_covered
    ]
    for rows, first, need in sorted(texts):
        lacking = need - sum(heights[first : first + rows])
        for number in range(first, first + rows):
            heights[number] += max(-(-lacking // rows), 0)
    return [min(height, HIGHEST_ROW) for height in heights]


@lru_cache(maxsize=4096)
def text_height(text: str, width: int) -> int:
    """Return the points that a text needs when it is wrapped at so many digits' width.

    >>> text_height("部门预算", 8), text_height("部门预算", 6)
    (21, 36)
    """
    return sum(_lines(line, width) for line in text.split("\n")) * LINE + PADDING


def _lines(text: str, width: int) -> int:
    """Return on how many lines a text stands.

    GB 18030 has one byte for ASCII and two for common hanzi, which is their width. A line that is
    broken loses up to a character, and another where no punctuation may begin the next.
    """
    length = len(text.encode("gb18030"))
    return 1 if length <= width else -(-length // max(width - WRAPPED_LOSS, 1))
