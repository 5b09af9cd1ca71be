"""财政拨款收支总表: appropriated income against what it pays for, by 类 and fund (domain §3.4).

The edition lists the 类 that are always printed; a 类 with money that it forgets is added in code
order, for a fixed list that drops money would be a false table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Final

from budget.ledger import where
from budget.questions import (
    APPROPRIATED,
    CARRIED_OVER,
    EARNED,
    EARNED_THIS_YEAR,
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    SPENT,
    SPENT_THIS_YEAR,
    STATE_CAPITAL,
)
from budget.tables.sides import Entry, Half, Pair, Sides
from budget.tables.spec import Group, Setting, TableSpec, amount, table, text
from budget.terms import Nature

FUNDS: Final = ("general_public", "government_fund", "state_capital")
INCOME: Final = (
    Entry(
        "general_public_appropriation",
        "一般公共预算拨款收入",
        EARNED_THIS_YEAR & GENERAL_PUBLIC,
        rank=2,
    ),
    Entry(
        "government_fund_appropriation",
        "政府性基金预算拨款收入",
        EARNED_THIS_YEAR & GOVERNMENT_FUND,
        rank=2,
    ),
    Entry(
        "state_capital_appropriation",
        "国有资本经营预算拨款收入",
        EARNED_THIS_YEAR & STATE_CAPITAL,
        rank=2,
    ),
)
CURRENT_INCOME: Final = Entry(
    "current_appropriation",
    "本年收入",
    EARNED_THIS_YEAR & APPROPRIATED,
    sum_of=tuple(income.key for income in INCOME),
)
CARRIED_IN: Final = Entry("carryover_in", "上年结转", EARNED & CARRIED_OVER & APPROPRIATED)
ALL_INCOME: Final = Entry(
    "appropriation_resources",
    "收入总计",
    EARNED & APPROPRIATED,
    rank=0,
    sum_of=(CURRENT_INCOME.key, CARRIED_IN.key),
)
CARRIED_OUT: Final = Entry(
    "carryover_out", "结转下年", SPENT & APPROPRIATED & where(nature=Nature.CARRYOVER_OUT)
)
ALL_USES: Final = Entry(
    "appropriation_uses",
    "支出总计",
    SPENT & APPROPRIATED,
    rank=0,
    sum_of=("current_uses", CARRIED_OUT.key),
)


def categories(setting: Setting) -> tuple[str, ...]:
    """Return the 类 to print: the edition's in its order, then others with money by code."""
    fixed = setting.use.categories
    used = setting.book.ledger.by("category", SPENT_THIS_YEAR & APPROPRIATED)
    return (*fixed, *(code for code in used if code not in fixed))


def _by_category(setting: Setting) -> Iterator[Entry]:
    for code in categories(setting):
        name = setting.book.catalogue.function_name(code)
        yield Entry(code, name, SPENT_THIS_YEAR & APPROPRIATED & where(category=code), rank=2)


def _pairs(setting: Setting) -> Iterable[Pair]:
    spending = tuple(_by_category(setting))
    current = Entry(
        "current_uses",
        "本年支出",
        SPENT_THIS_YEAR & APPROPRIATED,
        sum_of=tuple(category.key for category in spending),
    )
    yield CURRENT_INCOME, current
    yield from zip_longest(INCOME, spending)
    yield CARRIED_IN, CARRIED_OUT
    yield ALL_INCOME, ALL_USES


APPROPRIATION_SUMMARY: Final = table(
    TableSpec(
        code="appropriation-summary",
        title="财政拨款收支总表",
        columns=(
            Group(
                "resources",
                "收入",
                (text("revenue_item", "项目", width=22), amount("revenue", "金额")),
            ),
            Group(
                "uses",
                "支出",
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
