"""Merged cells cut at the ends of pages: what a page shows of one is a cell of its own. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from budget.document import Cell, Row
from budget.render.paper.paging import Part

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """A merged cell and the row and column where it begins."""

    row: int
    column: int
    cell: Cell

    @property
    def end(self) -> int:
        """The first row below it."""
        return self.row + self.cell.rowspan


def blocks(rows: Sequence[Row]) -> tuple[Block, ...]:
    """Return the cells that reach over more than one row."""
    return tuple(
        Block(number, column, cell)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row.cells)
        if cell.rowspan > 1
    )


def cut(
    rows: Sequence[Row], pages: Sequence[Part], texts: Mapping[Place, Sequence[str]]
) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of each page, every merged cell beginning anew on it.

    ``texts`` holds the lines of the merged cells whose text runs on from page to page, by row and
    column. A figure keeps its address where it is printed first.
    """
    merged = blocks(rows)
    return tuple(_page(rows, page, merged, texts) for page in pages)


def _page(
    rows: Sequence[Row],
    page: Part,
    merged: Sequence[Block],
    texts: Mapping[Place, Sequence[str]],
) -> tuple[Row, ...]:
    grid = [list(row.cells) for row in rows[page.start : page.end]]
    for block in merged:
        begun, end = max(block.row, page.start), min(block.end, page.end)
        if begun < end:
            shown = replace(block.cell, rowspan=end - begun, text=_text(block, page, texts))
            fresh = shown if begun == block.row else replace(shown, address="")
            grid[begun - page.start][block.column] = fresh
    return tuple(
        replace(row, cells=tuple(cells))
        for row, cells in zip(rows[page.start : page.end], grid, strict=True)
    )


def _text(block: Block, page: Part, texts: Mapping[Place, Sequence[str]]) -> str:
    """Return what a merged cell shows on a page: all of its text, or the lines that are due."""
    for label, (begun, end) in page.lines.items():
        if (label.row, label.column) == (block.row, block.column):
            return "\n".join(texts[block.row, block.column][begun:end])
    return block.cell.text
