"""部门整体支出绩效目标表: each unit's whole budget, its goal and indicators (domain §3.10).

A unit's money is what it uses: transfers to another unit of the department are shown where they
are used, so that 资金总额 adds up to 支出总计.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar, Final

from budget.book import Unit
from budget.document import Footing, RowKind
from budget.ledger import where
from budget.questions import (
    BASIC,
    CARRIED_OVER,
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    OF_THIS_YEAR,
    PROJECT,
    SPENT,
)
from budget.tables.spec import (
    Group,
    RowPlan,
    Setting,
    TableSpec,
    Value,
    amount,
    asked_by,
    code,
    score,
    table,
    text,
)
from budget.terms import Source
from performance.goals import OverallGoal
from performance.parts import goals_of
from performance.tables.indicators import (
    goal_losses,
    indicator_losses,
    indicator_merges,
    indicator_values,
)

SPECIAL_ACCOUNT: Final = where(source=Source.SPECIAL_ACCOUNT)
WITHOUT_COLUMN: Final = tuple(
    source
    for source in Source
    if source not in (Source.GENERAL_PUBLIC, Source.GOVERNMENT_FUND, Source.SPECIAL_ACCOUNT)
)
OTHER_FUNDS: Final = CARRIED_OVER | (OF_THIS_YEAR & where(source=WITHOUT_COLUMN))
BY_SOURCE: Final = ("general_public", "government_fund", "special_account", "other_funds")
TALL: Final = ("unit", "name", "total", *BY_SOURCE, "basic", "project", "goal")


class UnitBlocks:
    """A block of indicators per unit."""

    has_total: ClassVar[bool] = False

    def plans(self, setting: Setting) -> Iterator[RowPlan]:
        """Yield the rows in printed order."""
        goals = {goal.unit: goal for goal in goals_of(setting.book).overall}
        money = asked_by(setting, "unit", SPENT)
        for unit in setting.book.budget_units:
            yield from _block(unit, money(unit.code), goals.get(unit.code))

    def footings(self, setting: Setting, plans: tuple[RowPlan, ...]) -> Iterable[Footing]:
        """Units are not added up in this table."""
        return ()


def _block(unit: Unit, money: Mapping[str, Value], goal: OverallGoal | None) -> Iterator[RowPlan]:
    tall: Mapping[str, Value] = {
        "unit": unit.code,
        "name": unit.name,
        "goal": goal.goal if goal else "",
        **money,
    }
    merges = dict.fromkeys(TALL, unit.code)
    if goal is None or not goal.indicators:
        yield RowPlan(unit.code, RowKind.ENTRY, tall, merges=merges, losses=goal_losses(goal))
        return
    for place, indicator in enumerate(goal.indicators):
        yield RowPlan(
            f"{unit.code}.{indicator.code}",
            RowKind.ENTRY,
            {**tall, **indicator_values(indicator)},
            places=dict.fromkeys(TALL, unit.code),
            merges={**merges, **indicator_merges(unit.code, goal.indicators, place)},
            losses={**goal_losses(goal), **indicator_losses(indicator)},
        )


OVERALL_GOALS: Final = table(
    TableSpec(
        code="overall-goals",
        title="整体支出绩效目标表",
        columns=(
            code("unit", "单位编码", width=6),
            text("name", "单位名称", width=9),
            Group(
                "request",
                "年度预算申请",
                (
                    amount("total", "资金总额", sum_of=BY_SOURCE, width=8),
                    Group(
                        "by_source",
                        "按收入性质分",
                        (
                            amount(
                                "general_public",
                                "一般公共预算",
                                OF_THIS_YEAR & GENERAL_PUBLIC,
                                width=8,
                            ),
                            amount(
                                "government_fund",
                                "政府性基金拨款",
                                OF_THIS_YEAR & GOVERNMENT_FUND,
                                width=5,
                            ),
                            amount(
                                "special_account",
                                "财政专户管理资金",
                                OF_THIS_YEAR & SPECIAL_ACCOUNT,
                                width=5,
                            ),
                            amount("other_funds", "其他资金", OTHER_FUNDS, width=5),
                        ),
                    ),
                    Group(
                        "by_nature",
                        "按支出性质分",
                        (
                            amount("basic", "基本支出", BASIC, width=7),
                            amount("project", "项目支出", PROJECT, width=7),
                        ),
                    ),
                ),
            ),
            text("goal", "整体绩效目标", width=24, names_rows=False),
            Group(
                "indicators",
                "整体支出年度绩效目标",
                (
                    text("dimension", "一级指标", width=6),
                    text("aspect", "二级指标", width=7),
                    text("indicator", "三级指标", width=16),
                    text("comparison", "指标值类型", width=5, names_rows=False),
                    text("target", "指标值", width=8, names_rows=False),
                    text("measure", "计量单位", width=6, names_rows=False),
                    text("explanation", "指标解释", width=17, names_rows=False),
                    text("scoring", "评（扣）分标准", width=26, names_rows=False),
                    score("weight", "备注", width=4),
                ),
            ),
        ),
        rows=UnitBlocks(),
    )
)
