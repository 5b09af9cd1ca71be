"""The head of a table as a dense grid: groups over columns, and the row of ** and numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.document import Cell, CellKind
from budget.document import Column as PrintedColumn
from budget.tables.spec import Column, Group, Setting, leaves

Grid = list[list[Cell]]


def head(setting: Setting) -> tuple[tuple[Cell, ...], ...]:
    """Return the head rows, each as wide as the table."""
    columns = setting.spec.columns
    depth = max(_depth(column) for column in columns)
    grid: Grid = [[] for _ in range(depth)]
    for column in columns:
        _place(setting, column, grid, 0)
    rows = [tuple(row) for row in grid]
    if setting.use.marks:
        rows.append(tuple(_marks(setting.spec.leaves)))
    return tuple(rows)


def printed_columns(setting: Setting) -> tuple[PrintedColumn, ...]:
    """Return each column with its headings from the top group down."""
    return tuple(
        PrintedColumn(column.key, titles, column.kind, column.width, column.names_rows)
        for titles, column in _titled(setting, setting.spec.columns, ())
    )


def _titled(
    setting: Setting, columns: Iterable[Column | Group], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Column]]:
    for column in columns:
        titles = (*above, setting.label(column.key, column.title))
        if isinstance(column, Group):
            yield from _titled(setting, column.columns, titles)
        else:
            yield titles, column


def _depth(column: Column | Group) -> int:
    if isinstance(column, Column):
        return 1
    return 1 + max(_depth(below) for below in column.columns)


def _place(setting: Setting, column: Column | Group, grid: Grid, level: int) -> None:
    title = setting.label(column.key, column.title)
    if isinstance(column, Group):
        width = sum(1 for _ in leaves(column.columns))
        grid[level].append(_head(column.key, title, colspan=width))
        grid[level].extend(_head(column.key, title, colspan=0) for _ in range(width - 1))
        for below in column.columns:
            _place(setting, below, grid, level + 1)
        return
    grid[level].append(_head(column.key, title, rowspan=len(grid) - level))
    for row in grid[level + 1 :]:
        row.append(_head(column.key, title, rowspan=0))


def _head(key: str, title: str, *, rowspan: int = 1, colspan: int = 1) -> Cell:
    return Cell(key, title, CellKind.HEAD, title, rowspan=rowspan, colspan=colspan)


def _marks(columns: Iterable[Column]) -> Iterator[Cell]:
    """** over words and codes, 1, 2, 3 over amounts."""
    number = 0
    for column in columns:
        if column.kind is CellKind.AMOUNT:
            number += 1
        mark = str(number) if column.kind is CellKind.AMOUNT else "**"
        yield Cell(column.key, mark, CellKind.MARK, mark)
