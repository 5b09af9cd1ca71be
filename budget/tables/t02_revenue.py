"""部门收入总表: income by source, spread over the functions that it finances (domain §3.2)."""

from __future__ import annotations

from typing import Final

from budget.ledger import where
from budget.questions import APPROPRIATED, CARRIED_OVER, EARNED, OF_THIS_YEAR, REGULAR_ALLOTMENT
from budget.tables.spec import Group, TableSpec, amount, table
from budget.tables.trees import FUNCTION_NAME, FUNCTION_PARTS, by_function
from budget.terms import Source

PARTS: Final = (
    "appropriation",
    "special_account_revenue",
    "business_revenue",
    "grants_from_superior",
    "other_revenue_with_remittances",
    "public_service_revenue",
    "carryover_in",
)

REVENUE: Final = table(
    TableSpec(
        code="revenue",
        title="收入总表",
        columns=(
            *FUNCTION_PARTS,
            FUNCTION_NAME,
            amount("total", "合计", sum_of=PARTS),
            Group(
                "own_level_appropriation",
                "本级财政拨款",
                (
                    amount("appropriation", "金额", OF_THIS_YEAR & APPROPRIATED),
                    amount(
                        "regular_appropriation",
                        "其中:经费拨款",
                        OF_THIS_YEAR & APPROPRIATED & REGULAR_ALLOTMENT,
                    ),
                ),
            ),
            amount(
                "special_account_revenue",
                "财政专户管理事业收入",
                OF_THIS_YEAR & where(source=Source.SPECIAL_ACCOUNT),
            ),
            amount(
                "business_revenue",
                "事业单位经营服务收入",
                OF_THIS_YEAR & where(source=Source.BUSINESS),
            ),
            amount(
                "grants_from_superior",
                "上级补助收入",
                OF_THIS_YEAR & where(source=Source.GRANTS_FROM_SUPERIOR),
            ),
            amount(
                "other_revenue_with_remittances",
                "其他收入",
                OF_THIS_YEAR & where(source=(Source.OTHER, Source.REMITTANCES_FROM_AFFILIATES)),
            ),
            amount(
                "public_service_revenue",
                "事业收入",
                OF_THIS_YEAR & where(source=Source.PUBLIC_SERVICE),
            ),
            amount("carryover_in", "上年结转", CARRIED_OVER),
        ),
        rows=by_function(EARNED),
    )
)
