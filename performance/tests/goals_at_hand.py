"""Goals for tests: one that every rule accepts, to be changed in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from budget.book import BudgetBook
from budget.ledger import Where, where
from budget.money import WAN
from budget.questions import BASIC, PROJECT, SPENT
from performance.goals import (
    Aspect,
    Comparison,
    Dimension,
    Goals,
    Indicator,
    OverallGoal,
    ProjectGoal,
)
from performance.parts import GOALS

TWENTY = Decimal(20)
IN_PROPORTION = "完成目标得满分，未完成的按完成比例计分。"


def an_indicator(dimension: Dimension, aspect: Aspect, name: str, **changes: Any) -> Indicator:
    """Return a measured indicator of 10 points."""
    indicator = Indicator(
        code=f"{aspect}-1",
        dimension=dimension,
        aspect=aspect,
        name=name,
        target="95",
        measure="%",
        comparison=Comparison.AT_LEAST,
        scoring=IN_PROPORTION,
        weight=Decimal(10),
    )
    return replace(indicator, **changes)


def good_indicators(*costs: Indicator) -> tuple[Indicator, ...]:
    """Return 40 points of output, the costs, 20 of benefit and 10 of satisfaction."""
    return (
        an_indicator(
            Dimension.OUTPUT, Aspect.QUANTITY, "活动场次", measure="场", weight=Decimal(20)
        ),
        an_indicator(Dimension.OUTPUT, Aspect.QUALITY, "活动达标率", weight=Decimal(20)),
        *costs,
        an_indicator(
            Dimension.BENEFIT,
            Aspect.SOCIAL_BENEFIT,
            "服务水平提升",
            target="明显",
            measure="",
            comparison=Comparison.QUALITATIVE,
            scoring="明显提升得满分，提升一般得12分，未提升不得分。",
            weight=TWENTY,
        ),
        an_indicator(
            Dimension.SATISFACTION, Aspect.BENEFICIARY_SATISFACTION, "服务对象满意度", target="90"
        ),
    )


def a_cost(name: str, wan: Decimal, points: int, code: str) -> Indicator:
    """Return a cost of at most so many 万元."""
    return an_indicator(
        Dimension.COST,
        Aspect.ECONOMIC_COST,
        name,
        code=code,
        target=str(wan),
        measure="万元",
        comparison=Comparison.AT_MOST,
        weight=Decimal(points),
    )


def with_good_goals(book: BudgetBook) -> BudgetBook:
    """Return a book in which every project and every unit has a goal that no rule objects to."""
    goals = Goals(
        projects=tuple(
            ProjectGoal(
                unit=project.unit,
                project=project.code,
                goal="完成全年工作任务。",
                indicators=good_indicators(
                    a_cost("项目总成本", _wan(book, PROJECT, project=project.code), 20, "cost-1")
                ),
            )
            for project in book.projects
        ),
        overall=tuple(
            OverallGoal(
                unit=unit.code,
                goal="保障正常运转，完成全年工作任务。",
                indicators=good_indicators(
                    a_cost("基本支出", _wan(book, BASIC, unit=unit.code), 10, "cost-1"),
                    a_cost("项目支出", _wan(book, PROJECT, unit=unit.code), 10, "cost-2"),
                ),
            )
            for unit in book.budget_units
        ),
    )
    return replace(book, parts={**book.parts, GOALS: goals})


def _wan(book: BudgetBook, question: Where, **of: str) -> Decimal:
    return WAN.printed(book.ledger.amount(SPENT & question & where(**of)))


def with_indicator(book: BudgetBook, place: int, **changes: Any) -> BudgetBook:
    """Return a book in which one indicator of the first project is another."""
    return with_project_goal(
        book,
        lambda goal: replace(
            goal,
            indicators=tuple(
                replace(each, **changes) if number == place else each
                for number, each in enumerate(goal.indicators)
            ),
        ),
    )


def with_project_goal(book: BudgetBook, change: Callable[[ProjectGoal], ProjectGoal]) -> BudgetBook:
    """Return a book in which the first project's goal is another."""
    goals = book.part(Goals, GOALS)
    first, *others = goals.projects
    return _with(book, replace(goals, projects=(change(first), *others)))


def with_overall_goal(book: BudgetBook, change: Callable[[OverallGoal], OverallGoal]) -> BudgetBook:
    """Return a book in which the first unit's overall goal is another."""
    goals = book.part(Goals, GOALS)
    first, *others = goals.overall
    return _with(book, replace(goals, overall=(change(first), *others)))


def _with(book: BudgetBook, goals: Goals) -> BudgetBook:
    return replace(book, parts={**book.parts, GOALS: goals})
