"""财务收支预算总表: all income by source against all spending by 类.

Only 类 with money stand there, numbered in sequence. The document of a single unit also splits
its spending into people, running costs and projects. A place that prints this form keeps no
carry-over and knows basic and project spending only: other money has no place in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from budget.ledger import Where, where
from budget.measures.broad_revenue import ALL_OTHER_REVENUE, ALL_PUBLIC_SERVICE_REVENUE
from budget.measures.revenue import (
    APPROPRIATION,
    BUSINESS_REVENUE,
    GENERAL_PUBLIC_APPROPRIATION,
    GOVERNMENT_FUND_APPROPRIATION,
    REVENUE_TOTAL,
    STATE_CAPITAL_APPROPRIATION,
)
from budget.questions import BASIC, OPERATING, PERSONNEL, PROJECT, SPENT
from budget.tables.sides import Entry, Half, Pair, Sides, entry
from budget.tables.spec import Column, Group, Setting, TableSpec, amount, table, text

FUNDS: Final = (
    GENERAL_PUBLIC_APPROPRIATION,
    GOVERNMENT_FUND_APPROPRIATION,
    STATE_CAPITAL_APPROPRIATION,
)
OWN_FUNDS: Final = (
    (ALL_PUBLIC_SERVICE_REVENUE, "事业收入"),
    (BUSINESS_REVENUE, BUSINESS_REVENUE.title),
    (ALL_OTHER_REVENUE, "其他收入"),
)
RESOURCES: Final = Group(
    "resources",
    "本年收入",
    (text("revenue_item", "项目", width=24), amount("revenue", "预算数", width=16)),
)
SPENDING: Final = SPENT & (BASIC | PROJECT)


def income() -> tuple[Entry, ...]:
    """Return the entries of the left half: appropriations, of them each fund, and own funds."""
    appropriated = entry(APPROPRIATION, sum_of=tuple(fund.code for fund in FUNDS))
    return (
        appropriated,
        *(entry(fund, rank=2) for fund in FUNDS),
        *(entry(source, title) for source, title in OWN_FUNDS),
    )


def categories_with_money(setting: Setting, question: Where) -> Iterator[Entry]:
    """Yield an entry for each 类 in which the question finds money, in code order."""
    for code in setting.book.ledger.by("category", question):
        name = setting.book.catalogue.function_name(code)
        yield Entry(code, name, question & where(category=code))


def _pairs(setting: Setting) -> Iterable[Pair]:
    left, right = income(), tuple(categories_with_money(setting, SPENDING))
    yield from zip_longest(left, right)
    yield (
        entry(
            REVENUE_TOTAL,
            rank=0,
            sum_of=tuple(each.key for each in left if each.rank == 1),
        ),
        Entry("spending_total", "支出总计", SPENT, rank=0, sum_of=tuple(e.key for e in right)),
    )


def _accounts(code: str, title: str, spending: tuple[Column | Group, ...]) -> TableSpec:
    columns = (
        RESOURCES,
        Group("uses", "本年支出", (text("spending_item", "项目", width=24), *spending)),
    )
    money = tuple(column.key for column in _money(spending))
    rows = Sides(Half("revenue_item", ("revenue",)), Half("spending_item", money), _pairs)
    return table(TableSpec(code=code, title=title, columns=columns, rows=rows))


def _money(columns: Iterable[Column | Group]) -> Iterator[Column]:
    for column in columns:
        if isinstance(column, Group):
            yield from _money(column.columns)
        else:
            yield column


ACCOUNTS_BY_FUNCTION: Final = _accounts(
    "accounts-by-function", "财务收支预算总表", (amount("spending", "预算数", width=16),)
)

ACCOUNTS_OF_A_UNIT: Final = _accounts(
    "accounts-by-function-of-unit",
    "财务收支预算总表（单位）",
    (
        Group(
            "spending",
            "预算数",
            (
                amount("total", "合计", sum_of=("personnel", "operating", "project")),
                Group(
                    "basic_spending",
                    "基本支出",
                    (
                        amount("personnel", "人员经费", BASIC & PERSONNEL),
                        amount("operating", "公用经费", BASIC & OPERATING),
                    ),
                ),
                amount("project", "项目支出", PROJECT),
            ),
        ),
    ),
)
