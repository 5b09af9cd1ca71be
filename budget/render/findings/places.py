"""What a place of a document is called by people: which table, row and column, or which text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from budget.document import Cell, CellKind, Disclosure, Figure, Paragraph, Row, Table
from budget.render.grids import table_id
from budget.render.prose import section_id


def place_names(document: Disclosure) -> dict[str, str]:
    """Return the name of every place that has an address: cells, figures, whole paragraphs."""
    names: dict[str, str] = {}
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                names.update(_in_text(section.title, block))
    for table in document.tables:
        names[table.code] = table.name
        for part, word in PARTS_OF_TABLES.items():
            names[f"{table.code}/{part}"] = f"{table.name}的{word}"
        names.update(_in_table(table))
    return names


PARTS_OF_TABLES: Final = {"title": "标题", "head": "表头", "note": "表注", "subject": "表头"}


def anchors(document: Disclosure) -> dict[str, str]:
    """Return the id that a page of the document has for each place: of the very cell or figure.

    A figure that is said twice has its id the first time; the table or the paragraph stands in for
    what has none of its own.
    """
    ids: dict[str, str] = {}
    for section in document.sections:
        ids[section.key] = section_id(section)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                ids[block.key] = f"paragraph-{block.key}"
                ids.update((a, a) for a, _ in _in_text("", block) if a != block.key)
    for table in document.tables:
        ids[table.code] = table_id(table)
        ids.update((address, address) for address in table.cells)
    return ids


def anchor(address: str, ids: Mapping[str, str]) -> str:
    """Return the id for a place: its own, that of what it stands in, or "" where there is none."""
    while address not in ids:
        address, slash, _ = address.rpartition("/")
        if not slash:
            return ""
    return ids[address]


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
