"""Performance goals as frozen values: what ``performance`` adds to a budget book.

The tree of dimensions and aspects is that of 财预〔2020〕10号 as places use it; older tables keep
成本指标 as an aspect of 产出指标, so any aspect may stand under any dimension.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budget.terms import Term


class Dimension(Term):
    """一级指标."""

    OUTPUT = "output", "产出指标"
    COST = "cost", "成本指标"
    BENEFIT = "benefit", "效益指标"
    SATISFACTION = "satisfaction", "满意度指标"


class Aspect(Term):
    """二级指标."""

    QUANTITY = "quantity", "数量指标"
    QUALITY = "quality", "质量指标"
    TIMELINESS = "timeliness", "时效指标"
    COST = "cost", "成本指标"
    ECONOMIC_COST = "economic_cost", "经济成本指标"
    SOCIAL_COST = "social_cost", "社会成本指标"
    ENVIRONMENTAL_COST = "environmental_cost", "生态环境成本指标"
    ECONOMIC_BENEFIT = "economic_benefit", "经济效益指标"
    SOCIAL_BENEFIT = "social_benefit", "社会效益指标"
    ECOLOGICAL_BENEFIT = "ecological_benefit", "生态效益指标"
    SUSTAINABILITY = "sustainability", "可持续影响指标"
    BENEFICIARY_SATISFACTION = "beneficiary_satisfaction", "服务对象满意度指标"


class Comparison(Term):
    """指标值类型: how the target is to be read."""

    AT_LEAST = "at_least", "≥"
    AT_MOST = "at_most", "≤"
    EQUALS = "equals", "="
    MORE_THAN = "more_than", "＞"
    LESS_THAN = "less_than", "＜"
    QUALITATIVE = "qualitative", "定性"
    QUANTITATIVE = "quantitative", "定量"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One performance indicator (三级指标), its words as they are printed.

    ``code`` never changes and is unique within its goal. ``target`` 指标值, ``explanation``
    指标值内容 or 指标解释, ``scoring`` 评（扣）分标准, ``measure`` 度量单位, ``weight`` 分值
    (printed in 备注). ``damaged`` names the fields whose text was lost or is doubtful in the
    document that the indicator was transcribed from: they are not to be judged.
    """

    code: str
    dimension: Dimension
    aspect: Aspect
    name: str
    target: str = ""
    explanation: str = ""
    scoring: str = ""
    measure: str = ""
    comparison: Comparison | None = None
    weight: Decimal | None = None
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectGoal:
    """The goal of one project and its indicators, in the order in which they are printed.

    ``goal`` is this year's, ``long_term_goal`` that of a project of several years.
    """

    unit: str
    project: str
    goal: str
    indicators: tuple[Indicator, ...]
    long_term_goal: str = ""
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallGoal:
    """The goal of one unit's whole spending (部门整体支出绩效目标) and its indicators."""

    unit: str
    goal: str
    indicators: tuple[Indicator, ...]
    damaged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goals:
    """All goals of a book."""

    projects: tuple[ProjectGoal, ...] = ()
    overall: tuple[OverallGoal, ...] = ()

    def of_unit(self, unit_code: str) -> Goals:
        """Return the goals of one unit."""
        return replace(
            self,
            projects=tuple(goal for goal in self.projects if goal.unit == unit_code),
            overall=tuple(goal for goal in self.overall if goal.unit == unit_code),
        )

    def joined(self, others: Sequence[Goals]) -> Goals:
        """Return these goals and, behind them, those of other books."""
        return Goals(
            projects=sum((each.projects for each in others), self.projects),
            overall=sum((each.overall for each in others), self.overall),
        )

    def renamed(self, projects: Mapping[str, str]) -> Goals:
        """Return the goals with other codes for some projects."""
        return replace(
            self,
            projects=tuple(
                replace(goal, project=projects.get(goal.project, goal.project))
                for goal in self.projects
            ),
        )
