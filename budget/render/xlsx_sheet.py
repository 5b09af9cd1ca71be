"""One table as one sheet: title, 部门名称 and 单位, head, body and note, ready to print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from budget.document import Cell, CellKind, Row, Table
from budget.render.cells import printed_number
from budget.render.xlsx_layout import column_widths, right_block, row_heights, text_height
from budget.render.xlsx_styles import (
    HEAD,
    MARK,
    NOTE,
    SUBJECT,
    TITLE,
    UNIT,
    Style,
    StyleBook,
    body_style,
)
from budget.render.xlsx_text import number_format, number_xml, text_xml

LINES_ABOVE = 2
"""Rows above the head: the title, then 部门名称 and 单位."""
TITLE_HEIGHT = 30
UNIT_WIDTH = 14
"""Digits that 单位：万元 needs."""
TALL = 4
"""Rows from which on a merged cell may well stand on two pages."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

StyleOf = Callable[[Cell], Style]


def sheet_xml(table: Table, styles: StyleBook) -> str:
    """Return a table's sheet. Raises RenderError for what a sheet cannot hold."""
    widths = column_widths(table)
    first = LINES_ABOVE + 1
    body = first + len(table.head)
    lines = chain(
        _lines_above(table, styles, widths),
        _head(table, styles, widths, first),
        _body(table, styles, widths, body),
        _note(table, styles, sum(widths), body + len(table.rows)),
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="{_everything(table)}"/>{_view(repeated_rows(table))}'
        f'<sheetFormatPr defaultRowHeight="18"/>{_columns(widths)}'
        f"<sheetData>{''.join(lines)}</sheetData>{_merges(table, widths)}{_print_setup(table)}"
        "</worksheet>"
    )


def repeated_rows(table: Table) -> int:
    """Return how many rows stand on top of each printed page."""
    return LINES_ABOVE + len(table.head)


def last_row(table: Table) -> int:
    """Return the number of the sheet's last row."""
    return repeated_rows(table) + len(table.rows) + bool(table.note)


def _everything(table: Table) -> str:
    return f"A1:{letters(len(table.columns))}{last_row(table)}"


@lru_cache(maxsize=256)
def letters(column: int) -> str:
    """Return a column's letters; the first is 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    before, place = divmod(column - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + place)


def _lines_above(table: Table, styles: StyleBook, widths: Sequence[int]) -> Iterator[str]:
    where = f"第{table.number}表表头"
    yield _row(1, TITLE_HEIGHT, _text("A1", styles.index(TITLE), table.title, where))
    unit = f"单位：{table.unit}" if table.unit else ""
    right = right_block(widths, UNIT_WIDTH)
    left = sum(widths[: right - 1])
    yield _row(
        2,
        text_height(table.subject, left),
        _text("A2", styles.index(SUBJECT), table.subject, where)
        + _text(f"{letters(right)}2", styles.index(UNIT), unit, where),
    )


def _head(table: Table, styles: StyleBook, widths: Sequence[int], first: int) -> Iterator[str]:
    for number, height, cells in _numbered(table.head, widths, first):
        yield _row(number, height, _cells(cells, number, table, styles, _head_style))


def _body(table: Table, styles: StyleBook, widths: Sequence[int], first: int) -> Iterator[str]:
    grid = [row.cells for row in table.rows]
    for row, (number, height, cells) in zip(
        table.rows, _numbered(grid, widths, first), strict=True
    ):
        yield _row(number, height, _cells(cells, number, table, styles, _style_in(row)))


def _numbered(
    grid: Sequence[Sequence[Cell]], widths: Sequence[int], first: int
) -> Iterator[tuple[int, int, Sequence[Cell]]]:
    """Yield each row's number, height and cells."""
    yield from zip(range(first, first + len(grid)), row_heights(grid, widths), grid, strict=True)


def _note(table: Table, styles: StyleBook, width: int, number: int) -> Iterator[str]:
    if table.note:
        note = _text(f"A{number}", styles.index(NOTE), table.note, f"第{table.number}表注")
        yield _row(number, text_height(table.note, width), note)


def _cells(
    cells: Sequence[Cell], number: int, table: Table, styles: StyleBook, style_of: StyleOf
) -> str:
    return "".join(
        _cell(cell, f"{letters(column)}{number}", table, styles, style_of)
        for column, cell in enumerate(cells, 1)
    )


def _cell(cell: Cell, place: str, table: Table, styles: StyleBook, style_of: StyleOf) -> str:
    """Return one place of the grid: a number, a text, or nothing but its lines."""
    style = styles.index(style_of(cell))
    if cell.is_covered or not cell.text:
        return f'<c r="{place}" s="{style}"/>'
    where = f"第{table.number}表 {place} "
    number = printed_number(cell)
    if number is not None:
        return f'<c r="{place}" s="{style}"><v>{number_xml(number, where)}</v></c>'
    return _text(place, style, cell.text, where)


def _text(place: str, style: int, text: str, where: str) -> str:
    """Return a cell of text. Typed as a string, it is never taken for a formula."""
    if not text:
        return f'<c r="{place}" s="{style}"/>'
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{text_xml(text, where)}</t></is></c>'
    )


def _row(number: int, height: int, cells: str) -> str:
    return f'<row r="{number}" ht="{height}" customHeight="1">{cells}</row>'


def _head_style(cell: Cell) -> Style:
    return MARK if cell.kind is CellKind.MARK else HEAD


def _style_in(row: Row) -> StyleOf:
    def style_of(cell: Cell) -> Style:
        number = printed_number(cell)
        code = "" if number is None else number_format(cell.text, number, cell.address)
        return body_style(cell.kind, row.kind, code, tall=cell.rowspan >= TALL)

    return style_of


def _merges(table: Table, widths: Sequence[int]) -> str:
    last, right = len(widths), right_block(widths, UNIT_WIDTH)
    ranges = [f"A1:{letters(last)}1", f"A2:{letters(right - 1)}2"]
    if right < last:
        ranges.append(f"{letters(right)}2:{letters(last)}2")
    if table.note:
        ranges.append(f"A{last_row(table)}:{letters(last)}{last_row(table)}")
    grid = chain(table.head, (row.cells for row in table.rows))
    ranges += chain.from_iterable(_merged(row, n) for n, row in enumerate(grid, LINES_ABOVE + 1))
    kept = [f'<mergeCell ref="{wide}"/>' for wide in ranges if _reaches(wide)]
    return f'<mergeCells count="{len(kept)}">{"".join(kept)}</mergeCells>' if kept else ""


def _merged(row: Sequence[Cell], number: int) -> Iterator[str]:
    for column, cell in enumerate(row, 1):
        if cell.rowspan > 1 or cell.colspan > 1:
            right, bottom = column + cell.colspan - 1, number + cell.rowspan - 1
            yield f"{letters(column)}{number}:{letters(right)}{bottom}"


def _reaches(wide: str) -> bool:
    """True unless the range is a single cell, which is nothing to merge."""
    start, _, end = wide.partition(":")
    return start != end


def _view(frozen: int) -> str:
    return (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{frozen}" topLeftCell="A{frozen + 1}" activePane="bottomLeft" '
        f'state="frozen"/><selection pane="bottomLeft" activeCell="A{frozen + 1}" '
        f'sqref="A{frozen + 1}"/></sheetView></sheetViews>'
    )


def _columns(widths: Sequence[int]) -> str:
    items = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(widths, 1)
    )
    return f"<cols>{items}</cols>"


def _print_setup(table: Table) -> str:
    """A4, as wide as one page, centred, page number below; codes are text on purpose."""
    orientation = "landscape" if table.landscape else "portrait"
    return (
        '<printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.6" right="0.6" top="0.75" bottom="0.75" header="0.3" footer="0.4"/>'
        f'<pageSetup paperSize="9" orientation="{orientation}" fitToWidth="1" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C— &amp;P —</oddFooter></headerFooter>"
        f'<ignoredErrors><ignoredError sqref="{_everything(table)}" numberStoredAsText="1"/>'
        "</ignoredErrors>"
    )
