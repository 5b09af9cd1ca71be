"""Two documents as displayed: the figures of their tables and the words of both.

Cells are matched by their address (table/row/column), paragraphs by their key: a row that is new
or gone is told as such, one that only stands elsewhere is not. Amounts are compared as printed, in
yuan, so that a table in another unit or in fewer decimals says nothing of itself; hence what is
told can be recomputed from what the two documents print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from budget.differing.presence import Amounts, Presence
from budget.differing.words import Piece, pieces
from budget.document import (
    Cell,
    CellKind,
    Disclosure,
    Figure,
    Paragraph,
    Row,
    RowKind,
    Run,
    Table,
)
from budget.money import EXACT
from budget.rules.places import closed_up, column_name, named_cells, row_name

DEPTH: Mapping[RowKind, int] = {RowKind.CATEGORY: 1, RowKind.SECTION: 2, RowKind.ITEM: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange(Amounts):
    """One cell of money. ``address`` is the same in both documents, ``row`` and ``column`` what
    people call its place; ``before_text`` and ``after_text`` are as printed.

    ``is_sum`` is true where rows below it in its table make it up: they say why it changed.
    """

    address: str
    table: str
    table_name: str
    row: str
    column: str
    before_text: str
    after_text: str
    unit: str
    is_sum: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsChange:
    """One passage of words: a paragraph, a heading, a note, or a cell that holds no money.

    ``figures_only`` is true where nothing but figures and the year changed, which the sentences
    state by themselves; nobody wrote anything else.
    """

    address: str
    name: str
    before: str
    after: str
    figures_only: bool = False

    @property
    def presence(self) -> Presence:
        """Whether the passage stands in both documents."""
        if not self.before:
            return Presence.ADDED
        return Presence.CHANGED if self.after else Presence.GONE

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The passage word by word."""
        return pieces(self.before, self.after)


@dataclass(frozen=True)
class Differences:
    """All that differs: figures by the size of the difference, words in printed order."""

    figures: tuple[FigureChange, ...]
    words: tuple[WordsChange, ...]

    @cached_property
    def details(self) -> tuple[FigureChange, ...]:
        """The figures that are not made up of others further down in the same table."""
        return tuple(each for each in self.figures if not each.is_sum)

    @cached_property
    def written(self) -> tuple[WordsChange, ...]:
        """The words that somebody changed, not the figures in them."""
        return tuple(each for each in self.words if not each.figures_only)

    def __bool__(self) -> bool:
        return bool(self.figures or self.words)


def differences(before: Disclosure, after: Disclosure) -> Differences:
    """Return what differs between two documents, of two versions or of two years."""
    figures = [change for pair in _tables(before, after) for change in _figures(*pair)]
    words = (*_paragraphs(before, after), *_headings(before, after), *_table_words(before, after))
    ranked = sorted(figures, key=lambda each: -abs(each.difference))
    return Differences(tuple(ranked), words)


# ---- figures


def _tables(before: Disclosure, after: Disclosure) -> Iterator[tuple[Table | None, Table | None]]:
    for code in _both(before.tables_by_code, after.tables_by_code):
        yield before.tables_by_code.get(code), after.tables_by_code.get(code)


def _both(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys of both: the later one's in their order, then those that are gone."""
    yield from after
    yield from (key for key in before if key not in after)


def _figures(before: Table | None, after: Table | None) -> Iterator[FigureChange]:
    was = {} if before is None else _money(before)
    now = {} if after is None else _money(after)
    for address in _both(was, now):
        old, new = was.get(address), now.get(address)
        stands = new or old
        assert stands is not None
        if (old.yuan if old else None) != (new.yuan if new else None):
            yield FigureChange(
                address=address,
                table=stands.table.code,
                table_name=closed_up(stands.table.name),
                row=row_name(stands.table, stands.row),
                column=stands.column,
                before=old.yuan if old else None,
                after=new.yuan if new else None,
                before_text=old.cell.text if old else "",
                after_text=new.cell.text if new else "",
                unit=stands.table.unit,
                is_sum=stands.is_sum,
            )


@dataclass(frozen=True, slots=True)
class _Money:
    """A cell of money in its place."""

    table: Table
    row: Row
    column: str
    cell: Cell
    is_sum: bool

    @property
    def yuan(self) -> Decimal | None:
        """The printed amount in yuan; None where nothing, or nothing but zero, is printed."""
        value = self.cell.value
        if not isinstance(value, Decimal) or not value:
            return None
        return value.scaleb(self.table.unit_exponent, EXACT)


def _money(table: Table) -> dict[str, _Money]:
    columns = {column.key: column_name(column) for column in table.columns}
    return {
        cell.address: _Money(table, row, columns[cell.key], cell, _is_sum(table, place))
        for place, row in enumerate(table.rows)
        for cell in row.cells
        if cell.kind is CellKind.AMOUNT and cell.address
    }


def _is_sum(table: Table, place: int) -> bool:
    """Return whether a row is the total, or has rows of a lower level right below it."""
    row = table.rows[place]
    if row.kind is RowKind.TOTAL:
        return len(table.rows) > 1
    after = table.rows[place + 1] if place + 1 < len(table.rows) else None
    return after is not None and 0 < DEPTH.get(row.kind, 9) < DEPTH.get(after.kind, 0)


# ---- words


def _paragraphs(before: Disclosure, after: Disclosure) -> Iterator[WordsChange]:
    was, now = _said(before), _said(after)
    for key in _both(was, now):
        old, new = was.get(key), now.get(key)
        if old is not None and new is not None and old.text == new.text:
            continue
        stands = new or old
        assert stands is not None
        skeletons = [each.skeleton for each in (old, new) if each is not None]
        yield WordsChange(
            address=key,
            name=stands.name,
            before=old.text if old else "",
            after=new.text if new else "",
            figures_only=len(skeletons) > 1 and skeletons[0] == skeletons[1],
        )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a paragraph says; ``skeleton`` is that without figures, years told by distance."""

    name: str
    text: str
    skeleton: str


def _said(document: Disclosure) -> dict[str, _Said]:
    return {
        block.key: _Said(
            closed_up(block.lead or section.title).strip("：。"),
            f"{block.lead}{''.join(_texts(block))}",
            _skeleton(block, document.year),
        )
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    }


def _texts(paragraph: Paragraph) -> Iterator[str]:
    for run in paragraph.text:
        yield run if isinstance(run, str) else run.text


def _skeleton(paragraph: Paragraph, year: int) -> str:
    words = "".join(_texts(replace(paragraph, text=tuple(map(_without_figure, paragraph.text)))))
    return _undated(f"{paragraph.lead}{words}", year)


def _without_figure(run: Run) -> Run:
    return "<>" if isinstance(run, Figure) else run


def _undated(text: str, year: int) -> str:
    """Return words with the document's year and its neighbours told by their distance."""
    for away in (-1, 0, 1):
        text = text.replace(f"{year + away}", f"<{away:+d}>")
    return text


def _headings(before: Disclosure, after: Disclosure) -> Iterator[WordsChange]:
    was, now = _titled(before), _titled(after)
    for key in _both(was, now):
        yield from _changed(key, "标题", was.get(key, ""), now.get(key, ""), before, after)


def _titled(document: Disclosure) -> dict[str, str]:
    """Return the headings of parts and sections, and of tables, by what they are known by."""
    named = {part.key: part.title for part in document.parts}
    named |= {section.key: section.title for section in document.sections}
    return {key: title for key, title in named.items() if title}


def _table_words(before: Disclosure, after: Disclosure) -> Iterator[WordsChange]:
    was, now = _in_tables(before), _in_tables(after)
    for key in _both(was, now):
        old, new = was.get(key, ("", "")), now.get(key, ("", ""))
        yield from _changed(key, new[0] or old[0], old[1], new[1], before, after)


def _in_tables(document: Disclosure) -> dict[str, tuple[str, str]]:
    """Return, by address, the name and the words of titles, notes and cells without money."""
    found: dict[str, tuple[str, str]] = {}
    for table in document.tables:
        found[f"{table.code}/title"] = (f"{table.name}的标题", table.title)
        found[f"{table.code}/note"] = (f"{table.name}的表注", table.note)
        for cell, name in named_cells(table):
            if cell.kind is not CellKind.AMOUNT:
                found[cell.address] = (name, cell.text)
    return found


def _changed(
    address: str, name: str, was: str, now: str, before: Disclosure, after: Disclosure
) -> Iterator[WordsChange]:
    if was != now:
        dated = _undated(was, before.year) == _undated(now, after.year)
        yield WordsChange(address=address, name=name, before=was, after=now, figures_only=dated)
