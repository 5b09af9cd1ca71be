"""One thing wrong at a time: a document as somebody might have typed it.

Each mutation changes something that the document states twice or that an identity binds, judged
here from the document alone and without any rule. What is bound: an amount of a table with a 合计
or with two sides, or one that a sentence states too; a direction word, a change or a percentage
beside the amount that it speaks of; the year and the unit that all tables state; a code's name
that stands in more than one table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from budget.document import (
    Cell,
    CellKind,
    Disclosure,
    Figure,
    FigureKind,
    Paragraph,
    Part,
    Row,
    RowKind,
    Run,
    Section,
    Table,
)
from budget.money import written

TEN_THOUSAND = Decimal(10_000)
FREE = "project-"
"""Paragraphs about one project are typed freely: the years in them are their own."""
OPPOSITE = {"增加": "减少", "减少": "增加", "持平": "增加"}


@dataclass(frozen=True, slots=True)
class Mutation:
    """A document with one thing wrong, and what that is."""

    kind: str
    told: str
    document: Disclosure


Mutate = Callable[[Disclosure, Random], Mutation | None]


def mutations(document: Disclosure, random: Random, count: int) -> Iterator[Mutation]:
    """Yield so many random mutations, each kind about as often."""
    made = 0
    while made < count:
        mutation = KINDS[made % len(KINDS)](document, random)
        made += 1
        if mutation is not None:
            yield mutation


# ---- amounts of tables


def a_digit(document: Disclosure, random: Random) -> Mutation | None:
    """Change one digit of an amount in a table."""
    return _on_amount(document, random, "digit", lambda value: _other_digit(value, random))


def a_sign(document: Disclosure, random: Random) -> Mutation | None:
    """Make an amount negative."""
    return _on_amount(document, random, "sign", lambda value: -value)


def a_slip_of_units(document: Disclosure, random: Random) -> Mutation | None:
    """Type yuan where 万元 is meant."""
    return _on_amount(document, random, "x10000", lambda value: value * TEN_THOUSAND)


def _on_amount(
    document: Disclosure, random: Random, kind: str, change: Callable[[Decimal], Decimal]
) -> Mutation | None:
    found = [
        (table, cell)
        for table in document.tables
        if _is_bound(table)
        for cell in table.cells.values()
        if cell.kind is CellKind.AMOUNT and isinstance(cell.value, Decimal) and cell.value
    ]
    if not found:
        return None
    table, cell = random.choice(found)
    assert isinstance(cell.value, Decimal)
    value = change(cell.value)
    changed = replace(cell, value=value, text=written(value, grouped=True))
    return Mutation(
        kind,
        f"{cell.address}: {cell.text} -> {changed.text}",
        _with_table(document, _with_cells(table, {cell.address: changed})),
    )


def _is_bound(table: Table) -> bool:
    """True for tables whose amounts are added up: they have a total row."""
    return any(row.kind is RowKind.TOTAL for row in table.rows)


def _other_digit(value: Decimal, random: Random) -> Decimal:
    digits = list(str(value))
    places = [place for place, sign in enumerate(digits) if sign.isdigit()]
    place = random.choice(places)
    digits[place] = random.choice([each for each in "0123456789" if each != digits[place]])
    return Decimal("".join(digits))


# ---- rows


def a_dropped_row(document: Disclosure, random: Random) -> Mutation | None:
    """Leave out a row with money that is no total."""
    found = [
        (table, row)
        for table in document.tables
        if _is_bound(table) and not _has_tall_cells(table)
        for row in table.rows
        if row.kind in (RowKind.ITEM, RowKind.SECTION, RowKind.CATEGORY) and _amounts(row)
    ]
    if not found:
        return None
    table, row = random.choice(found)
    rows = tuple(each for each in table.rows if each is not row)
    told = f"{table.code}/{row.key} dropped"
    return Mutation("dropped row", told, _with_table(document, replace(table, rows=rows)))


def a_moved_row(document: Disclosure, random: Random) -> Mutation | None:
    """Exchange the amounts of two neighbouring rows that differ."""
    found = [
        (table, first, second)
        for table in document.tables
        if _is_bound(table) and not _has_tall_cells(table)
        for first, second in zip(table.rows, table.rows[1:], strict=False)
        if _amounts(first)
        and _amounts(second)
        and _texts(first) != _texts(second)
        and _is_named_twice(document, first)
        and _is_named_twice(document, second)
    ]
    if not found:
        return None
    table, first, second = random.choice(found)
    swapped = {**_given(first, second), **_given(second, first)}
    told = f"{table.code}: {first.key} and {second.key} exchanged"
    return Mutation("moved row", told, _with_table(document, _with_cells(table, swapped)))


def _is_named_twice(document: Disclosure, row: Row) -> bool:
    """True for a row of a code that other tables print too, so that its amounts are bound."""
    tables = [
        table
        for table in document.tables
        if any(each.key == row.key and each.kind is row.kind for each in table.rows)
    ]
    return row.kind is RowKind.ITEM and len(tables) > 1


def _has_tall_cells(table: Table) -> bool:
    return any(cell.rowspan != 1 for row in table.rows for cell in row.cells)


def _amounts(row: Row) -> list[Cell]:
    return [c for c in row.cells if c.kind is CellKind.AMOUNT and isinstance(c.value, Decimal)]


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if cell.kind is CellKind.AMOUNT]


def _given(row: Row, other: Row) -> dict[str, Cell]:
    """Return the amount cells of a row with the amounts of another."""
    return {
        mine.address: replace(mine, text=theirs.text, value=theirs.value)
        for mine, theirs in zip(row.cells, other.cells, strict=True)
        if mine.kind is CellKind.AMOUNT and mine.address
    }


# ---- sentences


def a_digit_in_text(document: Disclosure, random: Random) -> Mutation | None:
    """Change one digit of an amount, a change, a percentage or a share in a sentence."""
    return _on_figure(
        document,
        random,
        "digit in text",
        lambda figure: (
            figure.kind in (FigureKind.AMOUNT, FigureKind.PERCENT) and _is_said(document, figure)
        ),
        lambda figure: _with_value(figure, _other_digit(_number(figure), random)),
    )


def a_direction(document: Disclosure, random: Random) -> Mutation | None:
    """Say 增加 for 减少, or the other way, or for 持平."""
    return _on_figure(
        document,
        random,
        "direction",
        lambda figure: (
            figure.kind is FigureKind.DIRECTION
            and figure.text in OPPOSITE
            and (figure.text == "持平" or _has_percent(document, figure))
        ),
        lambda figure: replace(figure, text=OPPOSITE[figure.text]),
    )


def _is_said(document: Disclosure, figure: Figure) -> bool:
    """True for figures that tables state too, or that follow from others in the sentence.

    A change without a percentage follows from nothing: last year's amount is not printed.
    """
    if figure.key.endswith(".change"):
        return _has_percent(document, figure)
    return bool(figure.questions) or figure.key.endswith((".percent", ".share"))


def _has_percent(document: Disclosure, figure: Figure) -> bool:
    wanted = figure.address.rpartition(".")[0] + ".percent"
    return any(
        isinstance(run, Figure) and run.address == wanted
        for paragraph in _paragraphs(document)
        for run in paragraph.text
    )


def _number(figure: Figure) -> Decimal:
    assert figure.value is not None
    return figure.value


def _with_value(figure: Figure, value: Decimal) -> Figure:
    return replace(figure, value=value, text=written(value, grouped="," in figure.text))


def _on_figure(
    document: Disclosure,
    random: Random,
    kind: str,
    wanted: Callable[[Figure], bool],
    change: Callable[[Figure], Figure],
) -> Mutation | None:
    found = [
        (paragraph, place, run)
        for paragraph in _paragraphs(document)
        for place, run in enumerate(paragraph.text)
        if isinstance(run, Figure) and wanted(run)
    ]
    if not found:
        return None
    paragraph, place, run = random.choice(found)
    changed = change(run)
    text = (*paragraph.text[:place], changed, *paragraph.text[place + 1 :])
    told = f"{run.address}: {run.text} -> {changed.text}"
    return Mutation(kind, told, _with_paragraph(document, replace(paragraph, text=text)))


# ---- what all tables and sentences share


def a_wrong_year(document: Disclosure, random: Random) -> Mutation | None:
    """State another year in a title or at the head of a sentence."""
    right, wrong = f"{document.year}年", f"{document.year + random.choice((-2, 1, 2))}年"
    titled = [table for table in document.tables if right in table.title]
    said = [
        paragraph
        for paragraph in _paragraphs(document)
        if not paragraph.key.startswith(FREE)
        and any(isinstance(run, str) and right in run for run in paragraph.text)
    ]
    place = random.randrange(len(titled) + len(said))
    if place < len(titled):
        table = titled[place]
        changed = replace(table, title=table.title.replace(right, wrong, 1))
        return Mutation("year", f"{table.code}: {changed.title}", _with_table(document, changed))
    paragraph = said[place - len(titled)]
    text = _replaced(paragraph.text, right, wrong)
    told = f"{paragraph.key}: {right} -> {wrong}"
    return Mutation("year", told, _with_paragraph(document, replace(paragraph, text=text)))


def a_wrong_unit(document: Disclosure, random: Random) -> Mutation | None:
    """Head a table with another unit than its figures are in."""
    tables = [table for table in document.tables if _is_bound(table) and not table.is_empty]
    if not tables:
        return None
    table = random.choice(tables)
    unit = "元" if table.unit == "万元" else "万元"
    return Mutation(
        "unit", f"{table.code}: {unit}", _with_table(document, replace(table, unit=unit))
    )


def a_wrong_name(document: Disclosure, random: Random) -> Mutation | None:
    """Give a code another code's name where both stand in more than one table."""
    found = [
        (table, cell)
        for table in document.tables
        for row in table.rows
        if row.kind in (RowKind.CATEGORY, RowKind.SECTION, RowKind.ITEM)
        for cell in row.cells
        if cell.kind is CellKind.TEXT
        and cell.key == "function"
        and _tables_naming(document, cell) > 1
    ]
    if not found:
        return None
    table, cell = random.choice(found)
    others = sorted({each.text for _, each in found} - {cell.text})
    if not others:
        return None
    name = random.choice(others)
    changed = replace(cell, text=name, value=name)
    return Mutation(
        "name",
        f"{cell.address}: {name}",
        _with_table(document, _with_cells(table, {cell.address: changed})),
    )


def _tables_naming(document: Disclosure, cell: Cell) -> int:
    """Return how many tables print the row of a named code."""
    row = cell.address.split("/")[1]
    return sum(
        any(each.key == row and each.kind is not RowKind.ENTRY for each in table.rows)
        for table in document.tables
    )


KINDS: tuple[Mutate, ...] = (
    a_digit,
    a_digit_in_text,
    a_sign,
    a_slip_of_units,
    a_dropped_row,
    a_moved_row,
    a_direction,
    a_wrong_year,
    a_wrong_unit,
    a_wrong_name,
)


# ---- putting back


def _paragraphs(document: Disclosure) -> Iterator[Paragraph]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block


def _replaced(text: Iterable[Run], old: str, new: str) -> tuple[Run, ...]:
    """Return text with the first occurrence of some words replaced."""
    runs = list(text)
    for place, run in enumerate(runs):
        if isinstance(run, str) and old in run:
            runs[place] = run.replace(old, new, 1)
            break
    return tuple(runs)


def _with_cells(table: Table, cells: dict[str, Cell]) -> Table:
    rows = tuple(
        replace(row, cells=tuple(cells.get(cell.address, cell) for cell in row.cells))
        for row in table.rows
    )
    return replace(table, rows=rows)


def _with_table(document: Disclosure, changed: Table) -> Disclosure:
    def put(part: Part) -> Part:
        tables = tuple(changed if each.code == changed.code else each for each in part.tables)
        return replace(part, tables=tables)

    return replace(document, parts=tuple(map(put, document.parts)))


def _with_paragraph(document: Disclosure, changed: Paragraph) -> Disclosure:
    def put(section: Section) -> Section:
        return replace(
            section,
            blocks=tuple(
                changed if isinstance(each, Paragraph) and each.key == changed.key else each
                for each in section.blocks
            ),
        )

    def put_part(part: Part) -> Part:
        return replace(part, sections=tuple(map(put, part.sections)))

    return replace(document, parts=tuple(map(put_part, document.parts)))
