"""政府采购 with what is reserved for small and medium firms."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.narrative.phrases import own, say
from budget.narrative.registry import Piece, paragraph
from budget.remarks import Remarks


@paragraph("procurement-reserved")
def procurement_reserved(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say planned purchases by class and the amounts reserved, zero or not."""
    yield f"{book.year}年度"
    yield from (own, "政府采购预算", say("procurement"), "，其中：")
    yield from ("政府采购货物预算", say("procurement_goods"), "、")
    yield from ("政府采购工程预算", say("procurement_works"), "、")
    yield from ("政府采购服务预算", say("procurement_services"), "。")
    yield from ("面向中小企业预留政府采购项目预算", say("procurement_reserved"), "，其中：")
    yield from ("预留给小型和微型企业的项目预算", say("procurement_reserved_small"), "。")
