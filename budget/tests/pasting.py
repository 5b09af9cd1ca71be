"""Pasting and confirming, as an accountant of a small department does it, for tests."""

from __future__ import annotations

from typing import Any

from budget.sheets.changes import Answer
from budget.sheets.offers import confirm, offer, unsigned
from budget.sheets.pasting import Anchor, pasted
from budget.sheets.planning import Mine, plan
from budget.sheets.plans import Plan, RowPlan, Verdict
from budget.sheets.spec import SHEETS
from budget.terms import BatchKind
from budget.tests.filling import Accountant


def block(*lines: str) -> str:
    """Return a block as the clipboard has it, cells given with | between them."""
    return "".join("\t".join(line.split("|")) + "\r\n" for line in lines)


def preview(accountant: Accountant, sheet: str, *lines: str, **anchor: str) -> Plan:
    """Return what pasting a block would do."""
    part, spec = accountant.part, SHEETS[sheet]
    given = pasted(spec, part, block(*lines), Anchor(**anchor), accountant.money)
    return plan(part, [given], accountant.money)


def offered(accountant: Accountant, shown: Plan, kind: BatchKind = BatchKind.PASTED) -> str:
    """Return the offer that the page of a plan carries."""
    return offer(accountant.part, accountant.user.pk, kind, accountant.money, shown).signed()


def confirmed(accountant: Accountant, carried: str, mine: Mine = ()) -> list[Answer]:
    """Confirm what a page carried."""
    part = accountant.part
    return confirm(part, unsigned(carried, part, accountant.user.pk), accountant.act(), mine)


def paste(accountant: Accountant, sheet: str, *lines: str, **anchor: str) -> list[Answer]:
    """Paste and confirm at once."""
    return confirmed(accountant, offered(accountant, preview(accountant, sheet, *lines, **anchor)))


def rows(shown: Plan) -> list[RowPlan]:
    """Return the rows of a plan for one sheet."""
    [sheet] = shown.sheets
    return list(sheet.rows)


def verdicts(shown: Plan) -> list[Verdict]:
    """Return what would become of each row."""
    return [row.verdict for row in rows(shown)]


def reasons(row: RowPlan) -> dict[str, Any]:
    """Return by column why a row is rejected."""
    told = {cell.field: cell.message for cell in row.cells if cell.verdict is Verdict.REJECTED}
    return {**told, **({"": row.message} if row.message else {})}
