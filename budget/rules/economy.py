"""经济分类: what a code says of its kind of spending, of its unit, and how much may be 其他.

These are national practices. They inform; a bureau that holds to them raises their severity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from budget.book import BudgetBook
from budget.codes import category, hyphenated
from budget.ledger import Where, where
from budget.money import HUNDRED, YUAN, percent, total, written
from budget.questions import BASIC, FROM_GENERAL_PUBLIC
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.rules.telling import addresses, asked_of, in_unit, side, sum_side, values_asked
from budget.rules.thresholds import OTHER_SHARE
from budget.terms import Needs, Severity, UnitType, Upkeep

NO_BASIC_TABLE: Final = "文件中没有一般公共预算基本支出的经济分类"
NOT_FOLLOWED: Final = NotChecked("版式规定本地不执行这一做法")
CATEGORIES_OF: Final = {
    Upkeep.PERSONNEL: frozenset({"301", "303"}),
    Upkeep.OPERATING: frozenset({"302", "310"}),
}
"""The 类 in which each kind of basic spending stands by the national practice."""
BY_FUNCTION: Final = (
    (("30108",), ("2080505",)),
    (("30109",), ("2080506",)),
    (("30110",), ("2101101", "2101102")),
    (("30111",), ("2101103",)),
    (("30113",), ("2210201",)),
    (("30301", "30302"), ("2080501", "2080502")),
)
"""Economic codes and the function codes in which the same money stands."""
PERFORMANCE_PAY: Final = "30107"
TRANSPORT_ALLOWANCE: Final = "30239"


def of_economic(subject: Subject, code: str) -> list[Printed]:
    """Return the printed basic spending of the general public budget on one 款."""
    return subject.answering(FROM_GENERAL_PUBLIC, BASIC, where(economic=code))


@rule(
    "ECO001",
    Severity.NOTICE,
    "人员经费与公用经费列在各自的经济科目",
    explain="人员经费一般列 301、303，公用经费一般列 302、310；各地口径可能不同。",
    basis="部门预算支出经济分类与基本支出口径（全国通行做法）",
    example="公用经费列在 301 工资福利支出。",
)
def upkeep_fits_its_categories(subject: Subject) -> Iterable[Outcome]:
    """Basic spending on people and on running costs stands in the 类 meant for it (C37)."""
    if not subject.edition.switches.get("upkeep_by_economic_category", True):
        yield NOT_FOLLOWED
        return
    if not values_asked(subject, "economic_category"):
        yield NotChecked(NO_BASIC_TABLE)
    for question, limits in subject.limits.items():
        code, upkeep = limits.get("economic"), limits.get("upkeep")
        if isinstance(code, str) and isinstance(upkeep, Upkeep):
            kinds = CATEGORIES_OF[upkeep]
            printed = [each for each in subject.answers[question] if each.yuan]
            if category(code) not in kinds and printed:
                yield Finding(
                    addresses(printed),
                    side(printed[0]),
                    Side(f"{upkeep.label}一般列在", f"{'、'.join(sorted(kinds))}类"),
                    advice=f"核对 {hyphenated(code)} 是否应列为{upkeep.label}",
                )


@rule(
    "ECO002",
    Severity.NOTICE,
    "社会保险、住房公积金按功能科目列示",
    explain="基本支出中的社会保险缴费、公积金、离退休费分别列相应功能科目；本地不作要求的可停用。",
    basis="《政府收支分类科目》（全国通行做法，由各地决定是否执行）",
    example="基本养老保险缴费 35.09 列在行政运行，208-05-05 为零。",
)
def contributions_stand_in_their_functions(subject: Subject) -> Iterable[Outcome]:
    """Contributions by economic code equal the function codes made for them (C38)."""
    if not subject.edition.switches.get("social_insurance_by_function", False):
        yield NOT_FOLLOWED
        return
    if not values_asked(subject, "economic_category"):
        yield NotChecked(NO_BASIC_TABLE)
        return
    for economics, functions in BY_FUNCTION:
        bought = _all(subject, [where(economic=code) for code in economics])
        paid = _all(subject, [where(function=code) for code in functions])
        yield from _unlike(bought, paid, economics, functions)


def _all(subject: Subject, questions: Iterable[Where]) -> list[Printed]:
    answers = (subject.answering(FROM_GENERAL_PUBLIC, BASIC, each) for each in questions)
    return [found[0] for found in answers if found]


def _unlike(
    bought: list[Printed], paid: list[Printed], economics: Iterable[str], functions: Iterable[str]
) -> Iterator[Finding]:
    printed = [*bought, *paid]
    if not printed:
        return
    gap = total(each.yuan for each in bought) - total(each.yuan for each in paid)
    if abs(gap) <= total(each.half for each in printed):
        return
    like = printed[0]
    yield Finding(
        addresses(printed),
        _sum(bought, f"经济科目 {'、'.join(economics)}", like),
        _sum(paid, f"功能科目 {'、'.join(functions)}", like),
        in_unit(abs(gap), like),
        advice="核对这些支出所列的功能科目",
    )


def _sum(printed: list[Printed], label: str, like: Printed) -> Side:
    return sum_side(printed, label) if printed else Side(label, "（没有列示）", like.unit)


@rule(
    "ECO003",
    Severity.NOTICE,
    "“其他”科目占比不过大",
    explain="末两位为99的款占本类的比重超过阈值时，核对能否列入更具体的科目。",
    basis="预算编制细化要求；限值可由财政部门设定",
    example="其他工资福利支出占工资福利支出的28.87%。",
)
def other_is_not_most(subject: Subject) -> Iterable[Outcome]:
    """A 款 that ends in 99 is no more than so many percent of its 类 (C39)."""
    limit = subject.threshold(OTHER_SHARE)
    if not values_asked(subject, "economic_category"):
        yield NotChecked(NO_BASIC_TABLE)
    for code in values_asked(subject, "economic"):
        whole = subject.answering(
            FROM_GENERAL_PUBLIC, BASIC, where(economic_category=category(code))
        )
        part = of_economic(subject, code) if code.endswith("99") else []
        if part and whole and part[0].yuan * HUNDRED > whole[0].yuan * limit:
            share = percent(part[0].yuan, whole[0].yuan) if whole[0].yuan else HUNDRED
            yield Finding(
                (part[0].address, whole[0].address),
                side(part[0]),
                side(whole[0]),
                advice="能列入具体科目的改列具体科目",
                remark=f"占 {written(share, grouped=False)}%，最高一般为 {limit}%",
            )


@rule(
    "ECO004",
    Severity.WARNING,
    "行政单位不列绩效工资",
    explain="绩效工资（301-07）反映事业单位人员的绩效工资；行政单位的奖金列 301-03。",
    basis="《政府收支分类科目》部门预算支出经济分类说明",
    example="行政单位在 301-07 绩效工资列支 12.00 万元。",
    needs=Needs.BOOK,
)
def agencies_pay_no_performance_pay(subject: Subject) -> Iterable[Outcome]:
    """Administrative units have no 绩效工资 (C40)."""
    types = frozenset({UnitType.ADMINISTRATIVE})
    yield from _not_of_these_types(subject, PERFORMANCE_PAY, types)


@rule(
    "ECO005",
    Severity.WARNING,
    "事业单位的其他交通费用不含公务交通补贴",
    explain="公务交通补贴（302-39）发给公务用车改革单位的人员；事业单位列支时核对是否已经改革。",
    basis="公务用车制度改革规定；部门预算支出经济分类说明",
    example="未改革的事业单位在 302-39 列支公务交通补贴。",
    needs=Needs.BOOK,
)
def other_units_pay_no_transport_allowance(subject: Subject) -> Iterable[Outcome]:
    """Public service units have a transport allowance only where they are reformed (C40)."""
    types = frozenset(kind for kind in UnitType if not kind.has_agency_operating_costs)
    yield from _not_of_these_types(subject, TRANSPORT_ALLOWANCE, types)


def _not_of_these_types(
    subject: Subject, code: str, types: frozenset[UnitType]
) -> Iterator[Finding]:
    """Yield a finding for each unit of these types with basic spending on an economic code."""
    book = subject.book
    assert book is not None
    spent = book.ledger.by("unit", BASIC, where(economic=code))
    for unit in book.units:
        if unit.type in types and unit.code in spent:
            yield Finding(
                addresses(asked_of(subject, economic=code)),
                Side(unit.name, unit.type.label),
                Side(_named(book, code), YUAN.text(spent[unit.code], grouped=True), "元"),
                advice=f"核对 {hyphenated(code)} 是否适用于该单位",
            )


def _named(book: BudgetBook, code: str) -> str:
    return f"{code} {book.catalogue.economic.get(code, '')}".strip()
