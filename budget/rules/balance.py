"""收支平衡: what comes in is what goes out, for the whole, for appropriations, by function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from budget.ledger import EVERYTHING, Where, where
from budget.questions import (
    APPROPRIATED,
    CARRIED_OVER,
    EARNED,
    EARNED_THIS_YEAR,
    SPENT,
    SPENT_THIS_YEAR,
)
from budget.rules.finding import Equal, NotChecked, Outcome, or_not_checked
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.terms import Nature, Severity

CLOSING = (Nature.SURPLUS_DISTRIBUTION, Nature.CARRYOVER_OUT)


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
    totals = _agree(subject, (EARNED,), (SPENT,))
    yield from or_not_checked(totals, "文件中没有收入总计或支出总计")


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
    yield from or_not_checked(_appropriated_totals(subject), "文件中没有财政拨款收支总计")


def _appropriated_totals(subject: Subject) -> Iterator[Equal]:
    """Hold the totals of both sides against each other, in each table that has both.

    What is appropriated is used by its definition, so both sides answer one question.
    """
    totals = [each for each in subject.answering(EARNED, APPROPRIATED) if each.table]
    for table in dict.fromkeys(each.table for each in totals):
        first, *others = [each for each in totals if each.table == table]
        for other in others:
            yield Equal(first.address, (other.address,))


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
    yield from _by_function(subject, EARNED, EVERYTHING)


@rule(
    "BAL004",
    Severity.ERROR,
    "每个功能科目的财政拨款收入等于其财政拨款支出",
    explain="没有财政拨款结转时，拨款按它安排的支出科目列示，逐科目相等。",
    basis="收入总表与财政拨款支出，按科目勾稽",
    example="某项财政拨款收入 90.00，财政拨款支出 60.00。",
)
def appropriated_functions_balance(subject: Subject) -> Iterable[Outcome]:
    """The same for appropriated money, where none of it is carried over, in or out."""
    yield from _by_function(subject, EARNED_THIS_YEAR, APPROPRIATED)


def _by_function(subject: Subject, earned: Where, money: Where) -> Iterator[Outcome]:
    """Hold income against spending code by code, where their totals are the same."""
    income = _first(subject, earned, money)
    spending = _first(subject, SPENT_THIS_YEAR, money) or _first(subject, SPENT, money)
    if income is None or spending is None:
        yield NotChecked("文件中没有这两个合计")
    elif _is_kept(subject, money):
        yield NotChecked("有结转或结余，收入不必逐科目等于支出")
    elif not _may_be_equal(subject.figures[income], subject.figures[spending]):
        yield NotChecked("收入与本年支出的合计不等，先核对合计")
    else:
        equal = _of_functions(subject, earned, money)
        yield from or_not_checked(equal, "没有按科目列示的收入与支出")


def _is_kept(subject: Subject, money: Where) -> bool:
    """True where the document prints money carried over or distributed, however little.

    Less than half a printed unit shows as 0.00 and a blank is exactly zero. Appropriations are
    held against this year's income, so that what is carried in tells too.
    """
    closings = [(SPENT, money, where(nature=nature)) for nature in CLOSING]
    carried_in = [] if money is EVERYTHING else [(EARNED, money, CARRIED_OVER)]
    return any(
        printed.text
        for questions in (*closings, *carried_in)
        for printed in subject.answering(*questions)
    )


def _of_functions(subject: Subject, earned: Where, money: Where) -> Iterator[Equal]:
    for code in _functions(subject):
        of_code = where(function=code)
        for spent in (SPENT_THIS_YEAR, SPENT):
            yield from _agree(subject, (earned, money, of_code), (spent, money, of_code))


def _may_be_equal(first: Printed, second: Printed) -> bool:
    """True where two amounts differ by no more than their rounding in print."""
    return abs(first.yuan - second.yuan) <= first.half + second.half


def _functions(subject: Subject) -> Iterator[str]:
    """Yield the function codes by which amounts are printed, each once."""
    codes = {
        str(code)
        for question in subject.answers
        for clause in question.clauses
        for dimension, values in clause.allowed
        if dimension == "function"
        for code in values
    }
    yield from sorted(codes)


def _first(subject: Subject, *questions: Where) -> str | None:
    """Return where an answer stands, in a table rather than in a sentence."""
    answers = subject.answering(*questions)
    listed = [each.address for each in answers if each.table]
    return next(iter((*listed, *(each.address for each in answers))), None)


def _agree(subject: Subject, left: tuple[Where, ...], right: tuple[Where, ...]) -> Iterator[Equal]:
    first, second = _first(subject, *left), _first(subject, *right)
    if first and second and first != second:
        yield Equal(first, (second,))
