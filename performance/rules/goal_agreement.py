"""两张绩效表: an indicator that stands in both says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from budget.rules.finding import NotChecked, Outcome
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity
from performance.rules.printed_goals import judged
from performance.rules.told import Block, Told, finding, number, unjudged

COMPARED: Final = ("comparison", "target", "measure")


@rule(
    "PRF018",
    Severity.WARNING,
    "同一指标在项目表和整体表中相同",
    explain="同名三级指标的类型、指标值、单位在两张表中应一致。",
    basis="项目支出绩效目标表与部门整体支出绩效目标表，表间一致",
    example="项目表写定量“力争完成80期”，整体表写≥80期。",
)
def indicators_agree_between_tables(subject: Subject) -> Iterable[Outcome]:
    """Sign, value and unit of an indicator are the same in both tables (C65)."""
    projects = tuple(judged(subject, overall=False))
    overall = tuple(judged(subject, overall=True))
    if not projects or not overall:
        yield NotChecked("文件中没有项目和整体两张绩效目标表")
        return
    yield from unjudged((*projects, *overall), *COMPARED)
    of_projects = _by_name(projects)
    for row in (row for block in overall for row in block.real):
        for other in of_projects.get(row["indicator"], ())[:1]:
            differing = next(_differing(row, other), None)
            if differing:
                yield finding(
                    row,
                    differing,
                    other.side(differing),
                    "两张表改为一致",
                    other.place(differing),
                )


@rule(
    "PRF019",
    Severity.NOTICE,
    "成本指标在各绩效目标表中层级相同",
    explain="2021年起成本指标是一级指标；旧表把它列为产出指标的二级，全文统一。",
    basis="财预〔2021〕101号，指标框架",
    example="项目表中成本指标是一级指标，整体表中列在产出指标之下。",
)
def cost_has_one_rank(subject: Subject) -> Iterable[Outcome]:
    """成本 is a 一级 in all goals or in none; a notice, since tables follow older forms."""
    found = tuple(judged(subject))
    yield from unjudged(found, "dimension", "aspect")
    ranks: dict[bool, Told] = {}
    for row in (row for block in found for row in block.rows if row.is_cost):
        if row.knows("dimension", "aspect"):
            ranks.setdefault(row["dimension"].startswith("成本"), row)
    if len(ranks) > 1:
        below, first = ranks[False], ranks[True]
        yield finding(
            below, "dimension", first.side("dimension"), "各表统一层级", first.place("dimension")
        )


def _by_name(blocks: Iterable[Block]) -> dict[str, tuple[Told, ...]]:
    named: dict[str, tuple[Told, ...]] = {}
    for row in (row for block in blocks for row in block.real):
        named[row["indicator"]] = (*named.get(row["indicator"], ()), row)
    return named


def _differing(row: Told, other: Told) -> Iterator[str]:
    """Yield the fields in which two rows differ; a target in words has no unit to compare."""
    for name in COMPARED:
        if name == "measure" and (row.is_qualitative or other.is_qualitative):
            continue
        if row.knows(name) and other.knows(name) and not _same(row[name], other[name]):
            yield name


def _same(first: str, second: str) -> bool:
    """True for equal texts and for equal numbers, 80 and 80.00."""
    return first == second or (number(first) is not None and number(first) == number(second))
