"""增减原因: what moved is explained, in words that say something and fit the direction.

Reasons are read where they are printed, after 主要是 or 原因是; a paragraph's declaration says for
which measures it asks one. Changes of execution have rules of another kind and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from budget.money import percent
from budget.narrative.registry import PARAGRAPHS
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.sentences import (
    NOT_COMPARED,
    Movement,
    declared_as,
    movements,
    side,
    title_of,
    until_next_direction,
    words,
)
from budget.rules.thresholds import LARGE_CHANGE, REASON_LENGTH
from budget.terms import Severity

MEASURE_OF: Final = {
    "revenue_change": "revenue_total",
    "spending_change": "spending_total",
    "appropriation_change": "appropriation_spending",
    "government_fund_change": "government_fund_spending",
}
"""Which measure a remark explains where its name is not the measure's with _change."""

NAMED: Final = {
    "appropriation_spending": "财政拨款收入支出",
    "vehicle_purchase": "公务用车购置费变动",
    "vehicle_running": "公务用车运行费变动",
}
"""How a reason that stands further down in its paragraph names what it explains."""

REASON: Final = re.compile(r"(?:主要是|原因是)(?P<reason>[^。]*)")
BARE: Final = re.compile(
    r"(?:由于|因|按照|根据|因为)?(?:工作|业务|实际|预算|政策|人员|项目|正常|客观|情况|发展|单位|本年|"
    r"本年度|年度|有关|相关)*(?:的)?(?:需要|需求|调整|变化|变动|安排|增长|增加|减少|情况|原因|要求)?"
)
"""A phrase that would fit any change of any measure."""

RISING: Final = ("增加", "新增", "上涨", "增长", "提高", "上升", "上调", "扩大", "增多", "增设")
FALLING: Final = (
    *("减少", "下降", "压缩", "压减", "降低", "核减", "精简", "缩减", "取消", "停用", "下调"),
    *("厉行节约", "严格控制", "不再安排"),
)
BESIDE: Final = re.compile(
    rf"(?:不再|未|没有|无|停止|控制|抑制)(?:{'|'.join((*RISING, *FALLING[:11]))})"
    r"|(?:上年|去年|以前年度)[^，。；]*"
    r"|(?:提高|提升|增加|降低)[^，。；]{0,8}(?:效率|效益|质量|水平|能力|透明度|风险)"
)
"""Words of more and less that do not speak of this year's money: negated, last year's, quality."""

ITEMS: Final = ("hospitality", "vehicle_purchase", "vehicle_running", "overseas_visits")


@dataclass(frozen=True, slots=True)
class Explained:
    """A movement that has to be explained and the reason printed for it, empty without one."""

    movement: Movement
    reason: str

    @property
    def place(self) -> str:
        """Where the reason stands or is missing: the paragraph."""
        return self.movement.paragraph.key


@rule(
    "CHG009",
    Severity.WARNING,
    "增减都说明原因",
    explain="与上年相比有增减的，逐项写明“主要是……”；在编制界面的增减原因栏填写。",
    basis="地方预决算公开操作规程，增减变化情况及原因；部门预算说明",
    example="收入较去年增加 162.77 万元，没有写原因。",
)
def changes_are_explained(subject: Subject) -> Iterable[Outcome]:
    """What moved has a reason (N23)."""
    asked = _asked(subject)
    if not asked:
        yield NOT_COMPARED
    for each in asked:
        if not each.movement.is_level and not each.reason:
            yield _finding(subject, each, "补写增减的具体原因")


@rule(
    "CHG010",
    Severity.WARNING,
    "大幅增减和新增、取消的原因要具体",
    explain="增减百分之十以上，或者从无到有、从有到无的，写明是哪些人、哪些事引起的。",
    basis="地方预决算公开操作规程，增减变化情况及原因；检查中的常见问题",
    example="收入较去年增加 11.64%，主要是工作需要。",
)
def large_changes_have_specific_reasons(subject: Subject) -> Iterable[Outcome]:
    """From 10 % on, or from or to nothing, the reason is no bare phrase (N23)."""
    shortest = subject.threshold(REASON_LENGTH)
    asked = _asked(subject)
    if not asked:
        yield NOT_COMPARED
    for each in asked:
        if each.reason and _is_large(subject, each.movement):
            bare = BARE.fullmatch(each.reason) or len(each.reason) < shortest
            if bare:
                yield _finding(subject, each, "写明具体的人员、项目或政策")


@rule(
    "CHG011",
    Severity.WARNING,
    "与上年持平不写增减原因",
    explain="与上年相等的，删去增减原因；若原因属实，核对上年预算数。",
    basis="部门预算说明，文字与数字一致",
    example="“三公”经费与上年持平，主要原因是厉行节约，严格控制三公经费支出。",
)
def level_needs_no_reason(subject: Subject) -> Iterable[Outcome]:
    """What did not move has no reason that speaks of a movement (N10, N23)."""
    asked = _asked(subject)
    if not asked:
        yield NOT_COMPARED
    for each in asked:
        if each.movement.is_level and any(_directions(each.reason)):
            yield _finding(subject, each, "删去增减原因，或核对上年预算数")


@rule(
    "CHG012",
    Severity.WARNING,
    "原因中的增减与方向一致",
    explain="减少的原因里只讲增加（或相反）的，多为沿用上年文字；改写原因。",
    basis="部门预算说明，文字与数字一致",
    example="支出较去年减少 50.00 万元，主要是新增人员经费增加。",
)
def reasons_fit_the_direction(subject: Subject) -> Iterable[Outcome]:
    """A reason that speaks of one direction only speaks of the right one."""
    asked = _asked(subject)
    if not asked:
        yield NOT_COMPARED
    for each in asked:
        rising, falling = _directions(each.reason)
        if rising is not falling and not each.movement.is_level and rising is not _rises(each):
            yield _finding(subject, each, "改写原因，使它与增减方向一致")


@rule(
    "CHG013",
    Severity.WARNING,
    "“三公”经费逐项与上年比较",
    explain="除总额外，因公出国（境）费、公务接待费、公务用车购置费和运行费也逐项写明增减。",
    basis="地方预决算公开操作规程，“三公”经费增减变化原因",
    example="只写“三公”经费总额与上年持平，没有各项的比较。",
)
def three_publics_are_compared_by_item(subject: Subject) -> Iterable[Outcome]:
    """Where the total of “三公” is compared with last year, each item is too (N10)."""
    compared = {each.measure: each for each in movements(subject)}
    total = compared.get("three_publics")
    missing = [item for item in ITEMS if item not in compared]
    if total is None:
        yield NotChecked("说明中没有“三公”经费与上年的比较")
    elif missing:
        yield Finding(
            total.where,
            Side("与上年比较的项目", "只有总额" if len(missing) == len(ITEMS) else "不全"),
            Side("未比较的项目", "、".join(title_of(subject, item) for item in missing)),
            advice="录入各项的上年预算数，逐项说明增减",
        )


def _asked(subject: Subject) -> tuple[Explained, ...]:
    """Return the movements for which the paragraph that states them asks a reason."""
    return tuple(_asking(subject))


def _asking(subject: Subject) -> Iterator[Explained]:
    codes = frozenset(PARAGRAPHS)
    for movement in movements(subject):
        code = declared_as(movement.paragraph, codes)
        asks = PARAGRAPHS[code].asks if code else ()
        if movement.measure in {measure_of(remark) for remark in asks}:
            yield Explained(movement, _reason_of(movement))


def measure_of(remark: str) -> str:
    """Return the measure whose movement a remark explains."""
    return MEASURE_OF.get(remark, remark.removesuffix("_change"))


def _reason_of(movement: Movement) -> str:
    """Return the reason printed for a movement, without the stop at its end."""
    named = NAMED.get(movement.measure)
    if named:
        _, _, told = words(movement.paragraph).partition(named)
    else:
        told = until_next_direction(movement.paragraph, movement.direction)
    found = REASON.search(told)
    return found["reason"].strip("，；、 ") if found else ""


def _directions(reason: str) -> tuple[bool, bool]:
    """Return whether a reason speaks of more, and whether it speaks of less."""
    told = BESIDE.sub("", reason)
    return any(word in told for word in RISING), any(word in told for word in FALLING)


def _rises(each: Explained) -> bool:
    return each.movement.rises


def _is_large(subject: Subject, movement: Movement) -> bool:
    """True from the threshold (in percent of last year) on, and from or to nothing."""
    now = movement.now.value if movement.now else None
    change = movement.change.value if movement.change else None
    if now is None or not change:
        return False
    last_year = now - change if movement.rises else now + change
    if now == 0 or last_year <= 0:
        return True
    return percent(change, last_year) >= subject.threshold(LARGE_CHANGE)


def _finding(subject: Subject, each: Explained, advice: str) -> Finding:
    movement = each.movement
    change = f"{movement.change.text}{movement.change.unit}" if movement.change else ""
    return Finding(
        (movement.direction.address, each.place),
        Side(
            side(subject, movement.direction).label,
            f"{movement.direction.text}{change}",
            address=movement.direction.address,
        ),
        Side("原因", each.reason or "（未写）", address=each.place),
        advice=advice,
    )
