"""汇总与过程: transfers between units match; what waits for reviews, ceilings and releases.

The rules of the process are registered before there is anything to check them on, so that a
report says that they were not checked, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from budget.book import BudgetBook
from budget.ledger import where
from budget.lines import Line
from budget.money import YUAN, ZERO
from budget.questions import EARNED, SPENT
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.telling import addresses
from budget.terms import Nature, Needs, Scope, Severity, Source

TRANSFERS: Final = (
    (Nature.GRANTS_TO_AFFILIATES, Source.GRANTS_FROM_SUPERIOR),
    (Nature.REMITTANCE_TO_SUPERIOR, Source.REMITTANCES_FROM_AFFILIATES),
)
Transfer = tuple[str, str, str]
"""Who pays, who receives, and the function code."""


@rule(
    "PRC001",
    Severity.ERROR,
    "单位之间的补助与上缴两边相符",
    explain="补助方的对附属单位补助支出等于受助方的上级补助收入，上缴同理；按单位和科目核对。",
    basis="部门预算汇总，内部往来抵销",
    example="本级列对某校补助 20.00，某校列上级补助收入 18.00。",
    needs=Needs.BOOK,
)
def transfers_match(subject: Subject) -> Iterable[Outcome]:
    """What one unit of the department gives another is what that one receives (U01)."""
    book = _book(subject)
    if book.scope is Scope.UNIT:
        if any(line.paid_to or line.received_from for line in book.lines):
            yield NotChecked("只有本单位的明细，看不到对方单位")
        return
    for nature, source in TRANSFERS:
        given, received = _given(book, nature), _received(book, source)
        for transfer in sorted(given.keys() | received.keys()):
            out, come = given.get(transfer, ZERO), received.get(transfer, ZERO)
            if out != come:
                yield _unmatched(subject, book, transfer, (nature, out), (source, come))


def _given(book: BudgetBook, nature: Nature) -> dict[Transfer, Decimal]:
    within = {unit.code for unit in book.units}
    lines = (line for line in book.lines if line.nature is nature and line.paid_to in within)
    return _added((line.unit, str(line.paid_to), line) for line in lines)


def _received(book: BudgetBook, source: Source) -> dict[Transfer, Decimal]:
    within = {unit.code for unit in book.units}
    lines = (line for line in book.lines if line.source is source and line.received_from in within)
    return _added((str(line.received_from), line.unit, line) for line in lines)


def _added(sides: Iterable[tuple[str, str, Line]]) -> dict[Transfer, Decimal]:
    amounts: dict[Transfer, Decimal] = {}
    for payer, payee, line in sides:
        transfer = (payer, payee, line.function)
        amounts[transfer] = amounts.get(transfer, ZERO) + line.amount
    return amounts


def _unmatched(
    subject: Subject,
    book: BudgetBook,
    transfer: Transfer,
    given: tuple[Nature, Decimal],
    received: tuple[Source, Decimal],
) -> Finding:
    names = {unit.code: unit.name for unit in book.units}
    payer, payee, function = transfer
    places = [
        *subject.answering(SPENT, where(nature=given[0])),
        *subject.answering(EARNED, where(source=received[0])),
    ]
    return Finding(
        addresses(places),
        Side(f"{names[payer]}{given[0].label}（{function}）", _yuan(given[1]), "元"),
        Side(f"{names[payee]}{received[0].label}（{function}）", _yuan(received[1]), "元"),
        _yuan(abs(given[1] - received[1])),
        advice="两个单位核对金额和功能科目",
    )


@rule(
    "PRC002",
    Severity.ERROR,
    "各项资金的收入等于用它安排的支出",
    explain="按单位和资金来源核对：预计收入（含上年结转）等于用它安排的支出、结余分配与结转下年之和。",
    basis="《预算法》第五条，各项资金完整、独立，不得相互挪用",
    example="事业收入预计 100.00 万元，用它安排的支出 120.00 万元。",
    needs=Needs.BOOK,
)
def funds_finance_their_uses(subject: Subject) -> Iterable[Outcome]:
    """What a source is expected to bring a unit is what it finances there (C27)."""
    book = _book(subject)
    used = book.ledger.sums(("unit", "source", "carried_over"))
    expected = {(each.unit, each.source, each.carried_over): each.amount for each in book.estimates}
    missing = {
        source.label
        for source in Source
        if any(key[1] == source and used[key] and key not in expected for key in used)
    }
    if missing:
        yield NotChecked(f"没有录入预计收入：{'、'.join(sorted(missing))}")
    for key, income in expected.items():
        financed = used.get(key, ZERO)
        if income != financed:
            yield _crossed(subject, book, key, income, financed)


def _crossed(
    subject: Subject,
    book: BudgetBook,
    key: tuple[str, Source, bool],
    income: Decimal,
    financed: Decimal,
) -> Finding:
    unit, source, carried_over = key
    name = next((each.name for each in book.units if each.code == unit), unit)
    of_year = "上年结转" if carried_over else "本年"
    places = subject.answering(EARNED, where(source=source, carried_over=carried_over))
    return Finding(
        addresses(places),
        Side(f"{name}{of_year}{source.label}预计收入", _yuan(income), "元"),
        Side("用它安排的支出与结转", _yuan(financed), "元"),
        _yuan(abs(income - financed)),
        advice="调整支出的资金来源，或补列结转下年",
    )


def _book(subject: Subject) -> BudgetBook:
    assert subject.book is not None
    return subject.book


def _yuan(amount: Decimal) -> str:
    return YUAN.text(amount, grouped=True)


WAITS_FOR_CEILINGS: Final = "控制数未录入"
WAITS_FOR_APPROVAL: Final = "没有批复和公开的记录"
WAITS_FOR_REVIEW: Final = "没有审核流程的记录"


def _waiting(reason: str) -> Iterator[Outcome]:
    """Say that there is nothing yet that the rule could be checked on."""
    yield NotChecked(reason)


@rule(
    "PRC003",
    Severity.ERROR,
    "“三公”经费不超过控制数",
    explain="因公出国（境）、公务接待、公务用车购置与运行分项核对控制数。",
    basis="财政部门下达的“三公”经费控制数",
    example="公务接待费控制数 1.50，预算 1.66。",
)
def three_publics_keep_to_ceilings(subject: Subject) -> Iterable[Outcome]:
    """Each item of “三公” is within its ceiling (C47)."""
    yield from _waiting(WAITS_FOR_CEILINGS)


@rule(
    "PRC004",
    Severity.ERROR,
    "二上预算不超过控制数",
    explain="按单位、资金和支出类别核对财政部门下达的控制数。",
    basis="部门预算“两上两下”程序，“一下”控制数",
    example="某单位基本支出控制数 650.00，二上 656.38。",
)
def second_submission_keeps_to_ceilings(subject: Subject) -> Iterable[Outcome]:
    """The second submission is within the ceilings (P01)."""
    yield from _waiting(WAITS_FOR_CEILINGS)


@rule(
    "PRC005",
    Severity.ERROR,
    "公开的数据与批复一致",
    explain="公开文本须与批复版本逐数相同；批复之后只能更正文字。",
    basis="《预算法》第十四条、第五十二条",
    example="批复支出 1,561.09，公开 1,560.09。",
)
def published_figures_are_approved(subject: Subject) -> Iterable[Outcome]:
    """What is published is the approved snapshot (P02)."""
    yield from _waiting(WAITS_FOR_APPROVAL)


@rule(
    "PRC006",
    Severity.ERROR,
    "批复后二十日内公开",
    explain="部门预算在财政部门批复后二十日内由本部门向社会公开。",
    basis="《预算法》第十四条",
    example="2月1日批复，2月25日公开。",
)
def publication_is_in_time(subject: Subject) -> Iterable[Outcome]:
    """A department publishes within twenty days of its approval (P03)."""
    yield from _waiting(WAITS_FOR_APPROVAL)


@rule(
    "PRC007",
    Severity.ERROR,
    "人大批准后按期批复",
    explain="财政部门在本级人大批准后二十日内批复各部门，各部门在十五日内批复所属单位。",
    basis="《预算法》第五十二条",
    example="人大1月20日批准，2月28日批复部门。",
)
def approval_is_in_time(subject: Subject) -> Iterable[Outcome]:
    """Departments are approved within twenty days, units within fifteen more (P04)."""
    yield from _waiting(WAITS_FOR_APPROVAL)


@rule(
    "PRC008",
    Severity.ERROR,
    "保密审查和负责人签发有记录",
    explain="公开前完成保密审查并由负责人签发。",
    basis="《政府信息公开条例》第十七条",
    example="没有保密审查记录就公开。",
)
def secrecy_and_sign_off_are_recorded(subject: Subject) -> Iterable[Outcome]:
    """Secrecy review and the head's sign-off are recorded (P05)."""
    yield from _waiting(WAITS_FOR_REVIEW)


@rule(
    "PRC009",
    Severity.ERROR,
    "没有未关闭的必改意见",
    explain="审核人提出的必改意见由审核人确认后关闭。",
    basis="部门预算审核程序",
    example="审核人的必改意见尚未关闭。",
)
def no_required_change_is_open(subject: Subject) -> Iterable[Outcome]:
    """No reviewer's comment that requires a change is open (P06)."""
    yield from _waiting(WAITS_FOR_REVIEW)


@rule(
    "PRC010",
    Severity.WARNING,
    "各种格式来自同一版本",
    explain="网页、PDF、表格文件的版本号和合计应当相同。",
    basis="部门预算公开规程，公开形式",
    example="PDF 是更正前的版本，表格文件是更正后的。",
)
def formats_are_of_one_version(subject: Subject) -> Iterable[Outcome]:
    """All files of a publication are of one version (P07)."""
    yield from _waiting(WAITS_FOR_APPROVAL)


@rule(
    "PRC011",
    Severity.WARNING,
    "部门批复后二十日内各单位公开",
    explain="所属单位在部门批复后二十日内各自公开本单位预算。",
    basis="《预算法实施条例》第六条",
    example="某校在部门批复后一个月仍未公开。",
)
def units_publish_in_time(subject: Subject) -> Iterable[Outcome]:
    """Each unit publishes within twenty days of the department's approval (U03)."""
    yield from _waiting(WAITS_FOR_APPROVAL)
