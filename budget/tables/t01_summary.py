"""部门收支总表: all income against all uses.

Income by source, uses by nature, both closed by what is carried over (domain §3.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from budget.measures.revenue import (
    APPROPRIATION,
    BUSINESS_REVENUE,
    CARRYOVER_IN,
    CURRENT_REVENUE,
    GRANTS_FROM_SUPERIOR,
    OTHER_REVENUE_WITH_REMITTANCES,
    PUBLIC_SERVICE_REVENUE,
    REVENUE_TOTAL,
    SPECIAL_ACCOUNT_REVENUE,
)
from budget.measures.spending import (
    BASIC_SPENDING,
    BUSINESS_SPENDING,
    CARRYOVER_OUT,
    CURRENT_SPENDING,
    GRANTS_TO_AFFILIATES,
    PROJECT_SPENDING,
    REMITTANCE_TO_SUPERIOR,
    SPENDING_TOTAL,
    SURPLUS_DISTRIBUTION,
)
from budget.tables.sides import Half, Pair, Sides, entry
from budget.tables.spec import Group, Setting, TableSpec, amount, table, text

SOURCES: Final = (
    APPROPRIATION,
    SPECIAL_ACCOUNT_REVENUE,
    BUSINESS_REVENUE,
    GRANTS_FROM_SUPERIOR,
    OTHER_REVENUE_WITH_REMITTANCES,
    PUBLIC_SERVICE_REVENUE,
)
NATURES: Final = (
    BASIC_SPENDING,
    PROJECT_SPENDING,
    BUSINESS_SPENDING,
    GRANTS_TO_AFFILIATES,
    REMITTANCE_TO_SUPERIOR,
)


def _pairs(setting: Setting) -> Iterable[Pair]:
    left = [entry(source) for source in SOURCES]
    right = [entry(nature) for nature in NATURES]
    yield from zip(left, [*right, None], strict=True)
    revenue, spending = (
        entry(CURRENT_REVENUE, rank=0, sum_of=tuple(source.key for source in left)),
        entry(CURRENT_SPENDING, rank=0, sum_of=tuple(nature.key for nature in right)),
    )
    carried, surplus, kept = (
        entry(measure) for measure in (CARRYOVER_IN, SURPLUS_DISTRIBUTION, CARRYOVER_OUT)
    )
    yield revenue, spending
    yield carried, surplus
    yield None, kept
    yield (
        entry(REVENUE_TOTAL, rank=0, sum_of=(revenue.key, carried.key)),
        entry(SPENDING_TOTAL, rank=0, sum_of=(spending.key, surplus.key, kept.key)),
    )


SUMMARY: Final = table(
    TableSpec(
        code="summary",
        title="收支总表",
        columns=(
            Group(
                "resources",
                "收入",
                (text("revenue_item", "项目", width=26), amount("revenue", "本年预算", width=18)),
            ),
            Group(
                "uses",
                "支出",
                (
                    text("spending_item", "项目", width=26),
                    amount("spending", "本年预算", width=18),
                ),
            ),
        ),
        rows=Sides(
            Half("revenue_item", ("revenue",)), Half("spending_item", ("spending",)), _pairs
        ),
    )
)
