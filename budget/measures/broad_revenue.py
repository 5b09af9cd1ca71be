"""Income where a place tells apart four sources only: 财政拨款, 事业, 经营 and 其他收入.

事业收入 is meant in the wide sense of 政府会计制度: what comes back through 财政专户 belongs to it.
其他收入 is by its usual explanation all that none of the others is.
"""

from __future__ import annotations

from typing import Final

from budget.ledger import where
from budget.measures.registry import measure
from budget.questions import EARNED_THIS_YEAR
from budget.terms import Source

PUBLIC_SERVICE: Final = where(source=(Source.PUBLIC_SERVICE, Source.SPECIAL_ACCOUNT))
OTHER: Final = where(
    source=(Source.OTHER, Source.GRANTS_FROM_SUPERIOR, Source.REMITTANCES_FROM_AFFILIATES)
)

ALL_PUBLIC_SERVICE_REVENUE: Final = measure(
    "all_public_service_revenue",
    "事业收入（含财政专户管理资金）",
    EARNED_THIS_YEAR & PUBLIC_SERVICE,
)
ALL_OTHER_REVENUE: Final = measure(
    "all_other_revenue", "其他收入（含上级补助、附属单位上缴）", EARNED_THIS_YEAR & OTHER
)
