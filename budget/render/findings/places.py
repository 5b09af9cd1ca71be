"""What a place of a document is called by people: which table, row and column, or which text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

from budget.document import Disclosure, Figure, Paragraph, Table
from budget.edition import EDITIONS, Edition, ParagraphUse
from budget.render.grids import table_id
from budget.render.prose import section_id
from budget.rules.expected import sections_of, tables_of, wanted
from budget.rules.places import (
    called_row,
    closed_up,
    column_name,
    missing_row,
    named_cells,
    quoted,
)

PARTS_OF_TABLES: Final = {
    "title": "标题",
    "head": "表头",
    "note": "表注",
    "subject": "名称行",
    "unit": "金额单位",
}
WHOLE: Final = {"cover": "封面", "contents": "目录", "document": "全文"}


def place_names(
    document: Disclosure, copies: Sequence[Table] = (), tables: Collection[str] | None = None
) -> dict[str, str]:
    """Return the name of every place that has an address: cells, figures, paragraphs, headings.

    ``copies`` are further copies of tables that stand in the same file; ``tables`` the codes of
    those whose places are asked for, None for all.
    """
    names = dict(WHOLE)
    for part in document.parts:
        names[part.key] = quoted(closed_up(part.title or part.contents_title))
    for section in document.sections:
        names[section.key] = f"标题{quoted(closed_up(section.title))}" if section.title else "说明"
        for block in section.blocks:
            if isinstance(block, Paragraph):
                names.update(_in_text(section.title, block))
            else:
                names[f"chart-{block.code}"] = f"图{quoted(block.title)}"
    for table in (*document.tables, *copies):
        if tables is None or table.code in tables:
            names.update(_in_table(table))
    return names


def place_name(address: str, names: Mapping[str, str], document: Disclosure) -> str:
    """Return what a place is called, also one that is missing from the document."""
    if address in names:
        return names[address]
    first, *rest = address.split("/")
    table = document.tables_by_code.get(first)
    if table is not None and rest:
        return _missing_in(table, document, rest)
    return _expected(first, document) or names.get(first, WHOLE["document"])


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
            else:
                ids[f"chart-{block.code}"] = f"chart-{block.code}"
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
    head = closed_up(paragraph.lead or section or "说明").strip("：。")
    yield paragraph.key, f"说明{quoted(head)}"
    for run in paragraph.text:
        if isinstance(run, Figure) and run.address:
            yield run.address, f"说明{quoted(head)}中的“{run.text}”"


def _in_table(table: Table) -> Iterator[tuple[str, str]]:
    yield table.code, table.name
    for part, word in PARTS_OF_TABLES.items():
        yield f"{table.code}/{part}", f"{table.name}的{word}"
    for row in table.rows:
        yield f"{table.code}/{row.key}", called_row(table, row)
    for cell, name in named_cells(table):
        yield cell.address, name


def _missing_in(table: Table, document: Disclosure, rest: Sequence[str]) -> str:
    """Return what a row or a cell would be called that a table does not have."""
    row = missing_row(document, rest[0])
    columns = {column.key: column_name(column) for column in table.columns}
    return f"{table.name}{quoted(row) if row else ''}{columns.get(rest[-1], '')}"


def _expected(key: str, document: Disclosure) -> str:
    """Return what the edition calls a table, a section or a paragraph that is missing."""
    titles = dict(_titles(document, EDITIONS[document.edition]))
    return f"{quoted(titles[key])}（缺少）" if titles.get(key) else ""


def _titles(document: Disclosure, edition: Edition) -> Iterator[tuple[str, str]]:
    for use in tables_of(document, edition):
        yield use.table, wanted(document, edition, use.contents_title or use.title).told
    for section in sections_of(document, edition):
        title = closed_up(wanted(document, edition, section.title).told)
        yield section.key, title
        for block in section.blocks:
            if isinstance(block, ParagraphUse):
                lead = wanted(document, edition, block.lead).told.strip("：。")
                yield block.paragraph, lead or title
