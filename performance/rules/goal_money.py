"""成本指标与资金: what a goal says it will cost is what the budget gives it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from budget.ledger import where
from budget.questions import BASIC, PROJECT, SPENT
from budget.rules.finding import Finding, Outcome, Side
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.terms import Severity
from performance.rules.printed_goals import judged
from performance.rules.told import Block, Told, number, unjudged

UNITS: Final = {"万元": 4, "元": 0}
UNIT_COST: Final = re.compile(r"[每均]|单价|单位成本|标准|补[助贴]|人次|/")
"""Words of a cost of one piece, which is not the cost of all."""
OVERALL: Final = {"基本支出": BASIC, "项目支出": PROJECT}


@rule(
    "PRF016",
    Severity.WARNING,
    "项目总成本指标等于项目资金",
    explain="项目总成本指标的指标值与该项目的年度资金一致；资金调整后同步更正指标值。",
    basis="项目支出绩效目标表，成本指标与资金总额",
    example="项目资金 304.13 万元，成本指标写不超过 340.13 万元。",
)
def project_cost_is_its_money(subject: Subject) -> Iterable[Outcome]:
    """The one indicator of a project's whole cost states the project's money (C55).

    A project with several costs in money states parts of it and is left alone.
    """
    found = tuple(judged(subject, overall=False))
    yield from unjudged(found, "target", "measure")
    for block in found:
        costs = [row for row in block.real if _is_whole_cost(row)]
        money = subject.answering(SPENT, PROJECT, where(project=block.code)) or _cell(
            subject, f"{block.table}/{block.code}/total"
        )
        if len(costs) == 1:
            yield from _differing(block, costs[0], money)


@rule(
    "PRF017",
    Severity.WARNING,
    "整体成本指标等于基本支出和项目支出",
    explain="部门整体目标中基本支出、项目支出的指标值与表中金额一致。",
    basis="部门整体支出绩效目标表，成本指标与年度预算申请",
    example="项目支出 904.71 万元，成本指标写不超过 940.71 万元。",
)
def overall_cost_is_the_budget(subject: Subject) -> Iterable[Outcome]:
    """Indicators named 基本支出 and 项目支出 state the unit's amounts (C64)."""
    found = tuple(judged(subject, overall=True))
    yield from unjudged(found, "target", "measure")
    for block in found:
        for row in block.real:
            question = OVERALL.get(row["indicator"])
            if question is not None and _yuan(row) is not None:
                asked = (SPENT, question, where(unit=block.code))
                yield from _differing(block, row, subject.answering(*asked))


def _cell(subject: Subject, address: str) -> list[Printed]:
    printed = subject.figures.get(address)
    return [] if printed is None else [printed]


def _is_whole_cost(row: Told) -> bool:
    return row.is_cost and _yuan(row) is not None and not UNIT_COST.search(row["indicator"])


def _yuan(row: Told) -> tuple[Decimal, Decimal] | None:
    """Return a target of money in yuan and half of its last digit; None for any other."""
    value = number(row["target"])
    exponent = UNITS.get(row["measure"])
    if value is None or exponent is None or not row.knows("target", "measure"):
        return None
    # Storage and sheets may write idle zeros behind a value that was typed without them.
    places = value.normalize().as_tuple().exponent
    assert isinstance(places, int), "a finite number has an exponent"
    return value.scaleb(exponent), Decimal(5).scaleb(min(places, 0) - 1 + exponent)


def _differing(block: Block, row: Told, money: list[Printed]) -> Iterator[Finding]:
    target = _yuan(row)
    if not money or target is None:
        return
    yuan, half = target
    if all(abs(each.yuan - yuan) > _slack(each, half) for each in money):
        printed = money[0]
        yield Finding(
            (row.place("target"), printed.address),
            Side(row.side("target").label, row["target"], row["measure"], row.place("target")),
            Side(f"{block.name}的资金", printed.text or "0", printed.unit, printed.address),
            advice="指标值与资金一致；资金为准的更正指标值",
        )


def _slack(printed: Printed, half: Decimal) -> Decimal:
    """Return how far the two may differ: a target in 万元 rounds an amount printed in yuan."""
    return half if printed.unit == "元" else printed.half
