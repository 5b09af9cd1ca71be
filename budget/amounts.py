"""Every amount that a book states, with what it stands for: what a 批复 has settled. Pure.

Two books state the same amounts where the two collections are equal, whatever their words say.
Numbers that are no money (people, vehicles) are words here: a correction of texts may mend them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.book import BudgetBook
from budget.terms import Term

Stated = tuple[str, ...]
"""What an amount stands for, and last the amount itself in 元."""


def differing(one: BudgetBook, other: BudgetBook) -> tuple[Stated, ...]:
    """Return what only one of two books states, in order; nothing where they state the same."""
    left, right = Counter(stated(one)), Counter(stated(other))
    return tuple(sorted(((left - right) + (right - left)).elements()))


def stated(book: BudgetBook) -> tuple[Stated, ...]:
    """Return all amounts of a book in order. Zero counts as well: it is printed somewhere."""
    return tuple(sorted(_text(each) for each in _stated(book)))


def _stated(book: BudgetBook) -> Iterator[Iterable[object]]:
    for line in book.lines:
        yield (
            *("支出", line.unit, line.nature, line.upkeep, line.project, line.function),
            *(line.economic, line.source, line.carried_over, line.allotment),
            *(line.paid_to, line.received_from, line.amount),
        )
    for estimate in book.estimates:
        yield "收入", estimate.unit, estimate.source, estimate.carried_over, estimate.amount
    for project in book.projects:
        yield "项目财政资金总额", project.unit, project.code, project.total_appropriated
        yield "项目其他资金总额", project.unit, project.code, project.total_other
    for event in book.events:
        yield "活动", event.unit, event.kind, event.sequence, event.basic, event.project
    for item in book.procurement:
        yield (
            *("采购", item.unit, item.sequence, item.kind, item.project, item.economic),
            *(item.reserved, item.reserved_small, item.amount),
        )
    for prior in book.prior:
        yield "上年数", prior.unit, prior.measure, prior.precision, prior.amount
    for executed in book.executions:
        yield "上年执行数", executed.unit, executed.function, executed.amount


def _text(told: Iterable[object]) -> Stated:
    return tuple(_word(each) for each in told)


def _word(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, Term):
        return str(value.value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
