"""一般公共预算基本支出表: what basic spending buys, people and running costs (domain §3.6)."""

from __future__ import annotations

from typing import Final

from budget.questions import BASIC, GENERAL_PUBLIC, OPERATING, PERSONNEL, SPENT_THIS_YEAR
from budget.tables.spec import TableSpec, amount, code, table, text
from budget.tables.trees import by_economic

GENERAL_PUBLIC_BASIC: Final = table(
    TableSpec(
        code="general-public-basic",
        title="一般公共预算基本支出表",
        columns=(
            code("economic", "经济科目编码", width=12),
            text("economic_name", "经济科目名称", width=28),
            amount("total", "总计", sum_of=("personnel", "operating")),
            amount("personnel", "人员类", PERSONNEL),
            amount("operating", "公用经费", OPERATING),
        ),
        rows=by_economic(SPENT_THIS_YEAR & GENERAL_PUBLIC & BASIC),
    )
)
