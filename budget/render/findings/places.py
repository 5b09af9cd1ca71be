"""What a place of a document is called by people: which table, row and column, or which text."""

from __future__ import annotations

from collections.abc import Iterator

from budget.document import Cell, CellKind, Disclosure, Figure, Paragraph, Row, Table


def place_names(document: Disclosure) -> dict[str, str]:
    """Return the name of every place that has an address: cells, figures, whole paragraphs."""
    names: dict[str, str] = {}
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                names.update(_in_text(section.title, block))
    for table in document.tables:
        names[table.code] = table.name
        names.update(_in_table(table))
    return names


def _in_text(section: str, paragraph: Paragraph) -> Iterator[tuple[str, str]]:
    """Yield a paragraph and the figures in it, each told by its first words."""
    head = paragraph.lead or section or "说明"
    yield paragraph.key, f"说明“{head.strip('：。')}”"
    for run in paragraph.text:
        if isinstance(run, Figure) and run.address:
            yield run.address, f"说明“{head.strip('：。')}”中的“{run.text}”"


def _in_table(table: Table) -> Iterator[tuple[str, str]]:
    titles = {column.key: "/".join(column.title) for column in table.columns}
    for row in table.rows:
        yield f"{table.code}/{row.key}", f"{table.name}“{_row_name(row)}”"
        for place, cell in enumerate(row.cells):
            if cell.address:
                name = _name_before(row, place) or _row_name(row)
                yield cell.address, f"{table.name}“{name}”{titles[cell.key]}"


def _name_before(row: Row, place: int) -> str:
    """Return the nearest words left of a cell: on a two-sided table each side has its own."""
    return next((cell.text for cell in reversed(row.cells[:place]) if _names(cell)), "")


def _row_name(row: Row) -> str:
    return next((cell.text for cell in row.cells if _names(cell)), row.key)


def _names(cell: Cell) -> bool:
    return cell.kind in (CellKind.TEXT, CellKind.HEAD) and bool(cell.text)
