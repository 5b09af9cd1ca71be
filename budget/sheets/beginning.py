"""Beginning with last year: what a part would take over, and taking it over as one batch.

Only what is blank is filled: a sheet of rows that has none yet, a cell in which nothing stands. So
nobody's work is overwritten, and beginning a second time with amounts adds only the amounts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from budget.models import Batch, PendingRow
from budget.money import YUAN
from budget.sheets.bringing import BRINGERS, Bringer, Brought
from budget.sheets.changes import NEW, Answer, Change, Wanted
from budget.sheets.changing import Act, Step, apply_steps
from budget.sheets.kinds import EXACT, Option
from budget.sheets.last_year import LastYear
from budget.sheets.part import Part
from budget.sheets.spec import Column, SheetSpec, sheets_of
from budget.terms import BatchKind


class NothingBrought(ValueError):
    """There is nothing to take over; the message says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What one sheet would take over: so many rows. ``held`` rows keep it from taking any."""

    spec: SheetSpec
    rows: int
    is_money: bool
    held: int = 0


def offered(part: Part, last: LastYear, sheets: Iterable[SheetSpec]) -> list[Offered]:
    """Return what each of the sheets would take over, in their order."""
    return [
        Offered(
            spec,
            len(list(bringer.rows(last, part))),
            bringer.is_money,
            _held(part, spec) if spec.store.grows else 0,
        )
        for spec, bringer in _bringers(sheets)
    ]


def begin(
    part: Part, last: LastYear, act: Act, *, sheets: Iterable[SheetSpec], with_amounts: bool
) -> list[Answer]:
    """Take over what the sheets take of last year, and return what became of each cell.

    Spending, revenue and registers with money come only ``with_amounts``. Raises NothingBrought,
    ReusedBatch and what the act's guard raises.
    """
    chosen = [
        (spec, bringer)
        for spec, bringer in _bringers(sheets)
        if with_amounts or not bringer.is_money
    ]
    doing = replace(act, kind=BatchKind.LAST_YEAR, unit=YUAN)
    asked = _digest(part, last, doing, [spec.code for spec, _ in chosen])
    answers = apply_steps(part, list(_steps(chosen, last)), doing, asked)
    if not any(answer.cells for answer in answers):
        raise NothingBrought("没有可以沿用的内容：上年没有这些数据，或本年已经填写")
    return answers


def begun_with(part: Part) -> list[Batch]:
    """Return the batches by which a part took over last year and that still stand, latest first."""
    found = Batch.objects.filter(
        budget=part.budget, kind=BatchKind.LAST_YEAR, undone_by=None, edits__unit=part.unit
    )
    return list(found.select_related("by__account").order_by("-revision").distinct())


def beginning_sheets(part: Part) -> list[SheetSpec]:
    """Return the sheets of a part that take something over, in their order."""
    return [spec for spec in sheets_of(part.scope) if spec.code in BRINGERS]


def _bringers(sheets: Iterable[SheetSpec]) -> Iterator[tuple[SheetSpec, Bringer]]:
    for spec in sheets:
        if spec.code in BRINGERS:
            yield spec, BRINGERS[spec.code]


def _held(part: Part, spec: SheetSpec) -> int:
    """Return how many rows a sheet has, whole or not."""
    waiting = PendingRow.objects.filter(**part.belonging, sheet=spec.code).count()
    return len(spec.store.read(part)) + waiting


def _digest(part: Part, last: LastYear, act: Act, sheets: Sequence[str]) -> str:
    asked = ["begin", part.code, part.budget.pk, act.by.pk, last.ident, *sheets]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


# ---- what is wanted of each sheet, worked out under the lock ----


def _steps(chosen: Iterable[tuple[SheetSpec, Bringer]], last: LastYear) -> Iterator[Step]:
    for spec, bringer in chosen:
        kept = spec if bringer.store is None else replace(spec, store=bringer.store(last))
        yield kept, partial(_wanted, kept, bringer, last)


def _wanted(spec: SheetSpec, bringer: Bringer, last: LastYear, part: Part) -> list[Wanted]:
    rows = bringer.rows(last, part)
    if not spec.store.grows:
        return list(_filled(spec, rows, part))
    return [] if _held(part, spec) else list(_added(spec, rows, part))


def _added(spec: SheetSpec, rows: Iterable[Brought], part: Part) -> Iterator[Wanted]:
    """Yield the cells of new rows; a blank one is told where a new row would begin otherwise."""
    for number, row in enumerate(rows, start=1):
        for column in _columns(spec, part):
            text = _text(column, row.values.get(column.key), part)
            if text or column.default:
                yield Change(f"{NEW}{number}", column.key, "", text)


def _filled(spec: SheetSpec, rows: Iterable[Brought], part: Part) -> Iterator[Wanted]:
    """Yield the cells of rows that are always there, as far as nothing stands in them."""
    stored = {row.key: row.values for row in spec.store.read(part)}
    for row in rows:
        key = str(part.projects[row.project].pk) if row.project in part.projects else row.row
        for column in _columns(spec, part):
            text = _text(column, row.values.get(column.key), part)
            if text and key in stored and stored[key][column.key] is None:
                yield Change(key, column.key, "", text)


def _columns(spec: SheetSpec, part: Part) -> Iterator[Column]:
    return (each for each in spec.columns if each.is_for(part) and not each.locked)


def _text(column: Column, value: Any, part: Part) -> str:
    """Return a cell as it would be typed: a choice among the part's own by its stored word."""
    if isinstance(column.kind, Option):
        return value or ""
    return column.kind.show(value, part, EXACT)
