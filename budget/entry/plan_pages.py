"""A plan as people read it before they confirm: row by row, each cell before and after.

A plan has thousands of rows, so their HTML is put together here and not in a template. Everything
that comes from people is escaped; nothing else is put together from texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from budget.money import MoneyUnit
from budget.sheets.kinds import Code
from budget.sheets.part import Part
from budget.sheets.plans import CellPlan, Plan, RowPlan, SheetPlan, Verdict
from budget.sheets.spec import Column, SheetSpec
from budget.spellings import Unreadable

MOST_ROWS = 1_000
"""Rows of a sheet that are listed one by one; what needs somebody's eye always is."""
NEEDS_AN_EYE = frozenset({Verdict.REJECTED, Verdict.CONFLICT})
NOTHING = '<span class="nothing">（空）</span>'
MARKS = {
    Verdict.NEW: "＋",
    Verdict.CHANGED: "△",
    Verdict.REMOVED: "－",
    Verdict.CONFLICT: "⇄",
    Verdict.REJECTED: "×",
    Verdict.SAME: "＝",
}
MINE = "mine"
ALL_MINE = "all"


@dataclass(frozen=True)
class SheetShown:
    """One sheet of a plan: its columns, and its rows as HTML."""

    plan: SheetPlan
    columns: tuple[Column, ...]
    rows: SafeString
    unlisted: int

    @property
    def counts(self) -> list[tuple[str, Verdict, int]]:
        """What becomes of how many rows, with the mark of each."""
        counted = ((MARKS[each], each, self.plan.count(each)) for each in Verdict)
        return [each for each in counted if each[2]]


@dataclass(frozen=True)
class PlanShown:
    """A plan with everything that its page needs."""

    plan: Plan
    sheets: tuple[SheetShown, ...]

    @property
    def quiet(self) -> tuple[SheetPlan, ...]:
        """The sheets in which nothing would change."""
        return tuple(each for each in self.plan.sheets if not each.told)

    @property
    def conflicts(self) -> int:
        """How many rows somebody else has changed."""
        return self.plan.count(Verdict.CONFLICT)

    @property
    def rejected(self) -> int:
        """How many rows cannot be taken."""
        return self.plan.count(Verdict.REJECTED)

    @property
    def can_be_confirmed(self) -> bool:
        """True where confirming may do something."""
        return self.plan.does_anything or bool(self.conflicts)

    @property
    def act(self) -> str:
        """What confirming does, in words: 新增2行、改动1行."""
        kinds = (Verdict.NEW, Verdict.CHANGED, Verdict.REMOVED)
        told = [(each.label, self.plan.count(each)) for each in kinds]
        return "、".join(f"{label}{count}行" for label, count in told if count)


def shown(plan: Plan, part: Part, unit: MoneyUnit) -> PlanShown:
    """Return a plan for its page."""
    return PlanShown(plan, tuple(_shown(each, part, unit) for each in plan.sheets if each.told))


def _shown(sheet: SheetPlan, part: Part, unit: MoneyUnit) -> SheetShown:
    rows = _Rows(sheet.spec, part, unit)
    told = list(_listed(sheet))
    html = mark_safe("".join(map(rows.row, told)))
    return SheetShown(sheet, rows.columns, html, len(sheet.told) - len(told))


def _listed(sheet: SheetPlan) -> Iterator[RowPlan]:
    left = MOST_ROWS
    for row in sheet.told:
        left -= 1
        if left >= 0 or row.verdict in NEEDS_AN_EYE:
            yield row


class _Rows:
    """Makes the rows of one sheet."""

    def __init__(self, spec: SheetSpec, part: Part, unit: MoneyUnit) -> None:
        self.spec, self.part, self.unit = spec, part, unit
        self.columns = tuple(column for column in spec.columns if column.is_for(part))
        self.memory: dict[tuple[str, str], str] = {}

    @cached_property
    def names(self) -> dict[str, str]:
        """What people call the rows."""
        return {} if self.spec.names is None else dict(self.spec.names(self.part))

    def row(self, row: RowPlan) -> str:
        cells = row.by_field
        tds = "".join(self._cell(row, column, cells.get(column.key)) for column in self.columns)
        name = self.names.get(row.key, "")
        place = f"{row.incoming.place}{'　' if name else ''}{name}"
        return (
            f'<tr class="plan-{row.verdict.value}"><th scope="row">{escape(place)}</th>'
            f"{self._verdict(row)}{tds}</tr>"
        )

    def _verdict(self, row: RowPlan) -> str:
        whole = row.by_field.get("")
        words = [
            row.message,
            whole.message if whole else "",
            row.incoming.by,
            *row.incoming.remarks,
        ]
        small = "".join(f"<small>{escape(each)}</small>" for each in words if each)
        asks = self._asks(row, "") if whole and whole.verdict is Verdict.CONFLICT else ""
        return (
            f'<td class="plan-verdict"><b>{MARKS[row.verdict]} {row.verdict.label}</b>'
            f"{small}{asks}</td>"
        )

    def _cell(self, row: RowPlan, column: Column, cell: CellPlan | None) -> str:
        kind = column.kind.name
        if cell is None or row.verdict is Verdict.REMOVED:
            return f'<td class="{kind}">{self._text(column, row.texts.get(column.key, ""))}</td>'
        return (
            f'<td class="{kind} cell-{cell.verdict.value}">{self._change(row, column, cell)}</td>'
        )

    def _change(self, row: RowPlan, column: Column, cell: CellPlan) -> str:
        after = self._text(column, cell.after) or NOTHING
        before = self._text(column, cell.before) or NOTHING
        if row.verdict is Verdict.REJECTED and cell.verdict is not Verdict.REJECTED:
            return after  # nothing of the row is taken
        if cell.verdict is Verdict.NEW:
            return f"<ins>{after}</ins>"
        if cell.verdict is Verdict.CHANGED:
            return f"<del>{before}</del> <ins>{after}</ins>"
        if cell.verdict is Verdict.CONFLICT:
            who = f"（{escape(cell.message)}）" if cell.message else ""
            return f"现为{before}{who}<br>导入{after}{self._asks(row, column.key)}"
        typed = escape(cell.after) if cell.after.strip() else ""
        return f'{typed}<small class="cell-message">{escape(cell.message)}</small>'

    def _asks(self, row: RowPlan, field: str) -> str:
        value = escape("|".join((self.spec.code, row.key, field)))
        words = "仍按导入的办" if not field else "用导入的"
        return f'<label><input type="checkbox" name="{MINE}" value="{value}">{words}</label>'

    def _text(self, column: Column, text: str) -> str:
        """Return a text as it was read: 12万 as 120,000.00, a code with its name."""
        asked = (column.key, text)
        if asked not in self.memory:
            self.memory[asked] = escape(self._read(column, text))
        return self.memory[asked]

    def _read(self, column: Column, text: str) -> str:
        kind = column.kind
        try:
            value = kind.read(text, self.part, self.unit)
        except Unreadable:
            return text
        if isinstance(kind, Code):
            return "" if value is None else self.part.codes(kind.scheme).told(value)
        return kind.show(value, self.part, self.unit)
