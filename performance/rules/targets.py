"""指标值: sign, value and unit are typed so that the target can be measured."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from budget.rules.finding import Outcome
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity
from performance.rules.printed_goals import blocks
from performance.rules.told import NOTHING, Told, finding, number, unjudged

WITH_UNIT: Final = re.compile(r"^\s*\d[\d,]*(?:\.\d+)?\s*(?P<unit>[%％‰]|[^\d\s.,，、；;]{1,4})$")
CLAUSES: Final = re.compile(r"[，。；、,;\n]")
FEWEST_GRADES: Final = 2
MEASURED: Final = frozenset({"≥", "≤", "=", "＝", "＞", "＜", ">", "<", "定量"})


@rule(
    "PRF009",
    Severity.ERROR,
    "定量指标的指标值是数字并有度量单位",
    explain="指标值只写数字，单位写在度量单位栏；写不出数字的改为定性并写明评分等级。",
    basis="财预〔2021〕101号，指标值设置；绩效目标表填报要求",
    example="指标值写“力争完成80期”，类型却选定量。",
)
def measured_targets_are_numbers(subject: Subject) -> Iterable[Outcome]:
    """A target with a sign is a number with a unit (C54)."""
    found = blocks(subject)
    yield from unjudged(found, "target", "measure", "comparison")
    for row in (row for block in found for row in block.real if _is_measured(row)):
        if number(row["target"]) is None and not WITH_UNIT.match(row["target"]):
            yield finding(row, "target", row.side("comparison"), "指标值改为数字，或改为定性")
        elif row["measure"] in NOTHING and number(row["target"]) is not None:
            yield finding(row, "measure", row.side("target"), "补填度量单位")


@rule(
    "PRF010",
    Severity.ERROR,
    "定性指标有评分等级",
    explain="定性指标在评（扣）分标准里写明各等级怎样计分。",
    basis="财预〔2021〕101号，指标值设置；绩效目标表填报要求",
    example="指标值写“保障”，评分标准空白。",
)
def worded_targets_have_grades(subject: Subject) -> Iterable[Outcome]:
    """A target in words has a graded standard: points for one outcome and for another (C54)."""
    found = blocks(subject)
    yield from unjudged(found, "scoring", "comparison")
    for row in (row for block in found for row in block.real):
        if row.knows("comparison", "scoring") and row.is_qualitative:
            if row["scoring"] in NOTHING:
                yield finding(row, "scoring", row.side("comparison"), "补填评分等级")
            elif len(_grades(row["scoring"])) < FEWEST_GRADES:
                advice = "分等级写明得分，如效果好、一般、不好各得几分"
                yield finding(row, "scoring", row.side("comparison"), advice)


def _grades(scoring: str) -> list[str]:
    """Return the clauses of a standard that give or take points."""
    return [clause for clause in CLAUSES.split(scoring) if "分" in clause]


@rule(
    "PRF011",
    Severity.WARNING,
    "指标值和度量单位分开填写",
    explain="单位只写在度量单位栏，指标值栏只写数字。",
    basis="绩效目标表填报要求",
    example="指标值写“95%”，度量单位又写“%”。",
)
def values_stand_without_units(subject: Subject) -> Iterable[Outcome]:
    """A measured target holds no unit of its own (C54)."""
    found = blocks(subject)
    yield from unjudged(found, "target")
    for row in (row for block in found for row in block.real if _is_measured(row)):
        mixed = WITH_UNIT.match(row["target"])
        if mixed and number(row["target"]) is None:
            right = row.side("measure")
            yield finding(row, "target", right, f"指标值只写数字，单位写“{mixed['unit']}”")


@rule(
    "PRF012",
    Severity.WARNING,
    "定性指标不填度量单位",
    explain="定性指标没有度量单位，度量单位栏留空或填“无”；动词不是单位。",
    basis="绩效目标表填报要求",
    example="指标值写“促进”，度量单位也写“促进”。",
)
def worded_targets_have_no_unit(subject: Subject) -> Iterable[Outcome]:
    """A target in words has no unit (C58)."""
    found = blocks(subject)
    yield from unjudged(found, "measure", "comparison")
    for row in (row for block in found for row in block.real):
        known = row.knows("comparison", "measure")
        if known and row.is_qualitative and row["measure"] not in NOTHING:
            yield finding(row, "measure", row.side("target"), "度量单位栏留空或填“无”")


def _is_measured(row: Told) -> bool:
    return row.knows("target", "measure", "comparison") and row["comparison"] in MEASURED
