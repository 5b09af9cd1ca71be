"""合理性: amounts that may not be negative or exceed others, and shares out of the ordinary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from budget.ledger import Where, where
from budget.money import percent, total, written
from budget.questions import (
    AGENCY_OPERATING_COSTS,
    APPROPRIATED,
    BASIC,
    EARNED,
    FROM_GENERAL_PUBLIC,
    GENERAL_PUBLIC,
    GOVERNMENT_FUND,
    OF_THIS_YEAR,
    OPERATING,
    PROJECT,
    SPENT_THIS_YEAR,
    STATE_CAPITAL,
)
from budget.rules import thresholds
from budget.rules.finding import (
    AtMost,
    Equal,
    Finding,
    NotChecked,
    Outcome,
    Side,
    or_not_checked,
)
from budget.rules.lines_behind import unlike_lines
from budget.rules.listed import by_function, lists_all
from budget.rules.printed import Printed, Subject
from budget.rules.questions import widened
from budget.rules.registry import Blame, rule
from budget.rules.telling import addresses, side, sum_side, values_asked
from budget.rules.thresholds import Threshold
from budget.terms import Allotment, Severity

FUNDS: Final = (GENERAL_PUBLIC, GOVERNMENT_FUND, STATE_CAPITAL)
WAGES: Final = ("30101", "30102", "30103", "30107")


@rule(
    "PLA001",
    Severity.ERROR,
    "金额不为负数",
    explain="预算收支不填负数；冲减应在原科目上减少，结转、结余另有专栏。",
    basis="部门预算编制要求；部门预算各表",
    example="支出总表某项填 -5.00。",
    blames=Blame.ALL,
)
def amounts_are_not_negative(subject: Subject) -> Iterable[Outcome]:
    """No printed amount is below zero (C06)."""
    if not subject.figures:
        yield NotChecked("文件中没有金额")
    for printed in subject.figures.values():
        if printed.yuan < 0:
            yield Finding((printed.address,), side(printed), advice="改为正数，或从相应科目中减去")


@rule(
    "PLA002",
    Severity.ERROR,
    "经费拨款不超过本级财政拨款",
    explain="经费拨款是本级财政拨款的其中数。",
    basis="收入总表，其中栏",
    example="某行本级财政拨款 30.00，其中经费拨款 35.00。",
)
def regular_allotment_is_a_part(subject: Subject) -> Iterable[Outcome]:
    """What is 经费拨款 of an appropriation is no more than the appropriation (C08)."""
    yield from or_not_checked(_allotments(subject), "文件中没有经费拨款栏")


def _allotments(subject: Subject) -> Iterator[AtMost]:
    for question, limits in subject.limits.items():
        if limits.get("allotment") is Allotment.REGULAR:
            whole = subject.answers.get(widened(question, "allotment"), [])
            for part in subject.answers[question]:
                yield from at_most(part, _beside(part, whole))


def _beside(part: Printed, whole: list[Printed]) -> list[Printed]:
    """Return the whole that stands in the part's own table, else wherever it stands."""
    return [each for each in whole if each.table == part.table] or whole


def at_most(part: Printed, whole: list[Printed]) -> Iterator[AtMost]:
    """Yield that a part is no more than the first of the amounts that state its whole."""
    if whole:
        advice = f"{part.label}是{whole[0].label}的一部分，更正写错的一处"
        yield AtMost(part.address, (whole[0].address,), advice)


@rule(
    "PLA003",
    Severity.ERROR,
    "财政拨款支出不超过该科目的全部支出",
    explain="按科目核对分预算的支出表与支出总表；只有财政拨款收入时两者相等。",
    basis="支出总表与一般公共预算、政府性基金预算支出表，表间勾稽",
    example="某项一般公共预算支出 90.00，而支出总表该项只有 80.00。",
)
def appropriations_are_a_part_of_spending(subject: Subject) -> Iterable[Outcome]:
    """By function, what a fund pays is within all spending, and all of it if alone (C31)."""
    yield from or_not_checked(_parts_of_functions(subject), "文件中没有按科目列示的支出")
    yield from _of_unknown_functions(subject)


def _of_unknown_functions(subject: Subject) -> Iterator[Finding]:
    """Yield what a fund pays under a code that neither all income nor all spending has.

    A code that income has is missed in spending by the rule that holds those two together.
    """
    spending, income = by_function(subject, SPENT_THIS_YEAR), by_function(subject, EARNED)
    if not lists_all(subject, spending, SPENT_THIS_YEAR):
        return
    for fund in FUNDS:
        paid = by_function(subject, SPENT_THIS_YEAR, fund)
        for code in sorted(paid.keys() - spending.keys() - income.keys()):
            yield Finding(
                (paid[code].address,),
                side(paid[code]),
                Side("全部支出中的该科目", "没有列示"),
                advice="更正功能科目，或在支出总表补列",
            )


def _parts_of_functions(subject: Subject) -> Iterator[Outcome]:
    is_alone = _is_appropriated_only(subject, EARNED)
    for code in values_asked(subject, "function"):
        of_code = where(function=code)
        for nature in ((), (BASIC,), (PROJECT,)):
            whole = subject.answering(SPENT_THIS_YEAR, of_code, *nature)
            parts = [
                part[0]
                for fund in FUNDS
                if (part := subject.answering(SPENT_THIS_YEAR, fund, of_code, *nature))
            ]
            if not whole or not parts:
                continue
            if is_alone and _is_appropriated_only(subject, EARNED, of_code):
                yield Equal(whole[0].address, addresses(parts))
            else:
                for each in parts:
                    yield from at_most(each, whole)


def _is_appropriated_only(subject: Subject, *questions: Where) -> bool:
    """True where income is printed and all of it is appropriated this year."""
    whole = subject.answering(*questions)
    part = subject.answering(*questions, APPROPRIATED, OF_THIS_YEAR)
    return bool(whole and part and whole[0].yuan == part[0].yuan)


@dataclass(frozen=True, slots=True)
class Band:
    """A share that is usual: parts ÷ wholes (款 of basic spending), between two percentages."""

    label: str
    parts: tuple[str, ...]
    wholes: tuple[str, ...]
    ends: tuple[Threshold, Threshold]


BANDS: Final = (
    Band(
        "职业年金与基本养老保险缴费之比",
        ("30109",),
        ("30108",),
        thresholds.OCCUPATIONAL_ANNUITY,
    ),
    Band(
        "公务员医疗补助与基本医疗保险缴费之比",
        ("30111",),
        ("30110",),
        thresholds.CIVIL_SERVANTS_MEDICAL,
    ),
    Band("住房公积金占工资的比重", ("30113",), WAGES, thresholds.HOUSING_FUND),
    Band("工会经费占工资的比重", ("30228",), WAGES, thresholds.TRADE_UNION),
    Band("福利费占工资的比重", ("30229",), WAGES, thresholds.WELFARE),
)


@rule(
    "PLA004",
    Severity.NOTICE,
    "按比例计提的支出在通常范围内",
    explain="职业年金约为养老保险缴费的一半，工会经费约为工资的2%，福利费约2.5%；偏离时核对基数和口径。",
    basis="计提标准的通行比例；限值可由财政部门设定",
    example="职业年金 11.07，基本养老保险缴费 35.09，比例31.55%。",
)
def shares_are_usual(subject: Subject) -> Iterable[Outcome]:
    """What is set aside as a share of wages is about that share (C41)."""
    if not values_asked(subject, "economic_category"):
        yield NotChecked("文件中没有一般公共预算基本支出的经济分类")
    for band in BANDS:
        parts, wholes = _basic(subject, band.parts), _basic(subject, band.wholes)
        base = total(each.yuan for each in wholes)
        if parts and base > 0:
            share = percent(total(each.yuan for each in parts), base)
            low, high = map(subject.threshold, band.ends)
            if not low <= share <= high:
                yield Finding(
                    addresses((*parts, *wholes)),
                    sum_side(parts),
                    sum_side(wholes, "工资" if len(wholes) > 1 else ""),
                    advice="核对计提基数、比例和所列科目",
                    remark=f"{band.label} {written(share, grouped=False)}%，通常 {low}%—{high}%",
                )


def _basic(subject: Subject, codes: Iterable[str]) -> list[Printed]:
    answers = (
        subject.answering(FROM_GENERAL_PUBLIC, BASIC, where(economic=code)) for code in codes
    )
    return [found[0] for found in answers if found]


@rule(
    "PLA005",
    Severity.ERROR,
    "机关运行经费与公用经费一致",
    explain="机关运行经费是行政、参公单位一般公共预算基本支出中的公用经费；全部单位都是时两者相等。",
    basis="部门预算公开规程，机关运行经费口径；一般公共预算基本支出表",
    example="机关运行经费 90.00，而公用经费合计只有 78.49。",
)
def agency_costs_are_operating_costs(subject: Subject) -> Iterable[Outcome]:
    """机关运行经费 is within 公用经费, and all of it where all units are agencies (N07).

    Where only some are, their lines tell.
    """
    costs = subject.answering(AGENCY_OPERATING_COSTS)
    operating = subject.answering(FROM_GENERAL_PUBLIC, BASIC, OPERATING)
    if not costs or not operating:
        yield NotChecked("文件中没有机关运行经费或公用经费合计")
    elif subject.book and all(u.type.has_agency_operating_costs for u in subject.book.budget_units):
        yield Equal(operating[0].address, (costs[0].address,))
    elif subject.book:
        held = subject.book.ledger.amount(AGENCY_OPERATING_COSTS)
        yield from unlike_lines(costs, held, "机关运行经费")
    else:
        yield AtMost(costs[0].address, (operating[0].address,), "核对机关运行经费与公用经费合计")
