"""How wide the columns and how high the rows of a sheet are.

Spreadsheet programs fit a row to its wrapped texts, but not to merged cells, so that long merged
texts come out clipped on paper. Heights are therefore worked out here, in points, from widths in
Excel's unit: one digit of the standard face, half of a Chinese character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budget.document import Cell, CellKind, Table

PORTRAIT_WIDTH = 84
LANDSCAPE_WIDTH = 126
NARROWEST_COLUMN = 5
MARGIN = 2
LINE = 14
"""Points of one line of text."""
PADDING = 5
WRAPPED_LOSS = 2
HIGHEST_ROW = 409
"""Points; Excel's limit."""


def column_widths(table: Table) -> tuple[int, ...]:
    """Return the width of each column, sharing out the page by the columns' relative widths.

    A column is never narrower than its longest code or number, which a spreadsheet would show as
    ##### or break in two.
    """
    page = LANDSCAPE_WIDTH if table.landscape else PORTRAIT_WIDTH
    whole = sum(column.width for column in table.columns)
    return tuple(
        max(NARROWEST_COLUMN, page * column.width // whole, _longest(table, place) + MARGIN)
        for place, column in enumerate(table.columns)
    )


def right_block(widths: Sequence[int], need: int) -> int:
    """Return the column, counted from 1, from which on there is room for ``need`` digits.

    The first column is left to others; right of a single column the sheet is empty.
    """
    start, room = len(widths), widths[-1]
    while room < need and start > 2:
        start -= 1
        room += widths[start - 1]
    return max(start, 2)


def _longest(table: Table, place: int) -> int:
    if table.columns[place].kind is CellKind.TEXT:
        return 0
    return max((len(row.cells[place].text) for row in table.rows), default=0)


def row_heights(grid: Sequence[Sequence[Cell]], widths: Sequence[int]) -> list[int]:
    """Return the height of each row of a dense grid, in points.

    A row holds its own texts; what a tall cell needs beyond its rows is shared out among them.
    """
    heights = [max(_needed(row, widths)) for row in grid]
    for place, row in enumerate(grid):
        for column, cell in enumerate(row):
            if cell.rowspan > 1 and not cell.is_covered:
                need = text_height(cell.text, sum(widths[column : column + cell.colspan]))
                _stretch(heights, place, cell.rowspan, need)
    return [min(height, HIGHEST_ROW) for height in heights]


def text_height(text: str, width: int) -> int:
    """Return the points that a text needs when it is wrapped at so many digits' width.

    >>> text_height("部门预算", 8), text_height("部门预算", 6)
    (19, 33)
    """
    lines = sum(_lines(len(line.encode("gb18030")), width) for line in text.split("\n"))
    return lines * LINE + PADDING


def _lines(length: int, width: int) -> int:
    """Return on how many lines a text of so many digits' width stands.

    GB 18030 has one byte for ASCII and two for common hanzi, which is their width. A line that is
    broken loses up to a character, and another where no punctuation may begin the next.
    """
    return 1 if length <= width else -(-length // max(width - WRAPPED_LOSS, 1))


def _needed(row: Sequence[Cell], widths: Sequence[int]) -> Iterator[int]:
    yield LINE + PADDING
    for column, cell in enumerate(row):
        if cell.text and cell.rowspan == 1 and cell.colspan:
            yield text_height(cell.text, sum(widths[column : column + cell.colspan]))


def _stretch(heights: list[int], first: int, count: int, need: int) -> None:
    lacking = need - sum(heights[first : first + count])
    if lacking > 0:
        more = -(-lacking // count)
        for place in range(first, first + count):
            heights[place] += more
