"""How wide the columns and how high the rows of a sheet are.

Spreadsheet programs fit a row to its wrapped texts, but not to merged cells, so that long merged
texts come out clipped on paper. Heights are therefore worked out here, in points, from widths in
Excel's unit: one digit of the standard face, half of a Chinese character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from budget.document import Cell, Table

PORTRAIT_WIDTH = 84
LANDSCAPE_WIDTH = 126
NARROWEST_COLUMN = 5
LINE = 13
"""Points of one line of text."""
PADDING = 5
HIGHEST_ROW = 409
"""Points; Excel's limit."""


def column_widths(table: Table) -> tuple[int, ...]:
    """Return the width of each column, sharing out the page by the columns' relative widths."""
    page = LANDSCAPE_WIDTH if table.landscape else PORTRAIT_WIDTH
    whole = sum(column.width for column in table.columns)
    return tuple(max(NARROWEST_COLUMN, page * column.width // whole) for column in table.columns)


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

    >>> text_height("部门预算", 9), text_height("部门预算", 5)
    (18, 31)
    """
    # GB 18030 has one byte for ASCII, two for common hanzi: close to the width, and fast.
    room = max(width - 1, 1)
    lines = sum(-(-len(line.encode("gb18030")) // room) or 1 for line in text.split("\n"))
    return lines * LINE + PADDING


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
