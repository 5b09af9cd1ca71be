"""Planning: rows from outside compared with what is stored, cell by cell; nothing is written.

Whether a row can be taken is judged by the same code that writes (`settling.settle`), so that what
is shown is what will be done. A row of which one cell cannot be taken is rejected as a whole; rows
that the data lacks stay.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from budget.money import MoneyUnit
from budget.sheets.changes import NEW, CellAnswer, Change, Outcome, Removal, Wanted
from budget.sheets.changing import last_editor, pending_rows
from budget.sheets.matching import Match, match
from budget.sheets.part import Part
from budget.sheets.plans import CellPlan, Incoming, Plan, RowPlan, SheetPlan, Verdict
from budget.sheets.settling import Cells, Settled, settle
from budget.sheets.spec import Column, SheetSpec
from budget.sheets.texts import Texts

Mine = Collection[tuple[str, str, str]]
"""Conflicts (sheet, row, field) in which the incoming text is wanted; the field of a row is ""."""
ROW = ""
GONE = "这一行已在网页上删除"
NO_ROWS = "这张表的行是固定的，找不到对应的行；如属新项目，请先导入项目，再导入一次"
LOCKED = "这一栏不在这张表中填写"


@dataclass(frozen=True, slots=True)
class Given:
    """What comes in for one sheet.

    ``same`` rows came in too and are left out here, since nobody touched them; ``present`` are the
    stored rows that they are about. ``absent`` is how many rows of the sheet do not come in, None
    where that is to be counted.
    """

    spec: SheetSpec
    rows: tuple[Incoming, ...]
    same: int = 0
    present: frozenset[str] = frozenset()
    absent: int | None = None
    notes: tuple[str, ...] = ()


def plan(
    part: Part,
    given: Sequence[Given],
    unit: MoneyUnit,
    mine: Mine = (),
    notes: tuple[str, ...] = (),
) -> Plan:
    """Return what the rows would do, sheet by sheet in the sheets' order."""
    texts = Texts(part, unit)
    ordered = sorted(given, key=lambda each: each.spec.place)
    return Plan(tuple(_Planning(part, each, texts, mine).done() for each in ordered), notes)


@dataclass
class _Row:
    """A row while it is being planned."""

    incoming: Incoming
    key: str
    stored: Mapping[str, str] | None
    cells: dict[str, CellPlan] = field(default_factory=dict)
    message: str = ""
    removes: bool = False

    @property
    def is_rejected(self) -> bool:
        return bool(self.message) or self._has(Verdict.REJECTED)

    def _has(self, verdict: Verdict) -> bool:
        return any(cell.verdict is verdict for cell in self.cells.values())

    @property
    def verdict(self) -> Verdict:
        if self.is_rejected:
            return Verdict.REJECTED
        if self._has(Verdict.CONFLICT):
            return Verdict.CONFLICT
        if self.removes:
            return Verdict.REMOVED
        if not self.cells:
            return Verdict.SAME
        return Verdict.NEW if self.stored is None else Verdict.CHANGED


class _Planning:
    """Plans one sheet."""

    def __init__(self, part: Part, given: Given, texts: Texts, mine: Mine) -> None:
        self.part, self.given, self.spec, self.texts = part, given, given.spec, texts
        self.mine = {(row, name) for sheet, row, name in mine if sheet == given.spec.code}
        self.pending = pending_rows(part, self.spec.code)
        self.columns = {each.key: each for each in self.spec.columns if each.is_for(part)}

    @cached_property
    def stored(self) -> dict[str, dict[str, str]]:
        """The texts of stored and pending rows by key, in the unit, in the order of the page."""
        unit = self.texts.unit
        rows = {
            row.key: self.texts.of_values(self.spec, row.values, unit)
            for row in self.spec.store.read(self.part)
        }
        waiting = {
            key: self.texts.of_pending(self.spec, cells) for key, cells in self.pending.items()
        }
        return {**rows, **waiting}

    def done(self) -> SheetPlan:
        rows = [self._row(each, number) for number, each in enumerate(self._matched(), start=1)]
        wanted = self._settled(rows)
        told = tuple(self._told(row) for row in rows)
        given = self.given
        return SheetPlan(
            self.spec, told, tuple(wanted), given.same, self._left(rows), given.present, given.notes
        )

    def _left(self, rows: Sequence[_Row]) -> int:
        if self.given.absent is not None:
            return self.given.absent
        known = {row.key for row in rows if row.stored is not None}
        return len(self.stored.keys() - known - self.given.present)

    # ---- which row is meant ----

    def _matched(self) -> Iterator[Incoming]:
        keyless = {
            number: self._identity(each)
            for number, each in enumerate(self.given.rows)
            if not each.key
        }
        named = self.given.present | {each.key for each in self.given.rows if each.key}
        free = {key: self._exact(texts) for key, texts in self.stored.items() if key not in named}
        present = {name for each in self.given.rows for name in each.cells}
        found = match(self.spec, keyless, free, present) if keyless and free else {}
        for number, each in enumerate(self.given.rows):
            hit = found.get(number)
            yield each if hit is None else _recognised(each, hit)

    def _identity(self, incoming: Incoming) -> dict[str, str]:
        """Return the exact texts of a row; a blank cell means what a new row begins with."""
        return {
            name: self.texts.exact(self.spec, column, incoming.cells[name] or column.default)
            for name, column in self.columns.items()
            if name in incoming.cells
        }

    def _exact(self, texts: Mapping[str, str]) -> dict[str, str]:
        return {
            name: self.texts.exact(self.spec, column, texts[name])
            for name, column in self.columns.items()
        }

    # ---- what its cells would do ----

    def _row(self, incoming: Incoming, number: int) -> _Row:
        stored = self.stored.get(incoming.key) if incoming.key else None
        row = _Row(incoming, incoming.key if stored is not None else f"{NEW}{number}", stored)
        for name, reason in incoming.faults.items():
            row.cells[name] = CellPlan(name, Verdict.REJECTED, message=reason)
        if incoming.faults:
            return row
        if stored is not None:
            self._compare(row, stored)
        elif incoming.remove:
            pass  # it is gone already
        elif not self.spec.store.grows:
            row.message = NO_ROWS
        elif incoming.key and (row.key, ROW) not in self.mine:
            row.cells[ROW] = CellPlan(ROW, Verdict.CONFLICT, message=GONE)
        else:
            self._begin(row)
        return row

    def _begin(self, row: _Row) -> None:
        for name, column in self.columns.items():
            text = row.incoming.cells.get(name, "")
            if text.strip() and column.locked:
                row.cells[name] = CellPlan(name, Verdict.REJECTED, after=text, message=LOCKED)
            elif text.strip():
                row.cells[name] = CellPlan(name, Verdict.NEW, after=text)

    def _compare(self, row: _Row, stored: Mapping[str, str]) -> None:
        if row.incoming.remove:
            self._take_away(row, stored)
            return
        for name, column in self.columns.items():
            if name in row.incoming.cells:
                cell = self._cell(row, column, stored[name])
                if cell is not None:
                    row.cells[name] = cell

    def _cell(self, row: _Row, column: Column, before: str) -> CellPlan | None:
        """Return what a cell of a stored row would do, None where it stays."""
        incoming, name = row.incoming, column.key
        after = incoming.cells[name]
        was = before if incoming.seen is None else incoming.seen.get(name, "")
        now = self.texts.exact(self.spec, column, after)
        if column.fill is not None and not after.strip() and not was.strip():
            return None
        saw, stands = (self.texts.exact(self.spec, column, each) for each in (was, before))
        if now in (saw, stands):
            return None
        if column.locked:
            return CellPlan(name, Verdict.REJECTED, before, after, was, LOCKED)
        fault = self.texts.fault(self.spec, column, after)
        if fault:
            return CellPlan(name, Verdict.REJECTED, before, after, was, fault)
        if saw == stands or (row.key, name) in self.mine:
            return CellPlan(name, Verdict.CHANGED, before, after, was)
        who = last_editor(self.part, self.spec.code, row.key, name)
        return CellPlan(name, Verdict.CONFLICT, before, after, was, who)

    def _take_away(self, row: _Row, stored: Mapping[str, str]) -> None:
        if not self.spec.store.grows:
            row.message = "这张表的行不能删除"
            return
        seen = row.incoming.seen or {}
        changed = [
            column.title
            for name, column in self.columns.items()
            if name in seen
            and self.texts.exact(self.spec, column, seen[name])
            != self.texts.exact(self.spec, column, stored[name])
        ]
        if changed and (row.key, ROW) not in self.mine:
            message = f"要删除的这一行，{'、'.join(changed)}已在网页上改动"
            row.cells[ROW] = CellPlan(ROW, Verdict.CONFLICT, message=message)
        else:
            row.removes = True

    # ---- whether it can be done ----

    def _settled(self, rows: Sequence[_Row]) -> list[Wanted]:
        """Return the changes that can be made, after rejecting the rows that cannot."""
        while True:
            by_key = {row.key: row for row in rows if not row.is_rejected}
            wanted = [each for row in by_key.values() for each in self._wanted(row)]
            if not wanted:
                return []
            coming = set(self.part.coming)
            settled = settle(
                self.spec, self.part, wanted, pending=self.pending, unit=self.texts.unit
            )
            refused = list(_refused(settled))
            if not refused:
                return wanted
            self.part.coming.clear()
            self.part.coming.update(coming)
            for answer in refused:
                _reject(by_key[answer.row], answer)

    def _wanted(self, row: _Row) -> Iterator[Wanted]:
        if row.removes:
            stored = row.stored or {}
            yield Removal(row.key, {name: stored[name] for name in self.spec.typed})
            return
        for cell in row.cells.values():
            if cell.verdict in (Verdict.NEW, Verdict.CHANGED):
                yield Change(row.key, cell.field, cell.before, cell.after)

    # ---- how it is told ----

    def _told(self, row: _Row) -> RowPlan:
        begun = {} if row.stored is not None else self._defaults()
        texts = {**(row.stored or begun)}
        for name, text in row.incoming.cells.items():
            cell = row.cells.get(name)
            if cell is not None and cell.verdict is not Verdict.CONFLICT:
                texts[name] = text
        # From now on the row knows which stored row it means, and what was seen there.
        incoming = row.incoming
        if row.stored is not None and incoming.seen is None:
            incoming = replace(incoming, key=row.key, seen=dict(row.stored))
        return RowPlan(
            incoming, row.key, row.verdict, texts, tuple(row.cells.values()), row.message
        )

    def _defaults(self) -> Cells:
        return {name: column.default for name, column in self.columns.items()}


def _recognised(incoming: Incoming, hit: Match) -> Incoming:
    among = f"（{hit.among}行相同，按次序对应）" if hit.among > 1 else ""
    return replace(incoming, key=hit.key, by=f"按{hit.by}对应{among}")


def _refused(settled: Settled) -> Iterator[CellAnswer]:
    """Yield what keeps rows from being written whole."""
    for cell in settled.cells:
        waits = cell.row in settled.waiting and bool(cell.message)
        if waits or cell.outcome in (Outcome.REFUSED, Outcome.CONFLICT):
            yield cell


def _reject(row: _Row, answer: CellAnswer) -> None:
    if not answer.field:
        row.message = answer.message
        return
    cell = row.cells.get(answer.field) or CellPlan(answer.field, Verdict.REJECTED)
    row.cells[answer.field] = replace(cell, verdict=Verdict.REJECTED, message=answer.message)
