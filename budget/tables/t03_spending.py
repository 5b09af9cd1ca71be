"""部门支出总表: the year's spending by function and nature (domain §3.3).

结余分配 and 结转下年 are no spending and stand in the summary only.
"""

from __future__ import annotations

from typing import Final

from budget.ledger import where
from budget.questions import BASIC, PROJECT, SPENT_THIS_YEAR
from budget.tables.spec import TableSpec, amount, table
from budget.tables.trees import FUNCTION_COLUMNS, by_function
from budget.terms import Nature

NATURES: Final = (
    "basic",
    "project",
    "business",
    "grants_to_affiliates",
    "remittance_to_superior",
)

SPENDING: Final = table(
    TableSpec(
        code="spending",
        title="支出总表",
        columns=(
            *FUNCTION_COLUMNS,
            amount("total", "总计", sum_of=NATURES),
            amount("basic", "基本支出", BASIC),
            amount("project", "项目支出", PROJECT),
            amount("business", "事业单位经营支出", where(nature=Nature.BUSINESS)),
            amount(
                "grants_to_affiliates",
                "对附属单位补助支出",
                where(nature=Nature.GRANTS_TO_AFFILIATES),
            ),
            amount(
                "remittance_to_superior",
                "上缴上级支出",
                where(nature=Nature.REMITTANCE_TO_SUPERIOR),
            ),
        ),
        rows=by_function(SPENT_THIS_YEAR),
    )
)
