"""“三公”经费: its items hold what basic spending says, are their lines, and do not rise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from budget.document import Figure
from budget.ledger import where
from budget.measures.registry import MEASURES
from budget.money import ZERO
from budget.questions import (
    BASIC,
    FROM_GENERAL_PUBLIC,
    HOSPITALITY,
    HOSPITALITY_CODES,
    OVERSEAS_CODES,
    OVERSEAS_VISITS,
    PROJECT,
    THREE_PUBLICS,
    VEHICLE_PURCHASE,
    VEHICLE_PURCHASE_CODES,
    VEHICLE_RUNNING,
    VEHICLE_RUNNING_CODES,
    VEHICLES,
)
from budget.rules.finding import AtMost, Finding, NotChecked, Outcome, Side
from budget.rules.lines_behind import unlike_lines
from budget.rules.listed import first_listed
from budget.rules.plausibility import at_most
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.telling import addresses, values_asked
from budget.terms import Needs, Severity

THREE_PUBLICS_CODES: Final = (
    (HOSPITALITY, HOSPITALITY_CODES),
    (OVERSEAS_VISITS, OVERSEAS_CODES),
    (VEHICLE_RUNNING, VEHICLE_RUNNING_CODES),
    (VEHICLE_PURCHASE, VEHICLE_PURCHASE_CODES),
)
THREE_PUBLICS_ITEMS: Final = (
    ("three_publics", THREE_PUBLICS),
    ("hospitality", HOSPITALITY),
    ("overseas_visits", OVERSEAS_VISITS),
    ("vehicles", VEHICLES),
    ("vehicle_purchase", VEHICLE_PURCHASE),
    ("vehicle_running", VEHICLE_RUNNING),
)
MORE_THAN_THERE_IS: Final = "核对“三公”经费表与基本支出表、一般公共预算项目支出"


@rule(
    "TPB001",
    Severity.ERROR,
    "“三公”经费不少于基本支出中的相应科目，多出部分在项目支出之内",
    explain="“三公”各项包括基本支出和项目支出；没有项目支出时等于基本支出表中的相应科目。",
    basis="一般公共预算“三公”经费支出表与基本支出表，表间勾稽",
    example="基本支出公务接待费 1.66，“三公”表公务接待费 1.60。",
)
def three_publics_hold_basic_spending(subject: Subject) -> Iterable[Outcome]:
    """Each item of “三公” is what basic spending has under its codes, and project money (C44)."""
    if not subject.answering(THREE_PUBLICS) or not values_asked(subject, "economic_category"):
        yield NotChecked("文件中没有“三公”经费或基本支出的经济分类")
    projects = first_listed(subject.answering(FROM_GENERAL_PUBLIC, PROJECT))
    is_coded = bool(values_asked(subject, "economic_category"))
    for item, codes in THREE_PUBLICS_CODES:
        whole = first_listed(subject.answering(item))
        basic = [
            part
            for code in sorted(codes)
            for part in subject.answering(FROM_GENERAL_PUBLIC, BASIC, where(economic=code))[:1]
        ]
        for part in basic:
            yield from at_most(part, [whole] if whole else [])
        if whole and projects and is_coded:
            yield AtMost(whole.address, addresses((*basic, projects)), MORE_THAN_THERE_IS)


@rule(
    "TPB002",
    Severity.WARNING,
    "“三公”经费不高于上年",
    explain="“三公”经费只减不增；确需增加的写明原因（没有写原因时另有提示）。",
    basis="党政机关厉行节约反对浪费条例；“三公”经费只减不增要求",
    example="“三公”经费预算 12.00 万元，较去年增加 1.34 万元。",
)
def three_publics_do_not_rise(subject: Subject) -> Iterable[Outcome]:
    """“三公” in all and each of its items are no more than last year, where known (C46)."""
    risen = [key for key, question in THREE_PUBLICS_ITEMS if _has_risen(subject, key)]
    if not any(_is_compared(subject, key) for key, _ in THREE_PUBLICS_ITEMS):
        yield NotChecked("没有上年“三公”经费预算数")
    if risen:
        places = [figure for key in risen for figure in _told(subject, key)]
        yield Finding(
            tuple(each.address for each in places),
            Side("高于上年的项目", "、".join(MEASURES[key].title for key in risen)),
            advice="压减到上年水平，或写明增加的原因",
        )


def _told(subject: Subject, key: str) -> list[Figure]:
    return [each for each in subject.said.values() if each.key in (key, f"{key}.direction")]


def _is_compared(subject: Subject, key: str) -> bool:
    said = any(each.key == f"{key}.direction" for each in subject.said.values())
    return said or (subject.book is not None and key in subject.book.prior_figures)


def _has_risen(subject: Subject, key: str) -> bool:
    """Say what the book knows, or what the document says where there is none."""
    book, unit = subject.book, subject.edition.text_unit
    if book is not None:
        prior = book.prior_figures.get(key)
        now = unit.printed(MEASURES[key].amount(book))
        return prior is not None and now > unit.printed(prior.amount)
    return any(each.text == "增加" for each in _told(subject, key))


@rule(
    "TPB003",
    Severity.ERROR,
    "“三公”经费表等于明细",
    explain="“三公”经费各项由一般公共预算明细中的相应经济科目汇总；以明细为准更正。",
    basis="“三公”经费口径：一般公共预算安排的 302-12、302-17、302-31、310-13、309-13",
    example="明细公务接待费 16,600.00 元，表中 1.60 万元。",
    needs=Needs.BOOK,
)
def three_publics_are_their_lines(subject: Subject) -> Iterable[Outcome]:
    """Each item of “三公” is the sum of the lines under its codes (C45)."""
    book = subject.book
    assert book is not None
    for key, question in THREE_PUBLICS_ITEMS:
        title = MEASURES[key].title
        yield from unlike_lines(subject.answering(question), book.ledger.amount(question), title)
        if len(book.budget_units) > 1:
            of_units = book.ledger.by("unit", question)
            for unit in book.budget_units:
                printed = subject.answering(question, where(unit=unit.code))
                yield from unlike_lines(printed, of_units.get(unit.code, ZERO), title)
