"""A plan in plain lines, for commands."""

from __future__ import annotations

from collections.abc import Iterator

from budget.sheets.plans import CellPlan, Plan, RowPlan, SheetPlan, Verdict
from budget.sheets.spec import SheetSpec

BLANK = "（空）"


def lines(plan: Plan) -> Iterator[str]:
    """Yield the plan line by line: notes, then sheet by sheet what would become of which row."""
    yield from plan.notes
    for sheet in plan.sheets:
        yield from _sheet(sheet)
    yield counted(plan)


def counted(plan: Plan) -> str:
    """Return how many rows have which verdict, in one line."""
    return "，".join(f"{each.label} {plan.count(each)} 行" for each in Verdict)


def _sheet(sheet: SheetPlan) -> Iterator[str]:
    yield from (f"{sheet.spec.title}：{note}" for note in sheet.notes)
    if not sheet.told:
        return
    counts = "，".join(
        f"{each.label} {sheet.count(each)} 行" for each in Verdict if sheet.count(each)
    )
    yield f"{sheet.spec.title}：{counts}"
    for row in sheet.told:
        yield f"  {row.verdict.label}  {row.incoming.place}{_words(sheet.spec, row)}"
    if sheet.left:
        yield f"  表中还有 {sheet.left} 行未出现在本次数据中，保持不变"


def _words(spec: SheetSpec, row: RowPlan) -> str:
    told = [row.message] if row.message else []
    if row.verdict is not Verdict.REMOVED:
        told += [_cell(spec, cell) for cell in row.cells if cell.verdict is not Verdict.NEW]
    if row.verdict is Verdict.NEW:
        told += [f"{spec.by_key[cell.field].title} {cell.after}" for cell in row.cells]
    return "".join(f"；{each}" if number else f"  {each}" for number, each in enumerate(told))


def _cell(spec: SheetSpec, cell: CellPlan) -> str:
    title = spec.by_key[cell.field].title if cell.field else ""
    before, after = cell.before or BLANK, cell.after or BLANK
    if cell.verdict is Verdict.REJECTED:
        return f"{title} {cell.message}".strip()
    if cell.verdict is Verdict.CONFLICT:
        who = f"（{cell.message}）" if cell.message else ""
        return f"{title} 现为 {before}{who}，导入 {after}" if cell.field else cell.message
    return f"{title} {before} → {after}"
