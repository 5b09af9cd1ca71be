"""What comes in, by source. Appropriations are shown together in tables, apart in sentences."""

from __future__ import annotations

from typing import Final

from budget.ledger import where
from budget.measures.registry import measure
from budget.questions import (
    APPROPRIATED,
    CARRIED_OVER,
    EARNED,
    EARNED_THIS_YEAR,
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    REGULAR_ALLOTMENT,
    STATE_CAPITAL,
)
from budget.terms import Source

REVENUE_TOTAL: Final = measure("revenue_total", "收入总计", EARNED)
CURRENT_REVENUE: Final = measure("current_revenue", "本年收入合计", EARNED_THIS_YEAR)
CARRYOVER_IN: Final = measure("carryover_in", "上年结转", EARNED & CARRIED_OVER)

APPROPRIATION: Final = measure("appropriation", "本级财政拨款收入", EARNED_THIS_YEAR & APPROPRIATED)
REGULAR_APPROPRIATION: Final = measure(
    "regular_appropriation",
    "经费拨款",
    EARNED_THIS_YEAR & APPROPRIATED & REGULAR_ALLOTMENT,
)
GENERAL_PUBLIC_APPROPRIATION: Final = measure(
    "general_public_appropriation", "一般公共预算拨款", EARNED_THIS_YEAR & GENERAL_PUBLIC
)
GOVERNMENT_FUND_APPROPRIATION: Final = measure(
    "government_fund_appropriation", "政府性基金预算拨款", EARNED_THIS_YEAR & GOVERNMENT_FUND
)
STATE_CAPITAL_APPROPRIATION: Final = measure(
    "state_capital_appropriation", "国有资本经营预算拨款", EARNED_THIS_YEAR & STATE_CAPITAL
)
SPECIAL_ACCOUNT_REVENUE: Final = measure(
    "special_account_revenue",
    "财政专户管理事业收入",
    EARNED_THIS_YEAR & where(source=Source.SPECIAL_ACCOUNT),
)
BUSINESS_REVENUE: Final = measure(
    "business_revenue",
    "事业单位经营服务收入",
    EARNED_THIS_YEAR & where(source=Source.BUSINESS),
)
GRANTS_FROM_SUPERIOR: Final = measure(
    "grants_from_superior",
    "上级补助收入",
    EARNED_THIS_YEAR & where(source=Source.GRANTS_FROM_SUPERIOR),
)
REMITTANCES_FROM_AFFILIATES: Final = measure(
    "remittances_from_affiliates",
    "附属单位上缴收入",
    EARNED_THIS_YEAR & where(source=Source.REMITTANCES_FROM_AFFILIATES),
)
OTHER_REVENUE: Final = measure(
    "other_revenue", "其他收入", EARNED_THIS_YEAR & where(source=Source.OTHER)
)
OTHER_REVENUE_WITH_REMITTANCES: Final = measure(
    "other_revenue_with_remittances",
    "其他收入（含附属单位上缴收入）",
    EARNED_THIS_YEAR & where(source=(Source.OTHER, Source.REMITTANCES_FROM_AFFILIATES)),
)
PUBLIC_SERVICE_REVENUE: Final = measure(
    "public_service_revenue",
    "事业收入",
    EARNED_THIS_YEAR & where(source=Source.PUBLIC_SERVICE),
)
