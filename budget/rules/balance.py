"""收支平衡: what comes in is what goes out, for the whole, for appropriations, by function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.ledger import Where, where
from budget.questions import (
    APPROPRIATED,
    EARNED,
    SPENT,
    SPENT_THIS_YEAR,
)
from budget.rules.finding import Equal, NotChecked, Outcome
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.terms import Severity


@rule(
    "BAL001",
    Severity.ERROR,
    "收入总计等于支出总计",
    explain="不等时先核对上年结转、结转下年与结余分配是否漏填。",
    basis="《预算法》第十二条；收支总表，表内平衡",
    example="收入总计 50.00，支出总计 40.00。",
)
def totals_balance(subject: Subject) -> Iterable[Outcome]:
    """All income equals all uses."""
    yield from _agree(subject, (EARNED,), (SPENT,))


@rule(
    "BAL002",
    Severity.ERROR,
    "财政拨款收入总计等于财政拨款支出总计",
    explain="财政拨款自成平衡；先核对财政拨款的上年结转和结转下年。",
    basis="财政拨款收支总表，表内平衡",
    example="财政拨款收入总计 50.00，支出总计 49.99。",
)
def appropriations_balance(subject: Subject) -> Iterable[Outcome]:
    """Appropriated income equals appropriated uses."""
    yield from _agree(subject, (EARNED, APPROPRIATED), (SPENT, APPROPRIATED))


@rule(
    "BAL003",
    Severity.ERROR,
    "每个功能科目的收入等于其支出",
    explain="收入按它安排的支出科目列示；有结转下年或结余分配时收入可以大于支出，不在此列。",
    basis="收入总表与支出总表，按科目勾稽",
    example="行政运行收入 656.38，支出 656.83。",
)
def functions_balance(subject: Subject) -> Iterable[Outcome]:
    """Income by function equals uses by function, where nothing is kept for next year."""
    income, spending = subject.answering(EARNED), subject.answering(SPENT_THIS_YEAR)
    if not income or not spending:
        yield NotChecked("文件中没有收入总计或本年支出合计")
    elif income[0].yuan != spending[0].yuan:
        yield NotChecked("有结转下年或结余分配，收入不必逐科目等于支出")
    else:
        for code in _functions(subject):
            of_code = where(function=code)
            yield from _agree(subject, (EARNED, of_code), (SPENT_THIS_YEAR, of_code))


def _functions(subject: Subject) -> Iterator[str]:
    """Yield the function codes by which income is printed."""
    for question in subject.answers:
        for clause in question.clauses:
            for dimension, values in clause.allowed:
                if dimension == "function" and len(values) == 1:
                    yield from map(str, values)


def _first(subject: Subject, *questions: Where) -> str | None:
    answers = subject.answering(*questions)
    return answers[0].address if answers else None


def _agree(subject: Subject, left: tuple[Where, ...], right: tuple[Where, ...]) -> Iterator[Equal]:
    first, second = _first(subject, *left), _first(subject, *right)
    if first and second and first != second:
        yield Equal(first, (second,))
