"""绩效目标的内容: what each goal must have (财预〔2015〕88号；财预〔2021〕101号)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.rules.finding import Finding, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity
from performance.rules.printed_goals import blocks
from performance.rules.told import NOTHING, Block, finding, unjudged

SHORTEST = 4


@rule(
    "PRF001",
    Severity.ERROR,
    "绩效目标有总体目标、产出指标和效益指标",
    explain="每个项目和部门整体都要填写总体目标，并至少有一个产出指标、一个效益指标。",
    basis="财预〔2015〕88号《中央部门预算绩效目标管理办法》；项目支出绩效目标表",
    example="项目写了总体目标和产出指标，没有效益指标。",
)
def goals_have_their_parts(subject: Subject) -> Iterable[Outcome]:
    """Each printed goal has its text, one output and one benefit at least (C52)."""
    found = blocks(subject)
    yield from unjudged(found)
    for block in found:
        missing = list(_missing(block))
        if missing:
            yield _lacking(block, missing, "补填所缺内容")


@rule(
    "PRF002",
    Severity.ERROR,
    "绩效目标有成本指标和满意度指标",
    explain="没有成本指标或满意度指标的，在该类指标处写明不适用的理由。",
    basis="财预〔2021〕101号《中央部门项目支出核心绩效目标和指标设置及取值指引（试行）》",
    example="项目没有满意度指标，也没有说明理由。",
)
def goals_have_cost_and_satisfaction(subject: Subject) -> Iterable[Outcome]:
    """Each goal has 成本 and 满意度, or a row that says why not (C52).

    The weights of the same guide provide for goals that have none, which must say so.
    """
    found = blocks(subject)
    yield from unjudged(found)
    for block in found:
        if block.is_whole and block.rows:
            cost = any(row.is_cost for row in block.rows)
            pleased = any(row["dimension"].startswith("满意度") for row in block.rows)
            missing = [
                *([] if cost else ["成本指标"]),
                *([] if pleased else ["满意度指标"]),
            ]
            if missing:
                yield _lacking(block, missing, "补填指标，或写明不适用的理由")


@rule(
    "PRF003",
    Severity.WARNING,
    "没有只填“无”的指标行",
    explain="不适用的二级指标不必列出，删去整行。",
    basis="项目支出绩效目标表填报要求",
    example="生态效益指标一行各栏都填“无”。",
)
def no_placeholder_rows(subject: Subject) -> Iterable[Outcome]:
    """No row says 无 in target, explanation and scoring; one finding for each goal (C56)."""
    found = blocks(subject)
    yield from unjudged(found, "target", "explanation", "scoring")
    for block in found:
        rows = [row for row in block.rows if row.is_placeholder]
        if rows:
            yield Finding(
                tuple(row.place() for row in rows),
                Side(f"{block.name}只填“无”的指标", "、".join(row["aspect"] for row in rows)),
                advice="删去这些行，或填写真实的指标",
            )


@rule(
    "PRF004",
    Severity.WARNING,
    "三级指标在一个目标内不重复",
    explain="同一个三级指标写了两次，会重复计分；合并或改写其中一个。",
    basis="项目支出绩效目标表填报要求",
    example="经济效益和社会效益下写了同一个三级指标。",
)
def indicators_are_unique(subject: Subject) -> Iterable[Outcome]:
    """No 三级指标 stands twice in one goal (C58)."""
    found = blocks(subject)
    yield from unjudged(found, "indicator")
    for block in found:
        seen: dict[str, str] = {}
        for row in block.real:
            first = seen.setdefault(row["indicator"], row.place())
            if first != row.place() and row.knows("indicator"):
                right = Side(f"{block.name}的另一处", row["indicator"], "", first)
                yield finding(row, "indicator", right, "合并或改写其中一个", first)


@rule(
    "PRF005",
    Severity.WARNING,
    "三级指标写得具体",
    explain="三级指标至少四个字，写明考核什么。",
    basis="项目支出绩效目标表填报要求",
    example="三级指标只写“质量”。",
)
def indicators_say_something(subject: Subject) -> Iterable[Outcome]:
    """A 三级指标 has four characters at least (C58)."""
    found = blocks(subject)
    yield from unjudged(found, "indicator")
    for block in found:
        for row in block.real:
            if row.knows("indicator") and len(row["indicator"]) < SHORTEST:
                yield finding(row, "indicator", None, "写明考核什么")


def _missing(block: Block) -> Iterator[str]:
    if not block.goal_is_damaged and block.goal.strip() in NOTHING:
        yield "总体目标"
    if block.is_whole:
        dimensions = [row["dimension"] for row in block.real if not row.is_cost]
        for name in ("产出", "效益"):
            if not any(each.startswith(name) for each in dimensions):
                yield f"{name}指标"


def _lacking(block: Block, missing: list[str], advice: str) -> Finding:
    return Finding(
        (block.place,),
        Side(block.name, f"缺少{'、'.join(missing)}", "", block.place),
        advice=advice,
    )
