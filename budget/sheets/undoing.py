"""Taking a batch back in one step: each cell to what it was, but for what has changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from django.db import transaction

from budget.models import Batch, Edit
from budget.money import YUAN
from budget.sheets.changes import (
    NEW,
    PENDING,
    Answer,
    CellAnswer,
    Change,
    Outcome,
    Removal,
    Restoral,
    Wanted,
)
from budget.sheets.changing import Act, Proposal, apply_all, locked, pending_rows
from budget.sheets.part import Part
from budget.sheets.plans import in_order
from budget.sheets.spec import SHEETS, SheetSpec
from budget.terms import BatchKind

UNDOABLE = frozenset({BatchKind.PASTED, BatchKind.WORKBOOK, BatchKind.LAST_YEAR})


class NotUndoable(ValueError):
    """A batch cannot be taken back; the message says why in Chinese."""


def undo(batch: Batch, part: Part, act: Act) -> list[Answer]:
    """Take back what a batch did in a part, and return what became of each cell.

    What has been changed since stays, and is told as a conflict. The same act sent again has no
    second effect. Raises NotUndoable, and what the act's guard raises.
    """
    with transaction.atomic():
        budget = locked(part.budget)
        act.guard(budget)
        _refuse(batch, part, act)
        back = _Back(Part(budget, part.unit))
        proposals: list[Proposal] = [
            (SHEETS[sheet], list(back.sheet(SHEETS[sheet], edits)))
            for sheet, edits in groupby(_edits(batch, part), lambda edit: edit.sheet)
        ]
        doing = replace(act, kind=BatchKind.UNDO, unit=YUAN, undoes=batch)
        answers = apply_all(back.part, _in_order(proposals), doing)
        return [*answers, *back.stays]


def undoable(part: Part, most: int = 5) -> list[Batch]:
    """Return the last batches of a part that can still be taken back, the latest first."""
    found = Batch.objects.filter(
        budget=part.budget, kind__in=UNDOABLE, undone_by=None, edits__unit=part.unit
    )
    return list(found.select_related("by__account").order_by("-revision").distinct()[:most])


def sheets_in(batch: Batch) -> list[SheetSpec]:
    """Return the sheets that a batch changed."""
    codes = set(batch.edits.values_list("sheet", flat=True))
    return [spec for spec in SHEETS.values() if spec.code in codes]


def _refuse(batch: Batch, part: Part, act: Act) -> None:
    if batch.kind not in UNDOABLE:
        raise NotUndoable(f"“{batch.kind.label}”不能整批撤销")
    undone = Batch.objects.filter(undoes=batch).first()
    if undone is not None and undone.pk != act.id:
        raise NotUndoable("这一批已经撤销过了")
    if batch.budget_id != part.budget.pk or not _edits(batch, part):
        raise NotUndoable("这一批不在这部分预算中")


def _edits(batch: Batch, part: Part) -> list[Edit]:
    """Return a batch's edits, sheet by sheet in the sheets' order and row by row."""
    edits = batch.edits.filter(unit=part.unit).order_by("pk")
    return sorted(edits, key=lambda edit: (SHEETS[edit.sheet].place, edit.sheet, edit.row))


def _in_order(proposals: list[Proposal]) -> list[Proposal]:
    """Return changes to rows that never go by themselves first: a project's texts before it."""
    fixed = [(spec, wanted) for spec, wanted in proposals if not spec.store.grows]
    return [*fixed, *in_order(each for each in proposals if each[0].store.grows)]


@dataclass
class _Back:
    """Makes the changes that lead back."""

    part: Part

    def __post_init__(self) -> None:
        self.stays: list[Answer] = []

    def sheet(self, spec: SheetSpec, edits: Iterable[Edit]) -> Iterator[Wanted]:
        pending = pending_rows(self.part, spec.code)
        for row, some in groupby(edits, lambda edit: edit.row):
            cells = list(some)
            if all(edit.before is None for edit in cells):
                yield from self._made(spec, row, cells, pending.get(row))
            elif all(edit.after is None for edit in cells):
                yield from _taken(row, cells)
            else:
                yield from _changed(row, cells)

    def _made(
        self, spec: SheetSpec, row: str, cells: list[Edit], waiting: dict[str, str] | None
    ) -> Iterator[Wanted]:
        """Take a row away that was made, unless it holds something else by now."""
        texts = {edit.field: edit.after or "" for edit in cells}
        if waiting is not None and waiting != texts:
            answer = CellAnswer(row, "", Outcome.CONFLICT, message="这一行后来又有改动，没有删除")
            self.stays.append(Answer(spec.code, (answer,)))
            return
        yield Removal(row, {name: texts.get(name, "") for name in spec.typed})


def _taken(row: str, cells: list[Edit]) -> Iterator[Wanted]:
    """Bring a row back; one that was not whole becomes a new one that waits again."""
    if row.startswith(PENDING):
        for edit in cells:
            yield Change(f"{NEW}{row}", edit.field, "", edit.before or "")
    else:
        yield Restoral(row, {edit.field: edit.before or "" for edit in cells})


def _changed(row: str, cells: list[Edit]) -> Iterator[Wanted]:
    for edit in cells:
        yield Change(row, edit.field, edit.after or "", edit.before or "")
