"""Documents for tests of rules: one place of a finished document typed anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from budget.document import (
    Cell,
    CellKind,
    Disclosure,
    Figure,
    Paragraph,
    Part,
    Row,
    Run,
    Section,
    Table,
)
from budget.money import written


def retyped(document: Disclosure, address: str, text: str) -> Disclosure:
    """Return a document in which a cell reads so; an amount's number follows its text."""
    document.cell(address)
    code = address.split("/", 1)[0]
    return with_rows(document, code, lambda row: replace(row, cells=_typed(row, address, text)))


def _typed(row: Row, address: str, text: str) -> tuple[Cell, ...]:
    return tuple(_reads(cell, text) if cell.address == address else cell for cell in row.cells)


def _reads(cell: Cell, text: str) -> Cell:
    if cell.kind is not CellKind.AMOUNT:
        return replace(cell, text=text, value=text or None)
    return replace(cell, text=text, value=_number(text) if text else None)


def resaid(document: Disclosure, address: str, text: str) -> Disclosure:
    """Return a document in which a figure of a sentence reads so, its number with it."""

    def say(run: Run) -> Run:
        if not isinstance(run, Figure) or run.address != address:
            return run
        return replace(run, text=text, value=None if run.value is None else _number(text))

    changed = with_paragraphs(document, lambda each: replace(each, text=tuple(map(say, each.text))))
    assert changed != document, f"{address} reads so already, or is not there"
    return changed


def reworded(document: Disclosure, paragraph: str, old: str, new: str) -> Disclosure:
    """Return a document in which the words of a paragraph are others."""

    def word(run: Run) -> Run:
        return run.replace(old, new) if isinstance(run, str) else run

    def put(each: Paragraph) -> Paragraph:
        return replace(each, text=tuple(map(word, each.text))) if each.key == paragraph else each

    changed = with_paragraphs(document, put)
    assert changed != document, f"{paragraph} does not say “{old}”"
    return changed


def without_row(document: Disclosure, table: str, row: str) -> Disclosure:
    """Return a document in which a table leaves out a row."""
    rows = tuple(each for each in document.tables_by_code[table].rows if each.key != row)
    return with_table(document, table, rows=rows)


def with_rows(document: Disclosure, table: str, change: Callable[[Row], Row]) -> Disclosure:
    """Return a document with each row of a table changed."""
    return with_table(document, table, rows=tuple(map(change, document.tables_by_code[table].rows)))


def with_table(document: Disclosure, table: str, **changes: Any) -> Disclosure:
    """Return a document with other attributes of a table."""

    def put(part: Part) -> Part:
        return replace(part, tables=tuple(_other(each, table, changes) for each in part.tables))

    return replace(document, parts=tuple(map(put, document.parts)))


def _other(each: Table, table: str, changes: dict[str, Any]) -> Table:
    return replace(each, **changes) if each.code == table else each


def without_table(document: Disclosure, table: str) -> Disclosure:
    """Return a document that leaves out a table."""
    parts = (
        replace(part, tables=tuple(each for each in part.tables if each.code != table))
        for part in document.parts
    )
    return replace(document, parts=tuple(parts))


def with_sections(document: Disclosure, change: Callable[[Section], Section | None]) -> Disclosure:
    """Return a document with each section changed, or left out where nothing comes back."""

    def put(part: Part) -> Part:
        changed = map(change, part.sections)
        return replace(part, sections=tuple(each for each in changed if each is not None))

    return replace(document, parts=tuple(map(put, document.parts)))


def with_paragraphs(document: Disclosure, change: Callable[[Paragraph], Paragraph]) -> Disclosure:
    """Return a document with each paragraph changed."""

    def put(section: Section) -> Section:
        blocks = (change(each) if isinstance(each, Paragraph) else each for each in section.blocks)
        return replace(section, blocks=tuple(blocks))

    return with_sections(document, put)


def multiplied(document: Disclosure, table: str, factor: str) -> Disclosure:
    """Return a document in which every amount of a table is so many times what it was."""

    def multiply(cell: Cell) -> Cell:
        if cell.kind is not CellKind.AMOUNT or not isinstance(cell.value, Decimal):
            return cell
        value = (cell.value * Decimal(factor)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return replace(cell, value=value, text=written(value, grouped=True))

    return with_rows(
        document, table, lambda row: replace(row, cells=tuple(map(multiply, row.cells)))
    )


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
