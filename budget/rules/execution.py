"""上年执行数: what a sentence says against last year's execution, which it prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.document import Figure
from budget.money import ZERO, percent
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.sentences import LEVEL, Movement, movements, plain, readings
from budget.terms import Severity


@rule(
    "CHG005",
    Severity.ERROR,
    "与上年执行数的增减百分比相互一致",
    explain="百分比＝|本年预算数－上年执行数|÷上年执行数；本年大于上年写“增长”，小于写“下降”。",
    basis="部门预算说明，财政拨款支出主要内容",
    example="本年预算 905.55 万元，上年执行数 864.41 万元，写下降 4.76%。",
)
def changes_of_execution_can_be_recomputed(subject: Subject) -> Iterable[Outcome]:
    """The word and the percentage against last year's execution fit both printed amounts."""
    executed = [each for each in movements(subject) if each.base is not None]
    if not executed:
        yield NotChecked("说明中没有与上年执行数的比较")
    for movement in executed:
        if movement.base is not None and movement.now is not None:
            yield from _against_execution(subject, movement, movement.now, movement.base)


def _against_execution(
    subject: Subject, movement: Movement, now: Figure, base: Figure
) -> Iterator[Finding]:
    spent, nows = base.value or ZERO, readings(subject, now)
    if any(_fits_execution(movement, each, spent) for each in nows):
        return
    word = LEVEL if nows[0] == spent else "增长" if nows[0] > spent else "下降"
    rate = "" if nows[0] == spent or not spent else plain(percent(abs(nows[0] - spent), spent))
    stated = movement.percent.text if movement.percent else ""
    yield Finding(
        movement.where,
        Side("说明中的增减", f"{movement.direction.text}{stated}", "%" if stated else ""),
        Side("按本年预算数和上年执行数重算", f"{word}{rate}", "%" if rate else ""),
        advice="核对方向词、百分比和上年执行数",
    )


def _fits_execution(movement: Movement, now: Decimal, spent: Decimal) -> bool:
    if now == spent:
        return movement.is_level and movement.percent is None
    if movement.percent is None or not spent or movement.is_level:
        return False
    return (now > spent) is movement.rises and (
        percent(abs(now - spent), spent) == movement.percent.value
    )
