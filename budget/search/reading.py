"""A published document as passages: its name, each paragraph, each table, each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from budget.document import Disclosure, Paragraph, Row, Run, Section, Table
from budget.models.passages import PassageKind

LONGEST = 6_000
"""Characters of a passage: PostgreSQL knows no more than 16,383 places in a text."""

LONGEST_QUESTION = 60
"""Characters that somebody may ask for."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What can be found, and where: ``table`` and ``anchor`` as the pages know them.

    Cells of a row stand on lines of their own in ``text``.
    """

    kind: PassageKind
    heading: str
    text: str
    table: str = ""
    anchor: str = ""


def passages(document: Disclosure) -> Iterator[Passage]:
    """Yield the passages of a document in printed order, its name first."""
    for whole in _passages(document):
        for text in _pieces(whole.text):
            yield replace(whole, text=text)


def _passages(document: Disclosure) -> Iterator[Passage]:
    yield Passage(PassageKind.NAME, "", f"{document.name}\n{document.title}")
    for part in document.parts:
        for section in part.sections:
            yield from _of_section(section, part.title)
        for table in part.tables:
            yield from _of_table(table)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces that overlap by the longest question; nearly always it is one."""
    for start in range(0, max(len(text), 1), LONGEST):
        yield text[start : start + LONGEST + LONGEST_QUESTION]


def _of_section(section: Section, above: str) -> Iterator[Passage]:
    heading = section.title or above
    for block in section.blocks:
        if isinstance(block, Paragraph):
            text = block.lead + "".join(_said(run) for run in block.text)
            yield Passage(PassageKind.TEXT, heading, text, anchor=f"paragraph-{block.key}")
        else:
            text = "\n".join((block.title, block.description))
            yield Passage(PassageKind.TEXT, heading, text, anchor=f"chart-{block.code}")


def _said(run: Run) -> str:
    return run if isinstance(run, str) else run.text


def _of_table(table: Table) -> Iterator[Passage]:
    heading = f"表{table.number}　{table.name}"
    yield Passage(
        PassageKind.TABLE,
        f"表{table.number}",
        "\n".join(filter(None, (table.title, table.note))),
        table.code,
        f"table-{table.code}",
    )
    for row in table.rows:
        if text := _row_text(row):
            yield Passage(PassageKind.ROW, heading, text, table.code, _row_anchor(row))


def _row_text(row: Row) -> str:
    """Return what a row prints: a merged cell is told with the first of its rows."""
    return "\n".join(cell.text for cell in row.cells if cell.text and not cell.is_covered)


def _row_anchor(row: Row) -> str:
    """Return the address of the first place of a row that prints something."""
    return next(
        (cell.address for cell in row.cells if cell.address and cell.text and not cell.is_covered),
        "",
    )
