"""会议培训的资金: what meetings and training cost is in the lines of the budget, no more, no less.

A code tells meetings and training apart in basic spending; project money often has no code, so
that only a range is known: what is coded so at least, what is not coded otherwise at most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget.book import BudgetBook
from budget.codes import hyphenated
from budget.ledger import where
from budget.measures.registers import events
from budget.money import YUAN, ZERO
from budget.questions import BASIC, FROM_GENERAL_PUBLIC, PROJECT, SPENT_THIS_YEAR
from budget.rules.finding import AtMost, Equal, Finding, NotChecked, Outcome, Side
from budget.rules.listed import first_listed
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.rules.spoken import NOT_TOLD, all_said, amount_said
from budget.rules.telling import values_asked
from budget.terms import EventKind, Severity


@dataclass(frozen=True, slots=True)
class Held:
    """What costs money under a code: meetings, or training."""

    key: str
    label: str
    code: str
    kind: EventKind


HELD: Final = (
    Held("meetings", "会议费", "30215", EventKind.MEETING),
    Held("training", "培训费", "30216", EventKind.TRAINING),
)
ADVICE: Final = "核对登记的会议、培训与预算明细，更正金额或补列预算"


@rule(
    "EVT003",
    Severity.ERROR,
    "会议费、培训费与安排它的预算相符",
    explain="基本支出部分等于 302-15、302-16 的预算；项目支出部分不超过可用的项目预算。",
    basis="一般性支出情况说明与预算明细、基本支出表，表文一致；《预算法》第十三条",
    example="会议费基本支出 40 万元，基本支出表没有 302-15 会议费。",
)
def events_have_their_money(subject: Subject) -> Iterable[Outcome]:
    """What meetings and training cost is what the budget has for them (N11, N12)."""
    said = [held for held in HELD if amount_said(subject, held.key)]
    if not said:
        yield NotChecked(f"{NOT_TOLD}会议费和培训费")
    elif subject.book:
        for held in said:
            yield from _in_lines(subject, subject.book, held)
    elif not values_asked(subject, "economic_category"):
        yield NotChecked("文件中没有一般公共预算基本支出的经济分类")
    else:
        for held in said:
            yield from _in_print(subject, held)


def _in_lines(subject: Subject, book: BudgetBook, held: Held) -> Iterator[Finding]:
    """Yield, unit by unit, what is registered of basic and project money beyond the lines."""
    code = where(economic=held.code)
    for nature, name, most in (
        (BASIC, "basic", code),
        (PROJECT, "project", where(economic=(held.code, None))),
    ):
        least = book.ledger.by("unit", FROM_GENERAL_PUBLIC, nature, code)
        highest = book.ledger.by("unit", SPENT_THIS_YEAR, nature, most)
        places = all_said(subject, f"{held.key}_{name}", held.key)
        costs: defaultdict[str, Decimal] = defaultdict(Decimal)
        for each in events(book, held.kind):
            costs[each.unit] += getattr(each, name)
        for unit in book.units:
            cost = costs[unit.code]
            low, high = least.get(unit.code, ZERO), highest.get(unit.code, ZERO)
            if not low <= cost <= high:
                label = f"{unit.name}登记的{held.label}（{NATURES[name]}）"
                yield _apart(places, Side(label, _yuan(cost), "元"), held, name, low, high)


NATURES: Final = {"basic": "基本支出", "project": "项目支出"}


def _apart(
    places: list[Printed], registered: Side, held: Held, name: str, low: Decimal, high: Decimal
) -> Finding:
    cost = Decimal(registered.text.replace(",", ""))
    limit = low if cost < low else high
    what = f"{NATURES[name]}明细 {hyphenated(held.code)} {held.label}"
    if name == "project" and cost > high:
        what = f"项目支出明细中可用于{held.label}的预算"
    return Finding(
        tuple(each.address for each in places),
        registered,
        Side(what, _yuan(limit), "元"),
        _yuan(abs(cost - limit)),
        advice=ADVICE,
    )


def _in_print(subject: Subject, held: Held) -> Iterator[Outcome]:
    """Hold what sentences say against the tables: basic spending by code, project spending."""
    basic, project = (amount_said(subject, f"{held.key}_{name}") for name in NATURES)
    listed = subject.answering(FROM_GENERAL_PUBLIC, BASIC, where(economic=held.code))[:1]
    projects = first_listed(subject.answering(SPENT_THIS_YEAR, PROJECT))
    if basic and _all_basic_is_general(subject):
        yield Equal(basic.address, tuple(each.address for each in listed))
    elif listed:
        whole = basic or amount_said(subject, held.key)
        assert whole is not None, "it was said"
        yield AtMost(listed[0].address, (whole.address,), ADVICE)
    if project and projects:
        yield AtMost(project.address, (projects.address,), ADVICE)


def _all_basic_is_general(subject: Subject) -> bool:
    """True where all basic spending is of the general public budget, to the last 分.

    What is rounded may hide some of another source.
    """
    whole = subject.answering(SPENT_THIS_YEAR, BASIC)
    part = subject.answering(FROM_GENERAL_PUBLIC, BASIC)
    if not whole or not part or whole[0].half or part[0].half:
        return False
    return whole[0].yuan == part[0].yuan


def _yuan(amount: Decimal) -> str:
    return YUAN.text(amount, grouped=True)
