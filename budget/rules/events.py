"""会议与培训: what they cost, who comes, and what basic spending says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from budget.ledger import where
from budget.money import YUAN
from budget.questions import BASIC, FROM_GENERAL_PUBLIC
from budget.rules.finding import AtMost, Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.spoken import NOT_TOLD, all_said, amount_said, count_said, sum_said
from budget.rules.thresholds import MEETINGS_PER_HEAD, TRAINING_PER_HEAD
from budget.terms import Severity

EVENTS: Final = (("meetings", "会议费", "30215"), ("training", "培训费", "30216"))
PER_HEAD: Final = {"meetings": MEETINGS_PER_HEAD, "training": TRAINING_PER_HEAD}


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
    for key, _, _ in EVENTS:
        if all_said(subject, f"{key}_basic", f"{key}_project"):
            is_told = True
            yield from sum_said(subject, key, (f"{key}_basic", f"{key}_project"))
    if not is_told:
        yield NotChecked(f"{NOT_TOLD}会议费、培训费的构成")


@rule(
    "EVT002",
    Severity.WARNING,
    "有会议费、培训费就有安排和人数",
    explain="登记拟召开的会议、拟开展的培训及人数、内容；没有安排的不列经费。",
    basis="一般性支出情况说明；会议费、培训费管理办法",
    example="会议费 35 万元，没有写会议和人数。",
)
def events_have_people(subject: Subject) -> Iterable[Outcome]:
    """Meetings and training that cost money have people, and the other way (N13)."""
    if not all_said(subject, *(key for key, _, _ in EVENTS)):
        yield NotChecked(f"{NOT_TOLD}会议费和培训费")
    for key, label, _ in EVENTS:
        cost, people = amount_said(subject, key), count_said(subject, f"{key}.attendance")
        number = people.value if people else None
        if cost is not None and (cost.yuan > 0) != bool(number):
            yield Finding(
                (cost.address, *([people.address] if people else [])),
                Side(label, cost.text, cost.unit, cost.address),
                Side("人数", people.text if people else "（没有写）", "人"),
                advice=f"补登{label}对应的安排和人数，或核对金额",
            )


@rule(
    "EVT003",
    Severity.ERROR,
    "会议费、培训费不少于基本支出中的相应科目",
    explain="会议费、培训费包括基本支出表中的 302-15、302-16。",
    basis="一般性支出情况说明与一般公共预算基本支出表，表文一致",
    example="基本支出表会议费 5.00，文字写会议费 0 万元。",
)
def events_hold_basic_spending(subject: Subject) -> Iterable[Outcome]:
    """What meetings and training cost is at least what basic spending says (N11, N12)."""
    is_told = False
    for key, _, code in EVENTS:
        cost = amount_said(subject, key)
        basic = subject.answering(FROM_GENERAL_PUBLIC, BASIC, where(economic=code))
        is_told = is_told or cost is not None
        if cost is not None and basic:
            yield AtMost(basic[0].address, (cost.address,))
    if not is_told:
        yield NotChecked(f"{NOT_TOLD}会议费和培训费")


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
    for key, label, _ in EVENTS:
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
