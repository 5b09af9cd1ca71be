"""一般公共预算支出表: basic and project spending of that fund by function (domain §3.5)."""

from __future__ import annotations

from typing import Final

from budget.questions import BASIC, GENERAL_PUBLIC, PROJECT, SPENT_THIS_YEAR
from budget.tables.spec import TableSpec, amount, table
from budget.tables.trees import FUNCTION_COLUMNS, by_function

FUND_COLUMNS: Final = (
    *FUNCTION_COLUMNS,
    amount("total", "总计", sum_of=("basic", "project")),
    amount("basic", "基本支出", BASIC),
    amount("project", "项目支出", PROJECT),
)

GENERAL_PUBLIC_SPENDING: Final = table(
    TableSpec(
        code="general-public-spending",
        title="一般公共预算支出表",
        columns=FUND_COLUMNS,
        rows=by_function(SPENT_THIS_YEAR & GENERAL_PUBLIC),
    )
)
