"""预算绩效目标说明: how much money stands under goals."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.narrative.phrases import body, own, say
from budget.narrative.registry import Piece, paragraph
from budget.remarks import Remarks


@paragraph("performance")
def performance(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say the money of the overall goals: all uses, of them basic and project spending."""
    yield from (own, "所有支出实行绩效管理。", f"纳入{book.year}年", body)
    yield "整体支出绩效目标的金额为"
    yield from (say("spending_total"), "，其中，基本支出", say("basic_spending"))
    yield from ("，项目支出", say("project_spending"), "。")
