"""收支平衡: what comes in is what goes out, for the whole, for appropriations, by function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from budget.codes import hyphenated
from budget.ledger import EVERYTHING, Where, where
from budget.questions import (
    APPROPRIATED,
    CARRIED_OVER,
    EARNED,
    EARNED_THIS_YEAR,
    SPENT,
    SPENT_THIS_YEAR,
)
from budget.rules.finding import (
    AtMost,
    Equal,
    Finding,
    NotChecked,
    Outcome,
    Side,
    or_not_checked,
)
from budget.rules.listed import by_function, first_listed, lists_all
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.rules.telling import addresses, values_asked
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
    """Income by function equals uses by function, where nothing is kept for next year (C16)."""
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


@rule(
    "BAL005",
    Severity.WARNING,
    "有结转、结余时，各功能科目的收入与支出之差在结转、结余之内",
    explain="收入可以多于支出，多出的是结转下年和结余分配；支出不能多于收入，科目也应当相同。",
    basis="收入总表与支出总表，按科目勾稽",
    example="有结转下年 20.00，某项收入 90.00，支出 95.00。",
)
def functions_keep_what_is_left(subject: Subject) -> Iterable[Outcome]:
    """Income by function is its spending and what is kept of it, where something is (C16)."""
    kept = _kept(subject, EVERYTHING)
    if _first(subject, EARNED) is None or _first(subject, SPENT_THIS_YEAR) is None:
        yield NotChecked("文件中没有这两个合计")
    elif kept:
        yield from or_not_checked(_within_kept(subject, kept), "没有按科目列示的收入与支出")


def _within_kept(subject: Subject, kept: list[Printed]) -> Iterator[Outcome]:
    income, spending = by_function(subject, EARNED), by_function(subject, SPENT_THIS_YEAR)
    places = tuple(each.address for each in kept)
    for code in sorted(income.keys() & spending.keys()):
        earned, spent = income[code].address, spending[code].address
        yield AtMost(spent, (earned,), "支出不多于收入：核对该科目的收入与支出")
        yield AtMost(earned, (spent, *places), "多出的收入不超过结转下年与结余分配之和")
    unspent = {code: income[code] for code in income.keys() - spending.keys()}
    unearned = {code: spending[code] for code in spending.keys() - income.keys()}
    if _are_whole(subject, income, spending):
        if unearned:
            yield _of_other_codes(unspent, unearned)
        else:
            for each in unspent.values():
                yield AtMost(each.address, places, "支出总表没有这个科目：核对科目或补列支出")


def _are_whole(
    subject: Subject, income: Mapping[str, Printed], spending: Mapping[str, Printed]
) -> bool:
    """True where both tables list all that they add up."""
    return lists_all(subject, income, EARNED) and lists_all(subject, spending, SPENT_THIS_YEAR)


def _of_other_codes(unspent: Mapping[str, Printed], unearned: Mapping[str, Printed]) -> Finding:
    """Return that income and spending stand under different codes."""
    return Finding(
        addresses((*unearned.values(), *unspent.values())),
        _codes_side("支出有而收入没有的科目", unearned),
        _codes_side("收入有而支出没有的科目", unspent),
        advice="收入与支出列在相同的功能科目",
    )


def _codes_side(label: str, rows: Mapping[str, Printed]) -> Side:
    told = (f"{hyphenated(code)}（{rows[code].text}）" for code in sorted(rows))
    return Side(label, "、".join(told) or "（没有）")


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
        if money is EVERYTHING:
            yield from _on_one_side(subject)


def _on_one_side(subject: Subject) -> Iterator[Finding]:
    """Yield that both sides have codes which the other has not; amounts that differ tell else."""
    income, spending = by_function(subject, EARNED), by_function(subject, SPENT_THIS_YEAR)
    unspent = {code: income[code] for code in income.keys() - spending.keys()}
    unearned = {code: spending[code] for code in spending.keys() - income.keys()}
    if unspent and unearned and _are_whole(subject, income, spending):
        yield _of_other_codes(unspent, unearned)


def _is_kept(subject: Subject, money: Where) -> bool:
    """True where the document prints money carried over or distributed, however little.

    Appropriations are held against this year's income, so that what is carried in tells too.
    """
    carried_in = [] if money is EVERYTHING else subject.answering(EARNED, money, CARRIED_OVER)
    return bool(_kept(subject, money)) or any(each.text for each in carried_in)


def _kept(subject: Subject, money: Where) -> list[Printed]:
    """Return what is printed of money distributed or carried to next year, one amount of each.

    Less than half a printed unit shows as 0.00; a blank is exactly zero and left out.
    """
    answers = (subject.answering(SPENT, money, where(nature=nature)) for nature in CLOSING)
    return [
        kept
        for printed in answers
        if any(each.text for each in printed) and (kept := first_listed(printed))
    ]


def _of_functions(subject: Subject, earned: Where, money: Where) -> Iterator[Equal]:
    for code in values_asked(subject, "function"):
        of_code = where(function=code)
        for spent in (SPENT_THIS_YEAR, SPENT):
            yield from _agree(subject, (earned, money, of_code), (spent, money, of_code))


def _may_be_equal(first: Printed, second: Printed) -> bool:
    """True where two amounts differ by no more than their rounding in print."""
    return abs(first.yuan - second.yuan) <= first.half + second.half


def _first(subject: Subject, *questions: Where) -> str | None:
    """Return where an answer stands, in a table rather than in a sentence."""
    answer = first_listed(subject.answering(*questions))
    return answer.address if answer else None


def _agree(subject: Subject, left: tuple[Where, ...], right: tuple[Where, ...]) -> Iterator[Equal]:
    first, second = _first(subject, *left), _first(subject, *right)
    if first and second and first != second:
        yield Equal(first, (second,))
