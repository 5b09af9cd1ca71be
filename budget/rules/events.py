"""会议与培训: what they cost, who comes and what for, and the money that there is for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from budget.document import Figure
from budget.measures.registers import events
from budget.measures.registry import MEASURES
from budget.money import YUAN
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Printed, Subject
from budget.rules.registry import rule
from budget.rules.sentences import after, figures_of, paragraphs
from budget.rules.spoken import NOT_TOLD, all_said, amount_said, count_said, sum_said
from budget.rules.thresholds import MEETINGS_PER_HEAD, TRAINING_PER_HEAD
from budget.terms import EventKind, Severity

EVENTS: Final = (("meetings", "会议费"), ("training", "培训费"))
KINDS: Final = {"meetings": EventKind.MEETING, "training": EventKind.TRAINING}
PER_HEAD: Final = {"meetings": MEETINGS_PER_HEAD, "training": TRAINING_PER_HEAD}
NOTHING: Final = frozenset({"", "无", "/", "-", "—"})
CONTENT: Final = re.compile(r"内容[为是：:]?(?P<content>[^；。，、]*)")
"""How a sentence says what meetings or training are about."""


@rule(
    "EVT001",
    Severity.ERROR,
    "会议费、培训费等于基本支出与项目支出之和",
    explain="核对文字中“其中”的两个数。",
    basis="一般性支出情况说明，表文一致",
    example="会议费 35 万元，其中基本支出 5 万元、项目支出 20 万元。",
)
def events_add_up(subject: Subject) -> Iterable[Outcome]:
    """What meetings and training cost is basic and project money (N11, N12)."""
    is_told = False
    for key, _ in EVENTS:
        if all_said(subject, f"{key}_basic", f"{key}_project"):
            is_told = True
            yield from sum_said(subject, key, (f"{key}_basic", f"{key}_project"))
    if not is_told:
        yield NotChecked(f"{NOT_TOLD}会议费、培训费的构成")


@rule(
    "EVT002",
    Severity.WARNING,
    "有会议费、培训费就有安排、人数和内容",
    explain="登记拟召开的会议、拟开展的培训及人数、内容；没有安排的不列经费。",
    basis="一般性支出情况说明；会议费、培训费管理办法",
    example="会议费 35 万元，没有写会议、人数或内容。",
)
def events_are_planned(subject: Subject) -> Iterable[Outcome]:
    """Meetings and training that cost money have people and content, and the other way (N13)."""
    if not all_said(subject, *(key for key, _ in EVENTS)):
        yield NotChecked(f"{NOT_TOLD}会议费和培训费")
    for key, label in EVENTS:
        cost, people = amount_said(subject, key), count_said(subject, f"{key}.attendance")
        if cost is None:
            continue
        number = people.value if people else None
        if _costs(subject, key, cost) != bool(number):
            right = Side("人数", people.text if people else "（没有写）", "人")
            yield _unplanned(label, cost, people, right, f"补登{label}对应的安排和人数，或核对金额")
        elif people:
            yield from _incomplete(subject, key, label, cost, people)


def _costs(subject: Subject, key: str, cost: Printed) -> bool:
    """True where meetings or training cost anything; little may show as zero in print."""
    if subject.book:
        return MEASURES[key].amount(subject.book) > 0
    return cost.yuan > 0


def _incomplete(
    subject: Subject, key: str, label: str, cost: Printed, people: Figure
) -> Iterator[Finding]:
    """Yield what is registered without people or content, or printed without content."""
    if subject.book:
        listed = events(subject.book, KINDS[key])
        lacking = {
            "人数": [each.name for each in listed if not each.attendance],
            "内容": [each.name for each in listed if each.content.strip() in NOTHING],
        }
    else:
        lacking = {"内容": [] if _content_said(subject, people) else [label]}
    for what, names in lacking.items():
        if names:
            right = Side(what, f"（没有写）：{'、'.join(names)}")
            yield _unplanned(label, cost, people, right, f"补登{what}")


def _content_said(subject: Subject, people: Figure) -> bool:
    """True where the words behind the number of people say what they come for."""
    told = next(
        after(each, people)
        for each in paragraphs(subject.document)
        if people in tuple(figures_of(each))
    )
    content = CONTENT.search(told)
    return content is not None and content["content"].strip() not in NOTHING


def _unplanned(
    label: str, cost: Printed, people: Figure | None, right: Side, advice: str
) -> Finding:
    places = (cost.address, *([people.address] if people else []))
    return Finding(places, Side(label, cost.text, cost.unit, cost.address), right, advice=advice)


@rule(
    "EVT004",
    Severity.WARNING,
    "会议、培训人均费用不超过标准",
    explain="人均费用超过本地标准时核对人数和天数；标准由财政部门按年度设定（元/人）。",
    basis="会议费、培训费管理办法；人均标准由财政部门设定",
    example="会议费 35 万元，人数 100 人，人均 3,500 元，标准 550 元。",
)
def events_keep_to_standards(subject: Subject) -> Iterable[Outcome]:
    """What an event costs per head is within the standard that a bureau sets (N13)."""
    for key, label in EVENTS:
        standard = subject.threshold(PER_HEAD[key])
        cost, people = amount_said(subject, key), count_said(subject, f"{key}.attendance")
        if not standard:
            yield NotChecked(f"没有设定{label}的人均标准")
        elif cost and people and people.value:
            limit = standard * people.value
            if cost.yuan - cost.half > limit:
                yield Finding(
                    (cost.address, people.address),
                    Side(label, cost.text, cost.unit, cost.address),
                    Side("人数 × 人均标准", YUAN.text(limit, grouped=True), "元"),
                    advice="核对人数、天数和金额",
                )
