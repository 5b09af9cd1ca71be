"""Tables in Word: the grid's own merged cells, heads that repeat on every page, figures right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from xml.sax.saxutils import quoteattr

from budget.document import Cell, CellKind, Chart, Row, RowKind, Table
from budget.render.grids import SENTENCE
from budget.render.lanes import UPRIGHT, WHOLE, WIDE, shares
from budget.render.word import styles
from budget.render.word.markup import paragraph, run, twips

Ids = Mapping[str, str]
"""Names of styles to the ids that markup uses."""

ALIGNED: Final = {CellKind.AMOUNT: "right", CellKind.TEXT: "left"}
LONG: Final = 300
"""Characters: a row with a longer cell may be higher than a page, and is let break."""
SMALL, SMALLER = 17, 16
"""Half points: the type of wide tables, and of wide tables with sentences in them."""


@dataclass(frozen=True, slots=True)
class Type:
    """How cells are set: ids of their styles, and half points where they are not the style's."""

    style: str
    head: str
    total: str
    size: int = 0

    @property
    def properties(self) -> str:
        """What is added to the properties of a run's style."""
        return f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>' if self.size else ""


def grid(table: Table, ids: Ids) -> str:
    """Return a table: its line of subject and unit and its heads, which repeat, then its rows."""
    paper = WIDE if table.landscape else UPRIGHT
    widths = [share * twips(paper.width) // WHOLE for share in shares(table)]
    kind = _type(table, ids)
    head = "".join(_head(table, widths, kind, ids))
    body = "".join(_body(table, widths, kind))
    return framed(widths, head + body, table.title)


def of_chart(chart: Chart, ids: Ids) -> str:
    """Return what a chart shows as a table: item, amount, share."""
    kind = Type(ids[styles.TABLE_CELL], ids[styles.TABLE_HEAD], ids[styles.TOTAL])
    width = twips(styles.LINE_WIDTH)
    widths = [width * 5 // 10, width * 3 // 10, width * 2 // 10]
    heads = ("项目", f"金额（{chart.unit}）", "占比（%）")
    rows = [_cells([_place(text, "center", kind, kind.head) for text in heads], widths, head=True)]
    for each in chart.slices:
        texts = (
            _place(each.label, "left", kind),
            _place(each.amount_text, "right", kind),
            _place(each.share_text, "right", kind),
        )
        rows.append(_cells(texts, widths))
    return framed(widths, "".join(rows), chart.description)


def framed(widths: Sequence[int], rows: str, told: str) -> str:
    """Return rows as a table with hair lines; ``told`` is its text alternative."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in sides)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        f"</w:tblCellMar><w:tblDescription w:val={quoteattr(told)}/></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _type(table: Table, ids: Ids) -> Type:
    size = 0
    if table.landscape:
        texts = (cell.text for row in table.rows for cell in row.cells)
        size = SMALLER if any(len(text) > SENTENCE for text in texts) else SMALL
    return Type(ids[styles.TABLE_CELL], ids[styles.TABLE_HEAD], ids[styles.TOTAL], size)


def _head(table: Table, widths: Sequence[int], kind: Type, ids: Ids) -> Iterator[str]:
    yield _subject(table, sum(widths), len(widths), ids)
    reaches = Reaches(paragraph((), kind.style))
    for row in table.head:
        yield _cells(reaches.places(row, partial(_head_content, kind=kind)), widths, head=True)


def _subject(table: Table, width: int, columns: int, ids: Ids) -> str:
    """Return the line above the heads: whose table it is at the left, its unit at the right."""
    none = "".join(f'<w:{side} w:val="nil"/>' for side in ("top", "left", "right"))
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{width - 120}"/></w:tabs>'
    line = paragraph(
        (run(table.subject), "<w:r><w:tab/></w:r>", run(f"单位：{table.unit}")),
        ids[styles.TABLE_LINE],
        properties=tab,
    )
    return (
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:tcPr>"
        f'<w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{columns}"/>'
        f"<w:tcBorders>{none}</w:tcBorders></w:tcPr>{line}</w:tc></w:tr>"
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A cell ready to be written: its paragraph, and how far it reaches.

    ``merged`` says whether it begins a cell of several rows ("restart"), stands in one ("continue")
    or neither.
    """

    content: str
    columns: int = 1
    merged: str = ""


def _place(text: str, side: str, kind: Type, style: str = "") -> Place:
    return Place(_content(text, side, kind, style))


def _content(text: str, side: str, kind: Type, style: str = "") -> str:
    words = run(text, style, kind.properties) if text else ""
    return paragraph((words,), kind.style, properties=f'<w:jc w:val="{side}"/>')


def _head_content(cell: Cell, kind: Type) -> str:
    style = kind.head if cell.kind is CellKind.HEAD else ""
    return _content(cell.text, "center", kind, style)


def _body_content(row: Row, cell: Cell, kind: Type) -> str:
    style = kind.total if row.kind is RowKind.TOTAL else ""
    if cell.kind is CellKind.HEAD:
        style = kind.head
    return _content(cell.text, ALIGNED.get(cell.kind, "center"), kind, style)


class Reaches:
    """Which merged cells of earlier rows reach down, by their first column: rows left, columns.

    Word wants a cell in every row that a merged one covers, as wide as that one is.
    """

    def __init__(self, blank: str) -> None:
        self.blank = blank
        self.down: dict[int, tuple[int, int]] = {}

    def places(self, cells: Sequence[Cell], content: Callable[[Cell], str]) -> list[Place | None]:
        """Return what a row has at each column, None where a cell to the left reaches over it."""
        found: list[Place | None] = []
        while len(found) < len(cells):
            column = len(found)
            place = self._continued(column) or self._begun(cells[column], column, content)
            found += [place, *[None] * (place.columns - 1)]
        return found

    def _continued(self, column: int) -> Place | None:
        rows, columns = self.down.pop(column, (0, 1))
        if rows > 1:
            self.down[column] = (rows - 1, columns)
        return Place(self.blank, columns, "continue") if rows else None

    def _begun(self, cell: Cell, column: int, content: Callable[[Cell], str]) -> Place:
        if cell.rowspan > 1:
            self.down[column] = (cell.rowspan - 1, cell.colspan)
        merged = "restart" if cell.rowspan > 1 else ""
        return Place(content(cell), max(cell.colspan, 1), merged)


def _body(table: Table, widths: Sequence[int], kind: Type) -> Iterator[str]:
    reaches = Reaches(paragraph((), kind.style))
    for row in table.rows:
        places = reaches.places(row.cells, partial(_body_content, row, kind=kind))
        whole = all(len(cell.text) <= LONG for cell in row.cells)
        yield _cells(places, widths, whole=whole)


def _cells(
    places: Sequence[Place | None], widths: Sequence[int], *, head: bool = False, whole: bool = True
) -> str:
    """Return a row; ``head`` repeats it on every page, ``whole`` keeps it on one."""
    properties = "<w:cantSplit/>" * whole + "<w:tblHeader/>" * head
    cells = "".join(
        _cell(place, sum(widths[start : start + place.columns]))
        for start, place in enumerate(places)
        if place is not None
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(place: Place, width: int) -> str:
    span = f'<w:gridSpan w:val="{place.columns}"/>' if place.columns > 1 else ""
    merged = f'<w:vMerge w:val="{place.merged}"/>' if place.merged else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}'
        f'<w:vAlign w:val="center"/></w:tcPr>{place.content}</w:tc>'
    )
