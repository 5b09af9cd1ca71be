"""增减变动: what a sentence says of last year follows from what the document prints.

With this year's amount, the word and the amount of change, last year's amount is known and the
percentage follows: a single wrong one of the four contradicts the others without any book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from budget.money import ZERO, percent
from budget.rules.finding import Finding, Fix, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import Blame, rule
from budget.rules.sentences import (
    EXECUTED,
    LEVEL,
    NOT_COMPARED,
    OPPOSITE,
    Movement,
    after,
    before,
    moved_side,
    movements,
    plain,
    readings,
    side,
)
from budget.terms import Severity

RISE, FALL = "上升", "下降"
BALANCED: Final = {"revenue_total": "spending_total", "spending_total": "revenue_total"}
NOTHING_BEFORE = "上年无此项预算"


@rule(
    "CHG001",
    Severity.ERROR,
    "增减方向、增减额与百分比相互一致",
    explain="上年数＝本年数∓增减额，百分比＝增减额÷上年数；方向、增减额、百分比三者必有一处写错。",
    basis="部门预算说明，与上年对比（四舍五入到0.01%）",
    example="收入预算 1561.09 万元，较去年减少 162.77 万元，上升 11.64%。",
    blames=Blame.FIRST,
)
def changes_can_be_recomputed(subject: Subject) -> Iterable[Outcome]:
    """Word, amount of change and percentage fit this year's amount (N02, N08, N10)."""
    moved = against_budget(subject)
    if not moved:
        yield NOT_COMPARED
    for movement in moved:
        yield from _contradiction(subject, movement)


@rule(
    "CHG002",
    Severity.ERROR,
    "持平只用于与上年相等，增减必有增减额",
    explain="与上年相等写“持平”；不相等写“增加”或“减少”并写出增减额。",
    basis="部门预算说明，与上年对比",
    example="“三公”经费较去年增加，没有写出增加多少。",
    blames=Blame.FIRST,
)
def level_means_equal(subject: Subject) -> Iterable[Outcome]:
    """持平 goes without a change, every other word with one that is not zero."""
    moved = against_budget(subject)
    if not moved:
        yield NOT_COMPARED
    for movement in moved:
        yield from _wrong_word(subject, movement)


@rule(
    "CHG006",
    Severity.WARNING,
    "上年的收入总计等于上年的支出总计",
    explain="本年收支总计相等而增减额不同，等于说上年收支不平；核对两处的上年预算数。",
    basis="《预算法》第十二条；上年批复的部门预算",
    example="收入较去年增加 162.77 万元，支出较去年增加 126.77 万元，收支总计相等。",
)
def last_year_balances(subject: Subject) -> Iterable[Outcome]:
    """Income and uses of the whole, equal now, moved by the same amount."""
    moved = {each.measure: each for each in movements(subject)}
    income, uses = moved.get("revenue_total"), moved.get("spending_total")
    if income is None or uses is None:
        yield NotChecked("说明中没有同时写出收入总计和支出总计的增减")
    elif _now(income) == _now(uses) and income.signed != uses.signed:
        yield Finding(
            (*income.where, *uses.where),
            moved_side(subject, income),
            moved_side(subject, uses),
            plain(abs(income.signed - uses.signed)),
            advice="核对收入与支出的上年预算数",
        )


def against_budget(subject: Subject) -> list[Movement]:
    """Return the movements against last year's budget; execution is another base."""
    return [each for each in movements(subject) if not each.measure.startswith(EXECUTED)]


def is_contradictory(subject: Subject, movement: Movement) -> bool:
    """True where a movement contradicts itself, which is found without last year's figure."""
    found = (*_contradiction(subject, movement), *_wrong_word(subject, movement))
    return bool(found)


def _wrong_word(subject: Subject, movement: Movement) -> Iterator[Finding]:
    stated = movement.change is not None and movement.change.value != 0
    if stated is not movement.is_level:
        return
    change = side(subject, movement.change, "增减额") if movement.change else None
    yield Finding(
        movement.where,
        side(subject, movement.direction, "方向词"),
        change,
        advice="核对方向词" if stated else "与上年相等写“持平”，不相等写出增减额",
        fix=None if stated else Fix(movement.direction.address, LEVEL),
    )


def _contradiction(subject: Subject, movement: Movement) -> Iterator[Finding]:
    if movement.now is None or movement.change is None or movement.is_level:
        return
    nows = readings(subject, movement.now)
    if not any(_fits(movement, now) for now in nows):
        yield _unfit(subject, movement, nows[0])
    elif (word := _word_of_percent(movement)) and (word == RISE) is not movement.rises:
        yield Finding(
            movement.where,
            side(subject, movement.direction, "方向词"),
            Side("百分比前的方向词", word),
            advice="同一增减前后两个方向词应一致",
        )


def _fits(movement: Movement, now: Decimal) -> bool:
    """True where last year's amount that follows gives the stated percentage."""
    last_year = now - movement.signed
    if last_year < 0:
        return False
    if movement.percent is None:
        return last_year == 0 or not _says_nothing_before(movement)
    return last_year > 0 and _rate(movement, last_year) == movement.percent.value


def _unfit(subject: Subject, movement: Movement, now: Decimal) -> Finding:
    last_year = now - movement.signed
    stated = movement.percent
    if last_year <= 0 or stated is None:
        return Finding(
            movement.where,
            Side("推算的上年数", plain(last_year), subject.edition.text_unit.label),
            moved_side(subject, movement),
            advice="核对方向词和增减额",
        )
    rate = _rate(movement, last_year)
    fix = _fix(subject, movement, now, rate)
    first = (fix.address,) if fix else (stated.address,)
    return Finding(
        tuple(dict.fromkeys((*first, *movement.where))),
        side(subject, stated, "百分比"),
        Side("按本年数和增减额重算", plain(rate), "%"),
        plain(abs((stated.value or ZERO) - rate)),
        advice="先核对方向词，再核对增减额和百分比",
        fix=fix,
    )


def _fix(subject: Subject, movement: Movement, now: Decimal, rate: Decimal) -> Fix | None:
    """Return the one change that mends a movement; None where it may be the amount or the rate.

    The other word may do it. Otherwise the movement of the other side of the account tells which
    of the two is wrong, where both sides are the same this year and so were last year.
    """
    assert movement.percent is not None, "only a percentage is mended"
    assert movement.change is not None, "only a change has a percentage"
    other = now + movement.signed
    if other > 0 and _rate(movement, other) == movement.percent.value:
        return Fix(movement.direction.address, OPPOSITE[movement.direction.text])
    twin = _other_side(subject, movement)
    if twin is None or twin.change is None:
        return None
    if twin.signed == movement.signed:
        return Fix(movement.percent.address, plain(rate))
    same_rate = twin.percent is not None and twin.percent.value == movement.percent.value
    if same_rate and twin.direction.text == movement.direction.text:
        return Fix(movement.change.address, twin.change.text)
    return None


def _other_side(subject: Subject, movement: Movement) -> Movement | None:
    """Return how the other side of the whole account moved, where both are equal this year."""
    key = BALANCED.get(movement.measure)
    twins = (each for each in movements(subject) if each.measure == key)
    return next((each for each in twins if _now(each) == _now(movement)), None)


def _rate(movement: Movement, last_year: Decimal) -> Decimal:
    return percent(abs(movement.signed), last_year)


def _word_of_percent(movement: Movement) -> str:
    if movement.percent is None:
        return ""
    lead = before(movement.paragraph, movement.percent)
    return next((word for word in (RISE, FALL) if lead.endswith(word)), "")


def _says_nothing_before(movement: Movement) -> bool:
    assert movement.change is not None, "only a change is followed by it"
    return NOTHING_BEFORE in after(movement.paragraph, movement.change)


def _now(movement: Movement) -> Decimal | None:
    return None if movement.now is None else movement.now.value
