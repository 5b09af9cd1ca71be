"""财政拨款收支预算总表: each appropriated fund against the 类 that it pays for.

Like the fuller form, without carry-over and with 类 that have money only.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import Final

from budget.measures.revenue import (
    GENERAL_PUBLIC_APPROPRIATION,
    GOVERNMENT_FUND_APPROPRIATION,
    STATE_CAPITAL_APPROPRIATION,
)
from budget.questions import (
    APPROPRIATED,
    BASIC,
    EARNED,
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    PROJECT,
    SPENT,
    STATE_CAPITAL,
)
from budget.tables.sides import Entry, Half, Pair, Sides, entry
from budget.tables.spec import Group, Setting, TableSpec, amount, table, text
from budget.tables.t11_accounts_by_function import categories_with_money

FUNDS: Final = ("general_public", "government_fund", "state_capital")
INCOME: Final = (
    entry(GENERAL_PUBLIC_APPROPRIATION),
    entry(GOVERNMENT_FUND_APPROPRIATION),
    entry(STATE_CAPITAL_APPROPRIATION),
)
SPENDING: Final = SPENT & APPROPRIATED & (BASIC | PROJECT)
ALL_INCOME: Final = Entry(
    "appropriation_resources",
    "收入总计",
    EARNED & APPROPRIATED,
    rank=0,
    sum_of=tuple(fund.key for fund in INCOME),
)


def _pairs(setting: Setting) -> Iterable[Pair]:
    spending = tuple(categories_with_money(setting, SPENDING))
    yield from zip_longest(INCOME, spending)
    yield (
        ALL_INCOME,
        Entry(
            "appropriation_uses",
            "支出总计",
            SPENT & APPROPRIATED,
            rank=0,
            sum_of=tuple(each.key for each in spending),
        ),
    )


APPROPRIATION_ACCOUNTS: Final = table(
    TableSpec(
        code="appropriation-accounts",
        title="财政拨款收支预算总表",
        columns=(
            Group(
                "resources",
                "财政拨款收入",
                (text("revenue_item", "项目", width=24), amount("revenue", "预算数")),
            ),
            Group(
                "uses",
                "财政拨款支出",
                (
                    text("spending_item", "项目", width=24),
                    amount("total", "合计", sum_of=FUNDS),
                    amount("general_public", "一般公共预算", GENERAL_PUBLIC),
                    amount("government_fund", "政府性基金预算", GOVERNMENT_FUND),
                    amount("state_capital", "国有资本经营预算", STATE_CAPITAL),
                ),
            ),
        ),
        rows=Sides(
            Half("revenue_item", ("revenue",)), Half("spending_item", ("total", *FUNDS)), _pairs
        ),
    )
)
