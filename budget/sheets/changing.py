"""The only writer of what is entered: lock, permission, comparison, rows, edits, all or nothing.

Each act of saving is a batch known by a UUID. The same batch sent again has no second effect and
gets the first answer; so a lost answer, a double click or a reloaded page can do no harm.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from budget.audit.recording import record
from budget.models import (
    Batch,
    DepartmentBudget,
    Edit,
    PendingRow,
    ProposedCode,
    UnitBudget,
    name_of,
)
from budget.money import YUAN, MoneyUnit
from budget.sheets.changes import Answer, CellAnswer, Outcome, Wanted
from budget.sheets.kinds import EXACT, Code
from budget.sheets.part import Part
from budget.sheets.settling import Cells, Settled, pending_key, settle
from budget.sheets.spec import Row, SheetSpec, Values, growing
from budget.terms import BatchKind, State

Guard = Callable[[DepartmentBudget], None]
"""Raises where a person may not write to a budget as it is now, under the lock."""


class ReusedBatch(ValueError):
    """A batch's UUID was used before for something else."""

    def __init__(self) -> None:
        super().__init__("这一批次号已经用于另一次保存，请刷新页面后重试")


@dataclass(frozen=True, slots=True)
class Act:
    """Who saves, how, under which UUID, and in which unit amounts were typed.

    ``guard`` is asked under the lock whether he may.
    """

    id: UUID
    by: User
    guard: Guard
    kind: BatchKind = BatchKind.TYPED
    unit: MoneyUnit = YUAN
    undoes: Batch | None = None


OUTCOMES = {each.value: each for each in Outcome}
Proposal = tuple[SheetSpec, Sequence[Wanted]]
Step = tuple[SheetSpec, Callable[[Part], Sequence[Wanted]]]
"""A sheet, and what works out what is wanted of it once the steps before are written."""


def apply(part: Part, spec: SheetSpec, wanted: Sequence[Wanted], act: Act) -> Answer:
    """Make the wanted changes in one sheet and return what became of each.

    Raises Malformed, ReusedBatch and what the guard raises; nothing is written then.
    """
    [answer] = apply_all(part, [(spec, wanted)], act)
    return answer


def apply_all(part: Part, proposals: Sequence[Proposal], act: Act) -> list[Answer]:
    """Make changes in several sheets as one batch, in the order of the sheets."""
    steps = [(spec, partial(_as_given, wanted)) for spec, wanted in proposals]
    return apply_steps(part, steps, act, digest_of(part, proposals, act))


def _as_given(wanted: Sequence[Wanted], part: Part) -> Sequence[Wanted]:
    return wanted


def apply_steps(part: Part, steps: Sequence[Step], act: Act, asked: str) -> list[Answer]:
    """Make changes of which some are worked out only when others are written, as one batch.

    What is wanted of a new project's texts needs the project's key. ``asked`` is the digest of
    what the batch asks for.
    """
    with transaction.atomic():
        budget = locked(part.budget)
        act.guard(budget)
        before = Batch.objects.filter(pk=act.id).first()
        if before is not None:
            return _answered(before, asked)
        part = replace(part, budget=budget)
        answers = [_written(part, spec, wanted(part), act) for spec, wanted in steps]
        return _recorded(part, answers, act, asked)


def locked(budget: DepartmentBudget) -> DepartmentBudget:
    """Return a budget as it is now, locked until the transaction ends.

    SQLite has no row locks: its transactions are IMMEDIATE and exclude each other from the start.
    """
    locking = DepartmentBudget.everything.select_for_update(of=("self",))
    return locking.select_related("year", "department").get(pk=budget.pk)


def digest_of(part: Part, proposals: Sequence[Proposal], act: Act) -> str:
    """Return the digest of what a batch asks for."""
    asked = {
        "part": part.code,
        "budget": part.budget.pk,
        "by": act.by.pk,
        "unit": act.unit.label,
        "sheets": [[spec.code, [asdict(each) for each in wanted]] for spec, wanted in proposals],
    }
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _answered(batch: Batch, asked: str) -> list[Answer]:
    if batch.asked != asked:
        raise ReusedBatch
    return [answer_from(told) for told in batch.answer]


def answer_from(told: dict[str, Any]) -> Answer:
    """Return an answer that was kept."""
    cells = (CellAnswer(**{**cell, "outcome": OUTCOMES[cell["outcome"]]}) for cell in told["cells"])
    return Answer(told["sheet"], tuple(cells), told["rows"], told["totals"], told["revision"])


# ---- one sheet ----


@dataclass(frozen=True, slots=True)
class _Written:
    answer: Answer
    edits: tuple[Edit, ...]


def pending_rows(part: Part, sheet: str) -> dict[str, Cells]:
    """Return the pending rows of a sheet by key, in the order in which they were begun."""
    found = PendingRow.objects.filter(**part.belonging, sheet=sheet).order_by("pk")
    return {pending_key(pk): cells for pk, cells in found.values_list("pk", "cells")}


def _written(part: Part, spec: SheetSpec, wanted: Sequence[Wanted], act: Act) -> _Written:
    settled = settle(spec, part, wanted, pending=pending_rows(part, spec.code), unit=act.unit)
    keys, edits = _write(part, settled, act)
    cells = tuple(_with_names(part, spec, settled.cells))
    answer = Answer(spec.code, cells, keys, settled.totals)
    return _Written(answer, tuple(edits))


def _write(part: Part, settled: Settled, act: Act) -> tuple[dict[str, str], list[Edit]]:
    """Write what was settled. Return new keys by old, and the edits."""
    spec, keys, edits = settled.spec, {}, []
    log = _Log(part, spec)
    if settled.removed:
        growing(spec).delete(part, [row.key for row in settled.removed])
        edits += [edit for row in settled.removed for edit in log.row(row.key, row.values, None)]
    if settled.updated:
        spec.store.update(part, [after for _, after in settled.updated])
        edits += [edit for pair in settled.updated for edit in log.difference(*pair)]
    if settled.made:
        stored = growing(spec).create(
            part, [made.values for made in settled.made], [made.key for made in settled.made]
        )
        for made, key in zip(settled.made, stored, strict=True):
            keys[made.asked] = key
            edits += log.row(key, None, made.values)
    edits += _write_waiting(part, settled, keys, log)
    _propose(part, settled, act)
    part.forget_projects()
    return keys, edits


def _write_waiting(part: Part, settled: Settled, keys: dict[str, str], log: _Log) -> Iterator[Edit]:
    """Write pending rows and take away those that are whole or gone."""
    for asked, cells in settled.waiting.items():
        if asked.startswith("p"):
            PendingRow.objects.filter(pk=int(asked[1:])).update(cells=cells)
            continue
        row = PendingRow.objects.create(**part.belonging, sheet=settled.spec.code, cells=cells)
        _not_complete(part)
        keys[asked] = pending_key(row.pk)
        yield from log.texts(keys[asked], None, cells)
    for key, cells in settled.waited.items():
        PendingRow.objects.filter(pk=int(key[1:])).delete()
        yield from log.texts(key, cells, None)


def _not_complete(part: Part) -> None:
    """Take back that a unit's part is entered: what is entered has no pending row."""
    UnitBudget.objects.filter(**part.belonging, complete=True).update(complete=False)


def _propose(part: Part, settled: Settled, act: Act) -> None:
    """Keep the names of codes that the list lacks, as far as rows use them."""
    columns = [column for column in settled.spec.columns if isinstance(column.kind, Code)]
    rows: list[Values] = [made.values for made in settled.made]
    rows += [after.values for _, after in settled.updated]
    for column in columns:
        scheme = column.kind.scheme  # type: ignore[attr-defined]
        for code in sorted({values[column.key] for values in rows if values[column.key]}):
            name = part.proposals.get((scheme, code))
            if name is not None:
                ProposedCode.objects.get_or_create(
                    budget=part.budget,
                    scheme=scheme,
                    code=code,
                    defaults={"name": name, "proposed_by": act.by},
                )


def _with_names(part: Part, spec: SheetSpec, cells: Iterable[CellAnswer]) -> Iterator[CellAnswer]:
    """Yield the answers, in conflicts with the name of who changed the cell last."""
    for cell in cells:
        if cell.outcome is Outcome.CONFLICT and cell.field:
            yield replace(cell, by=last_editor(part, spec.code, cell.row, cell.field))
        else:
            yield cell


def last_editor(part: Part, sheet: str, row: str, field: str) -> str:
    """Return the name of who changed a cell last, "" where nobody did since it was loaded."""
    edits = Edit.objects.filter(**part.belonging, sheet=sheet, row=row, field=field)
    last = edits.select_related("batch__by").order_by("-pk").first()
    return "" if last is None else name_of(last.batch.by)


@dataclass(frozen=True, slots=True)
class _Log:
    """Makes edits: the texts of cells before and after, amounts in 元."""

    part: Part
    spec: SheetSpec

    def row(self, key: str, before: Values | None, after: Values | None) -> list[Edit]:
        """Return the edits of a row that came or went: its cells that are not blank."""
        return self.texts(
            key,
            None if before is None else self._texts(before),
            None if after is None else self._texts(after),
        )

    def texts(self, key: str, before: Cells | None, after: Cells | None) -> list[Edit]:
        """Return the edits of a row that came or went, from its texts."""
        if before is None:
            return [self._edit(key, name, None, text) for name, text in _filled(after or {})]
        return [self._edit(key, name, text, None) for name, text in _filled(before)]

    def difference(self, before: Row, after: Row) -> list[Edit]:
        """Return the edits of a row that stayed."""
        old, new = self._texts(before.values), self._texts(after.values)
        return [
            self._edit(after.key, name, old[name], new[name])
            for name in old
            if before.values[name] != after.values[name]
        ]

    def _texts(self, values: Values) -> Cells:
        return {
            column.key: column.kind.show(values[column.key], self.part, EXACT)
            for column in self.spec.columns
        }

    def _edit(self, row: str, name: str, before: str | None, after: str | None) -> Edit:
        return Edit(
            **self.part.belonging,
            sheet=self.spec.code,
            row=row,
            field=name,
            before=before,
            after=after,
        )


def _filled(cells: Cells) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, text in cells.items() if text)


# ---- the batch ----


def _recorded(part: Part, written: Sequence[_Written], act: Act, asked: str) -> list[Answer]:
    """Keep the batch with its edits, count the budget on, and return the answers."""
    edits = [edit for each in written for edit in each.edits]
    revision = counted_on(part.budget) if edits else part.budget.revision
    answers = [replace(each.answer, revision=revision) for each in written]
    if not edits:
        return answers
    batch = Batch.objects.create(
        id=act.id,
        budget=part.budget,
        kind=act.kind,
        by=act.by,
        asked=asked,
        answer=[answer.as_json() for answer in answers],
        revision=revision,
        undoes=act.undoes,
    )
    for edit in edits:
        edit.batch = batch
    Edit.objects.bulk_create(edits, batch_size=500)
    record(
        f"budget.enter_{act.kind.value}",
        by=act.by,
        subject=f"{part.code}/{part.budget.year_id}",
        detail={"batch": act.id, "revision": revision, "cells": len(edits)},
    )
    return answers


def counted_on(budget: DepartmentBudget) -> int:
    """Count a budget's revision on; the first edit of an opened budget makes it a draft."""
    state = State.DRAFT if budget.state is State.OPEN else budget.state
    DepartmentBudget.objects.filter(pk=budget.pk).update(revision=F("revision") + 1, state=state)
    return budget.revision + 1
