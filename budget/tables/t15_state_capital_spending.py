"""国有资本经营预算支出表: the form of the other funds, for that one."""

from __future__ import annotations

from typing import Final

from budget.questions import SPENT_THIS_YEAR, STATE_CAPITAL
from budget.tables.spec import TableSpec, table
from budget.tables.t05_general_public_spending import FUND_COLUMNS
from budget.tables.trees import by_function

STATE_CAPITAL_SPENDING: Final = table(
    TableSpec(
        code="state-capital-spending",
        title="国有资本经营预算支出表",
        columns=FUND_COLUMNS,
        rows=by_function(SPENT_THIS_YEAR & STATE_CAPITAL),
    )
)
