"""文字中的金额: units that fit, and typed numbers that do not contradict the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from budget.document import Figure, FigureKind
from budget.measures.registry import MEASURES
from budget.rules.finding import Finding, Outcome, Side
from budget.rules.passages import Passage, PassageKind, untold, with_signs
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.rules.sentences import after, figures_of, paragraphs, side
from budget.rules.spoken import amount_said
from budget.rules.stated_amounts import AMOUNT, Stated, stated_amounts, yuan_of
from budget.terms import Severity

TEN_THOUSAND: Final = Decimal(10_000)
DIGITS: Final = 3
MONEY: Final = re.compile("[元万]")
"""One of these stands in every unit of money."""
WORD: Final = re.compile(r"[^\W\d]*|[%％‰]")
LONGEST: Final = 2
"""Characters of the longest unit."""
TYPED: Final = (PassageKind.SENTENCE, PassageKind.DATED, PassageKind.CELL)


@rule(
    "WRD013",
    Severity.ERROR,
    "数字后面写的单位与数字的单位一致",
    explain="说明中的金额以万元为单位，百分比后写“%”；更正单位。",
    basis="公开版式，文字部分的金额单位",
    example="收入预算 1561.09 元（应为万元）。",
)
def units_follow_figures(subject: Subject) -> Iterable[Outcome]:
    """What stands behind a figure of a sentence is the figure's unit (N27)."""
    yield from untold(subject)
    for paragraph in paragraphs(subject.document):
        for figure in figures_of(paragraph):
            told = after(paragraph, figure)
            if figure.unit and not told.lstrip().startswith(figure.unit):
                yield _wrong_unit(subject, figure, told)


@rule(
    "WRD014",
    Severity.WARNING,
    "文字中的金额没有元、万元之误",
    explain="文字中的金额恰是表中某个数的一万倍或万分之一，多为单位写错。",
    basis="部门预算说明与部门预算表，金额单位一致",
    example="表中公务接待费 1.66 万元，原因里写“压减后为1.66元”。",
)
def no_slip_between_yuan_and_wan(subject: Subject) -> Iterable[Outcome]:
    """No typed amount is ten thousand times an amount of a table, or a ten thousandth (N27)."""
    yield from untold(subject)
    listed = {each.yuan: each for each in subject.figures.values() if each.table and each.yuan}
    for passage in with_signs(subject, MONEY, TYPED):
        for text, yuan in _amounts(passage.typed):
            for right in (yuan * TEN_THOUSAND, yuan / TEN_THOUSAND):
                if yuan not in listed and right in listed and _is_telling(right):
                    yield _slip(passage, text, listed[right])


@rule(
    "WRD015",
    Severity.WARNING,
    "文字中填写的金额与表中相同",
    explain="自己填写的文字里写到某项经费的金额时，以表中的数为准。",
    basis="部门预算说明与部门预算表，表文一致",
    example="增减原因里写“公务接待费5万元”，“三公”经费表中为 1.66 万元。",
)
def typed_amounts_agree_with_tables(subject: Subject) -> Iterable[Outcome]:
    """An amount typed behind the name of a measure is the measure's."""
    yield from untold(subject)
    for passage in with_signs(subject, MONEY, TYPED):
        for stated in stated_amounts(passage.typed, subject.document.year):
            yield from _contradicting(subject, passage, stated)


def _wrong_unit(subject: Subject, figure: Figure, told: str) -> Finding:
    what = "百分比" if figure.kind is FigureKind.PERCENT else "金额"
    return Finding(
        (figure.address,),
        Side(side(subject, figure).label, f"{figure.text}{_word(told)}", "", figure.address),
        Side(f"{what}的单位", figure.unit),
        advice="更正单位",
    )


def _word(told: str) -> str:
    """Return what is written in place of a unit, "" where a sign follows at once."""
    found = WORD.match(told.lstrip()[:LONGEST])
    return found.group() if found else ""


def _amounts(typed: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the typed amounts as they read and in yuan."""
    for found in AMOUNT.finditer(typed):
        yield found.group(), yuan_of(found)


def _is_telling(yuan: Decimal) -> bool:
    """True for an amount with so many digits that meeting it is hardly chance."""
    return len(yuan.normalize().as_tuple().digits) >= DIGITS


def _is_slip(yuan: Decimal, printed: Iterable[Printed]) -> bool:
    """True for an amount that is told as a slip of units already."""
    rights = (yuan * TEN_THOUSAND, yuan / TEN_THOUSAND)
    return any(each.table and each.yuan in rights and _is_telling(each.yuan) for each in printed)


def _slip(passage: Passage, text: str, right: Printed) -> Finding:
    return Finding(
        (passage.address, right.address),
        Side(passage.label, text, address=passage.address),
        Side(right.label, right.text, right.unit, right.address),
        advice="核对单位是元还是万元",
    )


def _contradicting(subject: Subject, passage: Passage, stated: Stated) -> Iterator[Finding]:
    printed = [each for code in stated.codes for each in _printed(subject, code)]
    if _is_slip(stated.yuan, printed):
        return
    if printed and not any(stated.fits(each.yuan, each.half) for each in printed):
        yield Finding(
            (passage.address, printed[0].address),
            Side(passage.label, stated.text, address=passage.address),
            Side(printed[0].label, printed[0].text or "0", printed[0].unit, printed[0].address),
            advice="以表中的数为准更正文字",
        )


def _printed(subject: Subject, code: str) -> list[Printed]:
    """Return where a measure is printed: in tables and sentences, or said of a register."""
    question = MEASURES[code].where
    said = amount_said(subject, code)
    answers = subject.answering(question) if question is not None else []
    return [*answers, *([said] if said else [])]
