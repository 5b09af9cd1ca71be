"""From a declaration and a book to the table as printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from budget.book import BudgetBook, Project
from budget.document import Cell, CellKind, Footing, FootingKind, Loss, Row, RowKind, Table
from budget.edition import Edition, EmptyForm, TableUse
from budget.money import ZERO, MoneyUnit, total, written
from budget.tables.heads import head, printed_columns
from budget.tables.spec import (
    TABLES,
    Amount,
    Column,
    Label,
    Losing,
    RowPlan,
    Setting,
    Value,
    Wide,
    refuse,
)

Spans = dict[str, int]
"""Rowspans by column key of one row's cells, where they are not 1."""


def build(
    book: BudgetBook,
    edition: Edition,
    use: TableUse,
    number: int,
    project: Project | None = None,
    losing: Losing = refuse,
) -> Table:
    """Return one table of an edition, about one project where the table is.

    Raises MoneyWithoutPlace unless ``losing`` takes note of it: then the table does not say that
    its cells add up, for they do not. Raises UnknownCode.
    """
    lost: list[ValueError] = []
    setting = Setting(book, TABLES[use.table], use, edition, project, lost.append)
    plans = tuple(setting.spec.rows.plans(setting))
    for error in lost:
        losing(error)
    is_empty = not any(_holds_something(plan) for plan in plans)
    unit = _unit(use, plans)
    footings = () if is_empty or lost else tuple(_footings(setting, plans))
    rows = tuple(_rows(setting, unit, _emptied(setting, plans) if is_empty else plans))
    return Table(
        code=setting.code,
        number=number,
        contents_title=setting.fill(use.contents_title),
        title=setting.fill(use.title),
        subject=f"{setting.wording.subject}：{book.name}",
        unit=use.unit.label,
        unit_exponent=use.unit.exponent,
        columns=printed_columns(setting),
        head=head(setting),
        rows=rows,
        note=_note(setting, plans, rows, footings, is_empty=is_empty),
        is_empty=is_empty,
        landscape=use.landscape,
        footings=footings,
    )


def _holds_something(plan: RowPlan) -> bool:
    """True where a row has money or a score; names alone do not fill a table."""
    return any(
        value.yuan != 0 if isinstance(value, Amount) else isinstance(value, Decimal)
        for value in plan.values.values()
    )


def _emptied(setting: Setting, plans: tuple[RowPlan, ...]) -> tuple[RowPlan, ...]:
    if setting.use.empty is EmptyForm.BLANK_TOTAL:
        return plans
    zeros: Mapping[str, Value] = {column.key: ZERO for column in setting.spec.money}
    return (RowPlan("empty", RowKind.EMPTY, zeros),)


def _unit(use: TableUse, plans: tuple[RowPlan, ...]) -> MoneyUnit:
    """Return the unit in which the table's amounts are printed."""
    whole = use.unit.without_decimals()
    return whole if use.whole and _shows_all(whole, plans) else use.unit


def _rows(setting: Setting, unit: MoneyUnit, plans: tuple[RowPlan, ...]) -> Iterator[Row]:
    columns = setting.spec.leaves
    spans = _rowspans(columns, plans)
    for place, plan in enumerate(plans):
        cells = _cells(setting.code, unit, plan, columns, spans[place])
        yield Row(plan.key, plan.kind, tuple(cells))


def _cells(
    table: str, unit: MoneyUnit, plan: RowPlan, columns: tuple[Column, ...], spans: Spans
) -> Iterator[Cell]:
    """Yield the cells of a row; one that reaches over columns is repeated, covered, in them."""
    reach, wide = 0, ""
    for column in columns:
        value = plan.values.get(column.key)
        if isinstance(value, Wide):
            reach, wide = value.columns, value.text
            yield Cell(
                column.key,
                value.text,
                column.kind,
                value.text or None,
                _address(table, plan, column),
                colspan=reach,
                loss=plan.losses.get(column.key, Loss.NONE),
            )
        elif reach > 1:
            reach -= 1
            yield Cell(column.key, wide, column.kind, wide or None, colspan=0)
        else:
            yield _cell(table, unit, plan, column, spans.get(column.key, 1))


def _address(table: str, plan: RowPlan, column: Column) -> str:
    row = plan.places.get(column.key, plan.key)
    return f"{table}/{row}/{column.key}" if row else ""


def _cell(table: str, unit: MoneyUnit, plan: RowPlan, column: Column, rowspan: int) -> Cell:
    value = plan.values.get(column.key)
    key, kind = column.key, column.kind
    loss = plan.losses.get(key, Loss.NONE) if rowspan else Loss.NONE
    address = _address(table, plan, column) if rowspan else ""
    if isinstance(value, Amount):
        printed = unit.printed(value.yuan) if value.yuan else None
        shown = "" if printed is None else written(printed, grouped=True)
        return Cell(key, shown, CellKind.AMOUNT, printed, address, rowspan, 1, value.questions)
    if isinstance(value, Decimal):
        return Cell(key, f"{value:f}", kind, value, address, rowspan, loss=loss)
    if isinstance(value, Label):
        return Cell(key, value.text, CellKind.HEAD, value.text, "", rowspan)
    assert not isinstance(value, Wide), column.key
    return Cell(key, value or "", kind, value or None, address, rowspan, loss=loss)


def _rowspans(columns: tuple[Column, ...], plans: tuple[RowPlan, ...]) -> list[Spans]:
    """Return, row by row, the rowspan of each cell that is part of a run of several rows."""
    spans: list[Spans] = [{} for _ in plans]
    merged = {key for plan in plans for key in plan.merges}
    for column in (column for column in columns if column.key in merged):
        start = 0
        for place in range(1, len(plans) + 1):
            if place < len(plans) and _same_run(column.key, plans[start], plans[place]):
                spans[place][column.key] = 0
            else:
                if place - start > 1:
                    spans[start][column.key] = place - start
                start = place
    return spans


def _same_run(column: str, first: RowPlan, other: RowPlan) -> bool:
    run = first.merges.get(column)
    return run is not None and run == other.merges.get(column)


def _note(
    setting: Setting,
    plans: tuple[RowPlan, ...],
    rows: tuple[Row, ...],
    footings: tuple[Footing, ...],
    *,
    is_empty: bool,
) -> str:
    notes = [setting.fill(setting.use.note)]
    if is_empty:
        notes.append(setting.fill(setting.use.empty_note))
    if has_tail(setting, plans, rows, footings):
        notes.append(setting.edition.tail_note)
    return "\n".join(note for note in notes if note)


def has_tail(
    setting: Setting,
    plans: tuple[RowPlan, ...],
    rows: tuple[Row, ...],
    footings: tuple[Footing, ...],
) -> bool:
    """True where printed items do not add up to a printed total, because of rounding."""
    if _shows_all(setting.use.unit, plans):
        return False
    printed = {
        cell.address: cell.value
        for row in rows
        for cell in row.cells
        if isinstance(cell.value, Decimal)
    }
    return any(
        printed.get(footing.total, ZERO) != total(printed.get(item, ZERO) for item in footing.items)
        for footing in footings
    )


def _footings(setting: Setting, plans: tuple[RowPlan, ...]) -> Iterator[Footing]:
    """Yield every statement that cells of the table add up, across columns and down rows."""
    code = setting.code
    for column in setting.spec.money:
        if column.sum_of:
            for plan in plans:
                row = plan.places.get(column.key, plan.key)
                if column.key in plan.values:
                    items = tuple(f"{code}/{row}/{item}" for item in column.sum_of)
                    yield Footing(f"{code}/{row}/{column.key}", items, FootingKind.COLUMNS)
    for footing in setting.spec.rows.footings(setting, plans):
        items = tuple(f"{code}/{item}" for item in footing.items)
        yield Footing(f"{code}/{footing.total}", items)


def _shows_all(unit: MoneyUnit, plans: tuple[RowPlan, ...]) -> bool:
    """True where no amount is finer than what is printed: then everything adds in print."""
    return all(
        unit.shows_all_of(value.yuan)
        for plan in plans
        for value in plan.values.values()
        if isinstance(value, Amount)
    )
