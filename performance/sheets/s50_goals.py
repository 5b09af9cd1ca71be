"""绩效目标: the goals in words, and their indicators with scores."""

from dataclasses import dataclass
from decimal import Decimal

from budget.sheets.kinds import Choice, Option, Score, Words
from budget.sheets.part import Part
from budget.sheets.spec import Column, Fault, Layout, Row, SheetSpec, Values, sheet
from budget.spellings import weight_text
from performance.goals import Aspect, Comparison, Dimension
from performance.sheets.goal_rows import (
    IndicatorRows,
    OverallGoalRow,
    ProjectGoalRows,
    goals,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """The weights of one goal's indicators, added up."""

    goal: str
    count: int
    total: str


def scores(part: Part, rows: list[Row]) -> dict[str, object]:
    """Return the added weights of each goal that has indicators."""
    weights: dict[str, list[Decimal]] = {}
    for row in rows:
        weights.setdefault(row.values["of"], []).append(row.values["weight"] or Decimal(0))
    names = goals(part)
    return {
        "scores": [
            Scored(names[code], len(each), weight_text(sum(each, Decimal(0))))
            for code, each in weights.items()
        ]
    }


def number_has_target(values: Values, part: Part) -> Fault | None:
    """A target that is compared as a number says what it is compared with."""
    compared = values["comparison"] not in (None, Comparison.QUALITATIVE)
    if compared and values["target"] is None:
        return Fault("target", "指标值类型不是定性时须填指标值")
    return None


OVERALL_GOAL = sheet(
    SheetSpec(
        code="overall-goal",
        title="部门整体支出目标",
        group="绩效目标",
        place=50,
        layout=Layout.FORM,
        columns=(Column(key="goal", title="整体支出绩效目标", kind=Words(lines=8)),),
        store=OverallGoalRow(),
    )
)

PROJECT_GOALS = sheet(
    SheetSpec(
        code="project-goals",
        title="项目支出目标",
        group="绩效目标",
        place=52,
        columns=(
            Column(key="project", title="项目", kind=Words(), locked=True, matches=True),
            Column(key="goal", title="年度绩效目标", kind=Words(lines=4)),
            Column(key="long_term_goal", title="中长期绩效目标", kind=Words(lines=4)),
        ),
        store=ProjectGoalRows(),
    )
)

INDICATORS = sheet(
    SheetSpec(
        code="indicators",
        title="绩效指标",
        group="绩效目标",
        place=54,
        note="每个目标的分值合计一般为90分（另10分为预算执行率，自评时计）。",
        columns=(
            Column(
                key="of",
                title="属于",
                kind=Option(goals, "项目"),
                required=True,
                matches=True,
                note="部门整体支出，或一个项目",
            ),
            Column(
                key="dimension",
                title="一级指标",
                kind=Choice(Dimension),
                required=True,
                matches=True,
            ),
            Column(
                key="aspect", title="二级指标", kind=Choice(Aspect), required=True, matches=True
            ),
            Column(key="name", title="三级指标", kind=Words(lines=2), required=True, matches=True),
            Column(key="comparison", title="指标值类型", kind=Choice(Comparison)),
            Column(key="target", title="指标值", kind=Words(lines=2)),
            Column(key="measure", title="度量单位", kind=Words(longest=60)),
            Column(key="explanation", title="指标值内容", kind=Words(lines=2)),
            Column(key="scoring", title="评（扣）分标准", kind=Words(lines=2)),
            Column(key="weight", title="分值", kind=Score()),
        ),
        store=IndicatorRows(),
        checks=(number_has_target,),
        template="entry/indicators.html",
        beside=scores,
    )
)
