"""支出预算总表: all uses by function, basic or project.

Uses of another nature have no column, and a budget that has them cannot be shown in this form.
"""

from __future__ import annotations

from typing import Final

from budget.questions import SPENT
from budget.tables.spec import TableSpec, table
from budget.tables.t05_general_public_spending import FUND_COLUMNS
from budget.tables.trees import by_function

SPENDING_BY_NATURE: Final = table(
    TableSpec(
        code="spending-by-nature",
        title="支出预算总表",
        columns=FUND_COLUMNS,
        rows=by_function(SPENT),
    )
)
