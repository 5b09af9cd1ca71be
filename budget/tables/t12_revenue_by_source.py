"""收入预算总表: income by function, in the four sources of a coarser place."""

from __future__ import annotations

from typing import Final

from budget.ledger import where
from budget.measures.broad_revenue import OTHER, PUBLIC_SERVICE
from budget.questions import APPROPRIATED, EARNED, OF_THIS_YEAR
from budget.tables.spec import TableSpec, amount, table
from budget.tables.trees import FUNCTION_COLUMNS, by_function
from budget.terms import Source

SOURCES: Final = ("appropriation", "public_service", "business", "other")

REVENUE_BY_SOURCE: Final = table(
    TableSpec(
        code="revenue-by-source",
        title="收入预算总表",
        columns=(
            *FUNCTION_COLUMNS,
            amount("total", "合计", sum_of=SOURCES),
            amount("appropriation", "财政拨款收入", OF_THIS_YEAR & APPROPRIATED),
            amount("public_service", "事业收入", OF_THIS_YEAR & PUBLIC_SERVICE),
            amount("business", "事业单位经营收入", OF_THIS_YEAR & where(source=Source.BUSINESS)),
            amount("other", "其他收入", OF_THIS_YEAR & OTHER),
        ),
        rows=by_function(EARNED),
    )
)
