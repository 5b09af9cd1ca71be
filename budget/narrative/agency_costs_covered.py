"""机关运行经费 with the number of units that it covers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from budget.book import BudgetBook
from budget.narrative.phrases import count, own, say
from budget.narrative.registry import Piece, paragraph
from budget.remarks import Remarks
from budget.tally import tally
from budget.terms import AGENCY_TYPES, Scope, UnitType

AGENCIES: Final = tally("units", type=UnitType.ADMINISTRATIVE, merged=False)
MANAGED: Final = tally("units", type=UnitType.CIVIL_SERVICE_MANAGED, merged=False)
"""Units that have a budget of their own, by type."""


@paragraph("agency-costs-covered")
def agency_costs_covered(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say the amount and how many 机关 and 参公 units it is for, or that there is none."""
    yield f"{book.year}年"
    yield own
    if not any(unit.type in AGENCY_TYPES for unit in book.budget_units):
        yield "没有机关和参照公务员法管理的事业单位，无机关运行经费。"
        return
    if book.scope is Scope.DEPARTMENT:
        yield from ("下属", count("agencies", AGENCIES), "家机关和")
        yield from (count("managed_units", MANAGED), "家参公事业单位")
    yield from ("财政拨款的机关运行经费预算为", say("agency_operating_costs"), "。")
