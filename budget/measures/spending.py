"""What goes out, by nature and by fund."""

from __future__ import annotations

from typing import Final

from budget.ledger import where
from budget.measures.registry import measure
from budget.questions import (
    APPROPRIATED,
    BASIC,
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    PROJECT,
    SPENT,
    SPENT_THIS_YEAR,
    STATE_CAPITAL,
)
from budget.terms import Nature

SPENDING_TOTAL: Final = measure("spending_total", "支出总计", SPENT)
CURRENT_SPENDING: Final = measure("current_spending", "本年支出合计", SPENT_THIS_YEAR)
BASIC_SPENDING: Final = measure("basic_spending", "基本支出", SPENT & BASIC)
PROJECT_SPENDING: Final = measure("project_spending", "项目支出", SPENT & PROJECT)
BUSINESS_SPENDING: Final = measure(
    "business_spending", "事业单位经营支出", SPENT & where(nature=Nature.BUSINESS)
)
GRANTS_TO_AFFILIATES: Final = measure(
    "grants_to_affiliates", "对附属单位补助支出", SPENT & where(nature=Nature.GRANTS_TO_AFFILIATES)
)
REMITTANCE_TO_SUPERIOR: Final = measure(
    "remittance_to_superior",
    "上缴上级支出",
    SPENT & where(nature=Nature.REMITTANCE_TO_SUPERIOR),
)
SURPLUS_DISTRIBUTION: Final = measure(
    "surplus_distribution", "结余分配", SPENT & where(nature=Nature.SURPLUS_DISTRIBUTION)
)
CARRYOVER_OUT: Final = measure(
    "carryover_out", "结转下年", SPENT & where(nature=Nature.CARRYOVER_OUT)
)

APPROPRIATION_SPENDING: Final = measure(
    "appropriation_spending", "财政拨款支出", SPENT_THIS_YEAR & APPROPRIATED
)
GENERAL_PUBLIC_SPENDING: Final = measure(
    "general_public_spending", "一般公共预算拨款支出", SPENT_THIS_YEAR & GENERAL_PUBLIC
)
GENERAL_PUBLIC_BASIC: Final = measure(
    "general_public_basic", "一般公共预算基本支出", SPENT_THIS_YEAR & GENERAL_PUBLIC & BASIC
)
GENERAL_PUBLIC_PROJECT: Final = measure(
    "general_public_project", "一般公共预算项目支出", SPENT_THIS_YEAR & GENERAL_PUBLIC & PROJECT
)
GOVERNMENT_FUND_SPENDING: Final = measure(
    "government_fund_spending", "政府性基金预算支出", SPENT_THIS_YEAR & GOVERNMENT_FUND
)
GOVERNMENT_FUND_BASIC: Final = measure(
    "government_fund_basic", "政府性基金预算基本支出", SPENT_THIS_YEAR & GOVERNMENT_FUND & BASIC
)
GOVERNMENT_FUND_PROJECT: Final = measure(
    "government_fund_project",
    "政府性基金预算项目支出",
    SPENT_THIS_YEAR & GOVERNMENT_FUND & PROJECT,
)
STATE_CAPITAL_SPENDING: Final = measure(
    "state_capital_spending", "国有资本经营预算支出", SPENT_THIS_YEAR & STATE_CAPITAL
)
