"""What a set of wanted changes comes to, before anything is written.

A change is made where the person saw what is stored; where somebody else changed the same cell in
the meantime it is a conflict that shows both. A row that lacks a cell, or has one that cannot be
read, waits as a pending row with its cells as they were typed. So nothing typed is lost, and
nothing half-typed counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from budget.money import MoneyUnit
from budget.sheets.changes import (
    NEW,
    PENDING,
    CellAnswer,
    Change,
    Malformed,
    Outcome,
    Removal,
    Restoral,
    Wanted,
)
from budget.sheets.kinds import Money
from budget.sheets.part import Part
from budget.sheets.spec import Column, Row, SheetSpec, Values
from budget.sheets.standing import Standing
from budget.sheets.texts import exactly, in_unit
from budget.sheets.wholeness import whole
from budget.spellings import Unreadable, unit_remark

Cells = dict[str, str]
"""The texts of a pending row by column, amounts in 元 where they can be read."""


@dataclass(frozen=True, slots=True)
class Made:
    """A row to store: asked for under ``asked``, brought back under ``key`` where it had one."""

    asked: str
    values: Values
    key: str | None = None


@dataclass
class Settled:
    """What is to be written for one sheet, and what is answered."""

    spec: SheetSpec
    cells: list[CellAnswer] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    updated: list[tuple[Row, Row]] = field(default_factory=list)
    removed: list[Row] = field(default_factory=list)
    waiting: dict[str, Cells] = field(default_factory=dict)
    waited: dict[str, Cells] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)


def settle(
    spec: SheetSpec,
    part: Part,
    wanted: Iterable[Wanted],
    *,
    pending: Mapping[str, Cells],
    unit: MoneyUnit,
) -> Settled:
    """Return what the wanted changes come to.

    ``pending`` are the sheet's pending rows by key. Raises Malformed for a column or a kind of row
    that the sheet does not have.
    """
    settling = _Settling(spec, part, unit, pending)
    for key, asked in _by_row(wanted).items():
        settling.settle_row(key, asked)
    return settling.done()


def _by_row(wanted: Iterable[Wanted]) -> dict[str, list[Wanted]]:
    rows: dict[str, list[Wanted]] = {}
    for each in wanted:
        rows.setdefault(each.row, []).append(each)
    return rows


class _Settling:
    """Settles the rows of one sheet one after another; each sees what those before it did."""

    def __init__(
        self, spec: SheetSpec, part: Part, unit: MoneyUnit, pending: Mapping[str, Cells]
    ) -> None:
        self.spec, self.part, self.unit, self.pending = spec, part, unit, pending
        self.standing = Standing(spec, part, unit)
        self.settled = Settled(spec)

    def done(self) -> Settled:
        """Add up the totals, tell later sheets what this one brings, and return all."""
        if self.spec.provides is not None:
            self.spec.provides(self.part, [made.values for made in self.settled.made])
        self.settled.totals = self.standing.totals()
        return self.settled

    def settle_row(self, key: str, asked: list[Wanted]) -> None:
        """Settle all that is wanted of one row."""
        [first, *more] = asked
        if isinstance(first, (Removal, Restoral)) and more:
            raise Malformed("同一行不能既删除又修改")
        if isinstance(first, Removal):
            self._remove(first)
        elif isinstance(first, Restoral):
            self._restore(first)
        else:
            changes = [each for each in asked if isinstance(each, Change)]
            if key in self.standing.rows:
                self._change_stored(self.standing.rows[key], changes)
            elif key in self.pending or key.startswith(NEW):
                self._change_waiting(key, changes)
            else:
                self._gone(key, changes)

    # ---- stored rows ----

    def _change_stored(self, row: Row, changes: list[Change]) -> None:
        values, accepted = dict(row.values), []
        for change in changes:
            column = self.standing.column(change.field)
            try:
                now = self.standing.value(column, change.now, values)
            except Unreadable as error:
                self._answer(change, Outcome.REFUSED, message=str(error))
                continue
            if now == row.values[column.key]:
                self._answer(change, Outcome.SAME, shown=self.standing.shown(column, now))
            elif self.standing.saw(column, change.was, row.values[column.key]):
                values[column.key] = now
                accepted.append(change)
            else:
                theirs = self.standing.shown(column, row.values[column.key])
                self._answer(change, Outcome.CONFLICT, shown=theirs, theirs=theirs)
        self._keep_stored(row, values, accepted)

    def _keep_stored(self, row: Row, values: dict[str, Any], accepted: list[Change]) -> None:
        """Write what holds together: a change that makes the row wrong is refused by itself."""
        while accepted and (fault := self.standing.fault(values, row.key)) is not None:
            refused = [change for change in accepted if change.field == fault.field] or accepted
            for change in refused:
                values[change.field] = row.values[change.field]
                self._answer(change, Outcome.REFUSED, message=fault.message)
            accepted = [change for change in accepted if change not in refused]
        for change in accepted:
            shown = self.standing.shown(self.standing.column(change.field), values[change.field])
            self._answer(change, Outcome.SAVED, shown=shown, message=self._remark(change))
        if accepted:
            after = Row(row.key, values)
            self.standing.drop(row)
            self.standing.put(after)
            self.settled.updated.append((row, after))

    def _remove(self, removal: Removal) -> None:
        key = removal.row
        if key in self.pending:
            self.settled.waited[key] = dict(self.pending[key])
            self._about_row(key, Outcome.SAVED)
            return
        row = self.standing.rows.get(key)
        if row is None:
            self._about_row(key, Outcome.SAME)
            return
        if not self.spec.store.grows:
            raise Malformed("这张表的行不能删除")
        changed = [
            name
            for name, was in removal.was.items()
            if not self.standing.saw(self.standing.column(name), was, row.values[name])
        ]
        if changed:
            titles = "、".join(self.standing.column(name).title for name in changed)
            self._about_row(key, Outcome.CONFLICT, f"这一行的{titles}已被他人修改，没有删除")
            return
        stays = self.spec.before_delete and self.spec.before_delete(row, self.part)
        if stays:
            self._about_row(key, Outcome.REFUSED, stays)
            return
        self.standing.drop(row)
        self.settled.removed.append(row)
        self._about_row(key, Outcome.SAVED)

    def _restore(self, restoral: Restoral) -> None:
        """Bring a removed row back; where it cannot be whole any more it waits as pending."""
        if restoral.row in self.standing.rows:
            self._about_row(restoral.row, Outcome.SAME)
            return
        changes = [Change(restoral.row, name, "", now) for name, now in restoral.now.items()]
        self._complete(restoral.row, dict(restoral.now), changes, key=restoral.row)

    def _gone(self, key: str, changes: list[Change]) -> None:
        """Say of a row that somebody else has removed that it is gone."""
        for change in changes:
            self.standing.column(change.field)
            self._answer(
                change, Outcome.REFUSED, message="这一行已被他人删除；需要的话请在新的一行重新填写"
            )

    # ---- rows that are not whole yet ----

    def _change_waiting(self, key: str, changes: list[Change]) -> None:
        if not self.spec.store.grows:
            raise Malformed("这张表不能增加行")
        cells = dict(self.pending[key]) if key in self.pending else self._begun()
        told = []
        for change in changes:
            column = self.standing.column(change.field)
            now, was = self._kept(column, change.now), self._kept(column, change.was)
            before = cells.get(change.field, "")
            saw = key.startswith(NEW) or was == before
            if saw or now == before:
                cells[change.field] = now
                told.append(change)
            else:
                theirs = in_unit(column, before, self.part, self.unit)
                self._answer(change, Outcome.CONFLICT, shown=theirs, theirs=theirs)
        self._complete(key, cells, told)

    def _begun(self) -> Cells:
        return {column.key: column.default for column in self.spec.columns if column.default}

    def _complete(
        self, asked: str, cells: Cells, changes: list[Change], key: str | None = None
    ) -> None:
        """Store a row that has become whole; let one wait that has not."""
        values, faults = whole(self.spec, self.part, cells)
        if not faults:
            fault = self.standing.fault(values, None)
            faults = {fault.field: fault.message} if fault else {}
        if not faults:
            self._store(asked, values, changes, key)
        elif self._says_anything(cells):
            self._wait(asked, cells, changes, faults)
        elif asked in self.pending:
            self.settled.waited[asked] = dict(self.pending[asked])
            self._tell_all(changes, {})

    def _says_anything(self, cells: Cells) -> bool:
        """True where more stands in a row than what it was begun with."""
        begun = self._begun()
        return any(text != begun.get(name, "") for name, text in cells.items() if text)

    def _store(
        self, asked: str, values: dict[str, Any], changes: list[Change], key: str | None
    ) -> None:
        if asked in self.pending:
            self.settled.waited[asked] = dict(self.pending[asked])
        self.settled.made.append(Made(asked, values, key))
        self.standing.put(Row(asked, values))
        for change in changes:
            column = self.standing.column(change.field)
            shown = self.standing.shown(column, values[column.key])
            self._answer(change, Outcome.SAVED, shown=shown, message=self._remark(change))
        self._tell_filled(asked, values, {change.field for change in changes})

    def _tell_filled(self, asked: str, values: Values, told: set[str]) -> None:
        """Answer also for cells that were filled in, which the person did not type and sees."""
        for column in self.spec.columns:
            if column.fill is not None and column.key not in told:
                shown = self.standing.shown(column, values[column.key])
                self.settled.cells.append(CellAnswer(asked, column.key, Outcome.SAME, shown))

    def _wait(
        self, asked: str, cells: Cells, changes: list[Change], faults: Mapping[str, str]
    ) -> None:
        self.settled.waiting[asked] = {name: text for name, text in cells.items() if text}
        self._tell_all(changes, faults)
        told = {change.field for change in changes}
        for name, message in faults.items():
            if name not in told:
                self.settled.cells.append(CellAnswer(asked, name, Outcome.SAME, message=message))

    def _tell_all(self, changes: list[Change], faults: Mapping[str, str]) -> None:
        for change in changes:
            column = self.standing.column(change.field)
            shown = in_unit(column, change.now, self.part, self.unit, of=self.unit)
            message = faults.get(change.field, "")
            self._answer(change, Outcome.SAVED, shown=shown, message=message)

    # ---- what all rows share ----

    def _kept(self, column: Column, text: str) -> str:
        return exactly(column, text, self.part, self.unit)[0]

    def _remark(self, change: Change) -> str:
        """Return what to tell of an amount whose written unit went before the sheet's."""
        if not isinstance(self.standing.column(change.field).kind, Money):
            return ""
        return unit_remark(change.now, self.unit)

    def _answer(
        self,
        change: Change,
        outcome: Outcome,
        *,
        shown: str = "",
        message: str = "",
        theirs: str = "",
    ) -> None:
        self.settled.cells.append(
            CellAnswer(change.row, change.field, outcome, shown, message, theirs)
        )

    def _about_row(self, key: str, outcome: Outcome, message: str = "") -> None:
        self.settled.cells.append(CellAnswer(key, "", outcome, message=message))


def pending_key(pk: int) -> str:
    """Return the key of a pending row."""
    return f"{PENDING}{pk}"
