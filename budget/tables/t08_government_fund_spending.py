"""政府性基金预算支出表: the same form as the general public table, for that fund (domain §3.8)."""

from __future__ import annotations

from typing import Final

from budget.questions import GOVERNMENT_FUND, SPENT_THIS_YEAR
from budget.tables.spec import TableSpec, table
from budget.tables.t05_general_public_spending import FUND_COLUMNS
from budget.tables.trees import by_function

GOVERNMENT_FUND_SPENDING: Final = table(
    TableSpec(
        code="government-fund-spending",
        title="政府性基金预算支出表",
        columns=FUND_COLUMNS,
        rows=by_function(SPENT_THIS_YEAR & GOVERNMENT_FUND),
    )
)
