"""分值: the points of a goal (财预〔2021〕101号): 100 in all, of them 10 for execution.

Those 10 are added at self-evaluation, so that a goal shows 90; places that add them at once show
100. A bureau that wants one of the two sets the threshold ``goal_points``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from budget.money import ZERO, total
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity
from performance.rules.printed_goals import judged
from performance.rules.thresholds import GOAL_POINTS
from performance.rules.told import Block, unjudged

WHOLE: Final = (Decimal(90), Decimal(100))
SPLITS: Final = (
    {"产出": 40, "成本": 20, "效益": 20, "满意度": 10},
    {"产出": 40, "成本": 20, "效益": 30, "满意度": 0},
    {"产出": 50, "成本": 0, "效益": 30, "满意度": 10},
    {"产出": 50, "成本": 0, "效益": 40, "满意度": 0},
)


@rule(
    "PRF006",
    Severity.WARNING,
    "项目绩效指标分值合计为90分或100分",
    explain="总分100分，其中预算执行率10分在自评时计入；核对各指标分值。",
    basis="财预〔2021〕101号；项目支出绩效目标表",
    example="产出40、成本20、效益20，没有满意度分值，合计80分。",
)
def project_points_add_up(subject: Subject) -> Iterable[Outcome]:
    """The points of a project's indicators are 90 or 100 (C53)."""
    yield from _added(subject, overall=False)


@rule(
    "PRF007",
    Severity.ERROR,
    "部门整体绩效指标分值合计为90分或100分",
    explain="总分100分，其中预算执行率10分在自评时计入；核对各指标分值。",
    basis="财预〔2021〕101号；部门整体支出绩效目标表",
    example="各指标分值合计85分。",
)
def overall_points_add_up(subject: Subject) -> Iterable[Outcome]:
    """The points of a unit's overall indicators are 90 or 100 (C63)."""
    yield from _added(subject, overall=True)


@rule(
    "PRF008",
    Severity.NOTICE,
    "分值在产出、成本、效益、满意度之间按指引分配",
    explain="有成本指标的40、20、20、10；没有的50、30、10；没有满意度的10分并入效益。",
    basis="财预〔2021〕101号，指标权重设置",
    example="产出60、效益20、满意度10。",
)
def points_are_split_as_guided(subject: Subject) -> Iterable[Outcome]:
    """90 points are split as the guide says; a place may split otherwise (C53)."""
    found = tuple(judged(subject))
    yield from unjudged(found, "weight")
    for block in found:
        if _is_known(block) and _points(block) == WHOLE[0]:
            split = {name: total(_of(block, name)) for name in SPLITS[0]}
            if split not in SPLITS:
                told = "、".join(f"{name}{points}" for name, points in split.items())
                yield Finding(
                    (block.place,),
                    Side(f"{block.name}的分值", told, "分", block.place),
                    Side("指引的分值", "40、20、20、10或50、30、10", "分"),
                    advice="核对分值分配，本地另有规定的按规定",
                )


def _added(subject: Subject, *, overall: bool) -> Iterator[Outcome]:
    found = tuple(judged(subject, overall=overall))
    yield from unjudged(found, "weight")
    asked = subject.threshold(GOAL_POINTS)
    wanted = (asked,) if asked else WHOLE
    for block in found:
        if block.rows and not _is_printed(block):
            yield NotChecked(f"{block.name}没有列出分值")
        elif _is_known(block) and _points(block) not in wanted:
            yield _wrong_sum(block, wanted)


def _wrong_sum(block: Block, wanted: tuple[Decimal, ...]) -> Finding:
    places = tuple(row.place("weight") for row in block.rows if row.weight)
    return Finding(
        places or (block.place,),
        Side(f"{block.name}分值合计", f"{_points(block)}", "分", block.place),
        Side("应为", "或".join(map(str, wanted)), "分"),
        advice="核对各指标的分值",
    )


def _is_printed(block: Block) -> bool:
    return any("weight" in row.texts for row in block.rows)


def _is_known(block: Block) -> bool:
    """True where the goal has all its rows and each one's points can be read."""
    return block.is_whole and bool(block.rows) and all(_readable(block))


def _readable(block: Block) -> Iterator[bool]:
    """Yield for each row whether its points can be read; a placeholder has none."""
    return (row.is_placeholder or row.knows("weight") for row in block.rows)


def _points(block: Block) -> Decimal:
    return total(row.weight or ZERO for row in block.rows)


def _of(block: Block, name: str) -> Iterator[Decimal]:
    for row in block.rows:
        own = "成本" if row.is_cost else row["dimension"].removesuffix("指标")
        if own == name:
            yield row.weight or ZERO
