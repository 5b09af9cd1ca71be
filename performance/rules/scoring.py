"""评（扣）分标准: what the words of a standard can give is what the indicator weighs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from budget.money import total
from budget.rules.finding import Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity
from performance.rules.printed_goals import blocks
from performance.rules.told import Told, finding, unjudged

POINTS: Final = re.compile(r"[得计记给]\s*(\d+(?:\.\d+)?)\s*分")
FULL: Final = re.compile(r"满分|指标分值|[×xX*]\s*分值|完成得分|按比例[得计]分")
ELSE_NOTHING: Final = re.compile(r"否则[^，。；]*不[得计记]分")
FOR_EACH: Final = re.compile(r"每[^，。；]*[得计记加]\s*\d")
LESSER: Final = re.compile(r"(?:一般|较好|基本)[^，。；]{0,6}[得计记]\s*(\d+(?:\.\d+)?)\s*分")
BAND: Final = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]?\s*[-—–~～至到]\s*(\d+(?:\.\d+)?)\s*[%％]")
FROM: Final = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]\s*(?:（含）)?(?:及)?以上")
BELOW: Final = re.compile(
    r"(\d+(?:\.\d+)?)\s*[%％]\s*(?:（不含）)?以下|(?:小于|低于|不足)(\d+(?:\.\d+)?)\s*[%％]"
)
FEWEST: Final = 2
LOWEST, HIGHEST = Decimal("-Infinity"), Decimal("Infinity")


@rule(
    "PRF013",
    Severity.WARNING,
    "评分标准的最高分等于指标分值",
    explain="按评分标准能得到的最高分应等于该指标的分值；更正评分标准或分值。",
    basis="绩效目标表填报要求，评分标准与权重一致",
    example="指标分值5分，评分标准写按时完成得10分。",
)
def most_points_are_the_weight(subject: Subject) -> Iterable[Outcome]:
    """The most that a standard gives is the indicator's weight (C57)."""
    found = blocks(subject)
    yield from unjudged(found, "scoring", "weight")
    for row in (row for block in found for row in block.real if _is_weighed(row)):
        most = most_points(row["scoring"])
        if most and row.weight not in most:
            right = Side("评分标准的最高分", f"{most[0]}", "分", row.place("scoring"))
            yield finding(row, "weight", right, "更正评分标准或分值", row.place("scoring"))


@rule(
    "PRF014",
    Severity.WARNING,
    "效果较差的等级得分低于满分",
    explain="“一般”等较低等级的得分应低于指标分值，否则评分没有区分。",
    basis="绩效目标表填报要求，评分标准与权重一致",
    example="指标分值6分，效果好得满分，效果一般得6分。",
)
def lesser_grades_get_less(subject: Subject) -> Iterable[Outcome]:
    """A lesser grade gets less than the weight (C57)."""
    found = blocks(subject)
    yield from unjudged(found, "scoring", "weight")
    for row in (row for block in found for row in block.real if _is_weighed(row)):
        lesser = [Decimal(points) for points in LESSER.findall(row["scoring"])]
        if lesser and row.weight is not None and max(lesser) >= row.weight:
            right = Side("较低等级的得分", f"{max(lesser)}", "分", row.place("scoring"))
            yield finding(row, "weight", right, "调低该等级的得分", row.place("scoring"))


@rule(
    "PRF015",
    Severity.WARNING,
    "评分区间不重叠也不留空档",
    explain="相邻区间首尾相接；一个结果只能落在一个区间里。",
    basis="绩效目标表填报要求，评分标准可执行",
    example="70%-75%计1分，75%以下不得分。",
)
def bands_meet(subject: Subject) -> Iterable[Outcome]:
    """Bands of percentages neither overlap nor leave gaps (C57)."""
    found = blocks(subject)
    yield from unjudged(found, "scoring")
    for row in (row for block in found for row in block.real if row.knows("scoring")):
        for lower, upper in _unmet(row["scoring"]):
            what = "重叠" if upper[0] < lower[1] else "空档"
            right = Side(f"评分区间{what}", f"{_told(lower)}与{_told(upper)}")
            yield finding(row, "scoring", right, "使相邻区间首尾相接")
            break


def most_points(scoring: str) -> tuple[Decimal, ...]:
    """Return the most points that a standard can be read to give, the likeliest first.

    None where it gives the weight itself, points for each of something, or no number. Grades
    exclude one another and tasks add up, and where the words do not say which they are, both
    readings count; sentences that each end in 否则不计分 are tasks.

    >>> most_points("95%以上的计10分；90%-95%的计8分")
    (Decimal('10'), Decimal('18'))
    >>> most_points("完成甲计5分，否则不计分。完成乙计5分，否则不计分。")
    (Decimal('10'),)
    >>> most_points("完成得满分，一般得3分"), most_points("每增加一项得2分")
    ((), ())
    """
    tasks = [part for part in re.split(r"[。\n]", scoring) if ELSE_NOTHING.search(part)]
    added = [points for part in tasks if (points := _points(part))]
    if len(added) > 1:
        return (total(max(points) for points in added),)
    points = _points(scoring)
    if not points or FULL.search(scoring) or FOR_EACH.search(scoring):
        return ()
    return tuple(dict.fromkeys((max(points), total(points))))


def _points(text: str) -> list[Decimal]:
    return [Decimal(points) for points in POINTS.findall(text)]


def _is_weighed(row: Told) -> bool:
    return row.knows("scoring", "weight") and row.weight is not None


Span = tuple[Decimal, Decimal]


def _unmet(scoring: str) -> Iterator[tuple[Span, Span]]:
    """Yield neighbouring bands that overlap or leave a gap, the lower one first."""
    closed = [(Decimal(low), Decimal(high)) for low, high in BAND.findall(scoring)]
    if len(closed) < FEWEST:
        return
    spans = [(min(band), max(band)) for band in closed]
    spans += [(Decimal(each), HIGHEST) for each in FROM.findall(scoring)]
    spans += [(LOWEST, Decimal(first or second)) for first, second in BELOW.findall(scoring)]
    spans.sort()
    for lower, upper in pairwise(spans):
        if lower[1] != upper[0]:
            yield lower, upper


def _told(span: Span) -> str:
    low, high = span
    if low == LOWEST:
        return f"{high}%以下"
    return f"{low}%以上" if high == HIGHEST else f"{low}%-{high}%"
