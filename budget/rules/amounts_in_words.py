"""文字中的金额: units that fit, and typed numbers that do not contradict the tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from budget.document import Figure, FigureKind
from budget.measures.registry import MEASURES
from budget.rules.finding import Finding, Outcome, Side
from budget.rules.passages import Passage, PassageKind, passages, untold
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.rules.sentences import after, figures_of, paragraphs, side
from budget.terms import Severity

TEN_THOUSAND: Final = Decimal(10_000)
UNITS: Final = {"亿元": 8, "万元": 4, "元": 0}
AMOUNT: Final = re.compile(r"(?<![\d.,])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|元)")
LAST_YEAR: Final = re.compile(
    r"(?:上年|去年|上一年|往年|\d{4}年|原|其中|新增|增加|减少|压减|每|人均)[^，。；]{0,6}$"
)
SPOKEN: Final = r"(?:预算数|预算|经费|总额|合计|共计|支出|安排|共|为|是|约)*"
NAMES: Final = {
    "公务接待费": "hospitality",
    "因公出国（境）费": "overseas_visits",
    "公务用车购置费": "vehicle_purchase",
    "公务用车运行费": "vehicle_running",
    "公务用车运行维护费": "vehicle_running",
    "公务用车购置及运行费": "vehicles",
    "“三公”经费": "three_publics",
    "三公经费": "three_publics",
    "机关运行经费": "agency_operating_costs",
    "收入总计": "revenue_total",
    "支出总计": "spending_total",
}
"""What measures are called in sentences; names that also mean a part (基本支出) are left out."""
STATED: Final = {name: re.compile(rf"{re.escape(name)}{SPOKEN}{AMOUNT.pattern}") for name in NAMES}
DIGITS: Final = 3
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
    for passage in passages(subject, *TYPED):
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
    for passage in passages(subject, *TYPED):
        for name, code in NAMES.items():
            yield from _contradicting(subject, passage, name, code)


def _wrong_unit(subject: Subject, figure: Figure, told: str) -> Finding:
    what = "百分比" if figure.kind is FigureKind.PERCENT else "金额"
    return Finding(
        (figure.address,),
        Side(side(subject, figure).label, f"{figure.text}{told[:2]}", "", figure.address),
        Side(f"{what}的单位", figure.unit),
        advice="更正单位",
    )


def _amounts(typed: str) -> Iterator[tuple[str, Decimal]]:
    """Yield the typed amounts as they read and in yuan."""
    for found in AMOUNT.finditer(typed):
        yield found.group(), _yuan(found)


def _yuan(found: re.Match[str]) -> Decimal:
    return Decimal(found["number"].replace(",", "")).scaleb(UNITS[found["unit"]])


def _is_telling(yuan: Decimal) -> bool:
    """True for an amount with so many digits that meeting it is hardly chance."""
    return len(yuan.normalize().as_tuple().digits) >= DIGITS


def _slip(passage: Passage, text: str, right: Printed) -> Finding:
    return Finding(
        (passage.address, right.address),
        Side(passage.label, text, address=passage.address),
        Side(right.label, right.text, right.unit, right.address),
        advice="核对单位是元还是万元",
    )


def _contradicting(subject: Subject, passage: Passage, name: str, code: str) -> Iterator[Finding]:
    if name not in passage.typed:
        return
    printed = _printed(subject, code)
    for found in STATED[name].finditer(passage.typed):
        if LAST_YEAR.search(passage.typed[: found.start()]) or not printed:
            continue
        yuan = _yuan(found)
        if all(abs(yuan - each.yuan) > each.half for each in printed):
            yield Finding(
                (passage.address, printed[0].address),
                Side(passage.label, found.group(), address=passage.address),
                Side(printed[0].label, printed[0].text or "0", printed[0].unit, printed[0].address),
                advice="以表中的数为准更正文字",
            )


def _printed(subject: Subject, code: str) -> list[Printed]:
    question = MEASURES[code].where
    return subject.answering(question) if question is not None else []
