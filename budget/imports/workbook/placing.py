"""A table as it was read: the declared cells with the numbers and words of the sheet.

Every number of the sheet ends in a cell here, or is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from budget.document import Cell, CellKind, Footing, Loss, Row, RowKind, Table
from budget.imports.workbook.amounts import AMOUNT, amount, are_whole
from budget.imports.workbook.heads import Located
from budget.imports.workbook.known import Known
from budget.imports.workbook.skeleton import RowRead, Skeleton, skeleton
from budget.imports.workbook.words import plain
from budget.imports.xlsx.refusal import UnreadableWorkbook, at
from budget.imports.xlsx.sheets import Sheet, Spot, Value
from budget.money import WAN, YUAN, MoneyUnit, half_up, written
from budget.tables.build import build

LOSSES: Final = {plain(loss.label): loss for loss in Loss if loss.label}
UNITS: Final = {unit.label: unit for unit in (WAN, YUAN)}


@dataclass(frozen=True)
class TableRead:
    """A table, the sheet that it was read from, and where each of its places stands there.

    Places are cells, rows (at their first cell), and what stands above and below the table.
    """

    table: Table
    located: Located
    spots: Mapping[str, Spot]

    @property
    def named(self) -> Mapping[str, str]:
        """How people name the cell of each place; the table itself goes by its sheet."""
        sheet = self.located.sheet.name
        cells = {address: at(sheet, *spot) for address, spot in self.spots.items()}
        return {self.table.code: f"工作表“{sheet}”", **cells}


def placed(located: Located, known: Known) -> TableRead:
    """Return a located table as read. Raises UnreadableWorkbook."""
    form = located.form
    read = skeleton(form.spec.rows, located, known)
    made = build(read.book(known), form.edition, form.use, form.order, read.project)
    placing = Placing(located, made)
    return placing.table(read)


class Placing:
    """Puts what one sheet holds into the cells of a table that has the same rows."""

    def __init__(self, located: Located, made: Table) -> None:
        self._located = located
        self._made = made
        self._unit = _unit(located)
        self._keys = tuple(column.key for column in located.form.leaves)
        self._rows = {row.key: row for row in made.rows}
        self._kinds = _kinds(made)
        self._above: dict[str, Cell] = {}
        self._used: set[Spot] = set()
        self._spots: dict[str, Spot] = {}
        self._around = dict(self._above_table())

    def table(self, read: Skeleton) -> TableRead:
        """Return the table. Raises UnreadableWorkbook."""
        rows = tuple(self._row(row) for row in read.rows)
        self._refuse_rest()
        rows = _with_decimals(rows, _unit(self._located))
        is_empty = not any(_holds_something(cell) for row in rows for cell in row.cells)
        footings = () if is_empty else tuple(kept(self._made.footings, self._spots))
        made = replace(
            self._made,
            title=self._located.title or self._made.title,
            subject="：".join(each for each in self._located.subject if each),
            unit=self._unit.label,
            unit_exponent=self._unit.exponent,
            rows=rows,
            note="\n".join(self._notes({row.number for row in read.rows})),
            is_empty=is_empty,
            footings=footings,
        )
        return TableRead(made, self._located, {**self._around, **self._spots})

    def _above_table(self) -> Iterator[tuple[str, Spot]]:
        """Yield where the head stands, and what is above it."""
        yield f"{self._made.code}/head", (self._located.top, min(self._located.columns.values()))
        for part, spot in self._located.above.items():
            yield f"{self._made.code}/{part}", spot

    def _row(self, row: RowRead) -> Row:
        first = min(self._located.sheet.rows.get(row.number, {1: None}))
        self._around.setdefault(f"{self._made.code}/{row.key}", (row.number, first))
        cells: list[Cell] = []
        for place, key in enumerate(self._keys):
            cell = self._cell(row, place, key)
            if cell.colspan == 0:  # one that reaches over columns is repeated in them
                cell = replace(cell, text=cells[-1].text, value=cells[-1].value)
            cells.append(cell)
        return Row(row.key, self._kinds.get(row.key, RowKind.EMPTY), tuple(cells))

    def _cell(self, row: RowRead, place: int, key: str) -> Cell:
        base = self._base(row, place, key)
        spot = (row.number, self._located.columns[key])
        value = self._located.sheet.value(*spot)
        if base.is_covered:
            return self._covered(base, value, spot)
        if not base.address:
            return base if base.kind is CellKind.HEAD else _words(base, value)
        self._used.add(spot)
        self._spots[base.address] = spot
        cell = self._filled(base, value, spot)
        loss = lost_at(self._located.sheet, spot)
        if loss is not Loss.NONE:
            cell = replace(cell, loss=loss)
        self._above[key] = cell
        return cell

    def _base(self, row: RowRead, place: int, key: str) -> Cell:
        """Return the declared cell; one that speaks of nothing where the row has none there."""
        own = self._rows.get(row.key)
        if own is not None and own.cells[place].is_covered:
            return own.cells[place]
        at_place = row.places.get(key)
        found = self._made.cells.get(f"{self._made.code}/{at_place}/{key}") if at_place else None
        if found is None and own is not None and own.cells[place].kind is CellKind.HEAD:
            return own.cells[place]
        kind = self._located.form.leaves[place].kind
        is_empty = row.key == RowKind.EMPTY
        address = f"{self._made.code}/{row.key}/{key}" if is_empty else ""
        return found or Cell(key, "", kind, address=address)

    def _covered(self, base: Cell, value: Value | None, spot: Spot) -> Cell:
        """Return a place under a merged cell; what is repeated there must be the same."""
        above = self._above.get(base.key, base)
        if value is not None and base.kind in (CellKind.AMOUNT, CellKind.SCORE):
            if self._filled(base, value, spot).value != above.value:
                where = at(self._located.sheet.name, *spot)
                raise UnreadableWorkbook(f"{where} 的 {value.text} 不属于任何一行")
            self._used.add(spot)
        return Cell(base.key, above.text, base.kind, above.value, "", base.rowspan, base.colspan)

    def _filled(self, base: Cell, value: Value | None, spot: Spot) -> Cell:
        if value is None:
            return _stating(base, "", None)
        if base.kind is CellKind.AMOUNT:
            number = amount(value, self._unit, at(self._located.sheet.name, *spot))
            shown = "" if number is None else written(number, grouped=True)
            return _stating(base, shown, number)
        if base.kind is CellKind.SCORE:
            return _score(base, value)
        return _words(base, value)

    def _refuse_rest(self) -> None:
        """Refuse a number that found no cell."""
        money = {self._located.columns[each.key] for each in self._located.form.money}
        head = range(self._located.top, self._located.body)
        for row, values in self._located.sheet.rows.items():
            for column, value in values.items():
                is_number = value.number is not None or (
                    column in money and AMOUNT.fullmatch(plain(value.text))
                )
                if is_number and row not in head and (row, column) not in self._used:
                    where = at(self._located.sheet.name, row, column)
                    raise UnreadableWorkbook(
                        f"{where} 的 {value.text.strip()} 不属于“{self._made.name}”的任何一格"
                    )

    def _notes(self, rows: set[int]) -> Iterator[str]:
        """Yield the words of rows below the head that are no rows of the table."""
        for number in self._located.rows:
            if number not in rows:
                values = self._located.sheet.rows[number]
                place = f"{self._made.code}/note"
                self._around.setdefault(place, (number, min(values)))
                yield values[min(values)].text.strip()


def lost_at(sheet: Sheet, spot: Spot) -> Loss:
    """Return what a comment beside a cell says that a conversion lost there."""
    if not sheet.comments:
        return Loss.NONE
    said = plain(sheet.comment(*spot))
    return next((loss for told, loss in LOSSES.items() if told in said), Loss.NONE)


def _kinds(made: Table) -> dict[str, RowKind]:
    """Return the kind of each row by its key and by those of its parts."""
    kinds: dict[str, RowKind] = {}
    for row in made.rows:
        for cell in row.cells:
            if cell.address:
                kinds[cell.address.split("/")[1]] = row.kind
    return kinds | {row.key: row.kind for row in made.rows}


def _unit(located: Located) -> MoneyUnit:
    """Return the unit in which the sheet states amounts.

    Its decimals are the edition's; amounts in another unit have as many more or fewer.
    """
    use = located.form.use
    unit = UNITS[located.unit]
    places = max(use.unit.places + unit.exponent - use.unit.exponent, 0)
    exact = replace(unit, places=min(places, unit.exponent + 2))
    return exact.without_decimals() if use.whole else exact


def _words(base: Cell, value: Value | None) -> Cell:
    text = value.text.strip() if value else ""
    return _stating(base, text, text or None)


def _stating(base: Cell, text: str, value: Decimal | str | None) -> Cell:
    """Return a cell that states something else; ``replace`` would take three times as long."""
    return Cell(
        base.key,
        text,
        base.kind,
        value,
        base.address,
        base.rowspan,
        base.colspan,
        base.questions,
    )


def _score(base: Cell, value: Value) -> Cell:
    """Return a score; words in its place stay words."""
    number = value.number
    if number is None and AMOUNT.fullmatch(plain(value.text)):
        number = Decimal(plain(value.text))
    if number is None:
        return _words(base, value)
    score = Decimal(f"{number.normalize():f}")
    return _stating(base, f"{score:f}", score)


def _holds_something(cell: Cell) -> bool:
    return isinstance(cell.value, Decimal) and (cell.value != 0 or cell.kind is CellKind.SCORE)


def _amounts(rows: Iterable[Row]) -> Iterator[Decimal]:
    for row in rows:
        for cell in row.cells:
            if cell.kind is CellKind.AMOUNT and isinstance(cell.value, Decimal):
                yield cell.value


def _with_decimals(rows: tuple[Row, ...], unit: MoneyUnit) -> tuple[Row, ...]:
    """Return rows printed whole with decimals everywhere where one of them has some."""
    if unit.places or are_whole(_amounts(rows)):
        return rows
    return tuple(replace(row, cells=tuple(_padded(cell) for cell in row.cells)) for row in rows)


def _padded(cell: Cell) -> Cell:
    if cell.kind is not CellKind.AMOUNT or not isinstance(cell.value, Decimal):
        return cell
    exponent = cell.value.as_tuple().exponent
    if not isinstance(exponent, int) or exponent <= -YUAN.places:
        return cell
    number = half_up(cell.value, YUAN.places)
    return replace(cell, text=written(number, grouped=True), value=number)


def kept(footings: Iterable[Footing], there: Mapping[str, object]) -> Iterator[Footing]:
    """Yield the statements that cells add up, as far as the cells are there.

    A subtotal that a sheet leaves out is replaced by what it sums up; any other item that is not
    there counts nothing, so that a row that fell out shows as a difference.
    """
    by_total = {footing.total: footing for footing in footings if footing.total not in there}

    def items(footing: Footing) -> Iterator[str]:
        for item in footing.items:
            if item in there:
                yield item
            elif item in by_total:
                yield from items(by_total[item])

    for footing in footings:
        if footing.total in there:
            found = tuple(items(footing))
            if found:
                yield replace(footing, items=found)
