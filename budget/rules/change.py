"""增减变动: what a sentence says of last year follows from what the document prints.

With this year's amount, the word and the amount of change, last year's amount is known and the
percentage follows: a single wrong one of the four contradicts the others without any book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from budget.book import BudgetBook
from budget.document import Figure
from budget.money import ZERO, percent, total, written
from budget.rules.finding import Finding, Fix, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import rule
from budget.rules.sentences import (
    EXECUTED,
    LEVEL,
    OPPOSITE,
    Movement,
    after,
    before,
    movements,
    readings,
    side,
    title_of,
)
from budget.terms import Needs, Severity

RISE, FALL = "上升", "下降"
NOTHING_BEFORE = "上年无此项预算"
WHOLES = {
    "three_publics": ("overseas_visits", "hospitality", "vehicles"),
    "vehicles": ("vehicle_purchase", "vehicle_running"),
    "appropriation_spending": (
        "general_public_spending",
        "government_fund_spending",
        "state_capital_spending",
    ),
}
"""Measures that are the sum of others, whose changes therefore add up too."""


@rule(
    "CHG001",
    Severity.ERROR,
    "增减方向、增减额与百分比相互一致",
    explain="上年数＝本年数∓增减额，百分比＝增减额÷上年数；方向、增减额、百分比三者必有一处写错。",
    basis="部门预算说明，与上年对比（四舍五入到0.01%）",
    example="收入预算 1561.09 万元，较去年减少 162.77 万元，上升 11.64%。",
)
def changes_can_be_recomputed(subject: Subject) -> Iterable[Outcome]:
    """Word, amount of change and percentage fit this year's amount (N02, N08, N10)."""
    for movement in _against_budget(subject):
        yield from _contradiction(subject, movement)


@rule(
    "CHG002",
    Severity.ERROR,
    "持平只用于与上年相等，增减必有增减额",
    explain="与上年相等写“持平”；不相等写“增加”或“减少”并写出增减额。",
    basis="部门预算说明，与上年对比",
    example="“三公”经费较去年增加，没有写出增加多少。",
)
def level_means_equal(subject: Subject) -> Iterable[Outcome]:
    """持平 goes without a change, every other word with one that is not zero."""
    for movement in _against_budget(subject):
        yield from _wrong_word(subject, movement)


@rule(
    "CHG003",
    Severity.ERROR,
    "分项的增减之和等于总额的增减",
    explain="总额由分项组成，增减也应相加得出；先核对方向词，再核对增减额。",
    basis="部门预算说明，与上年对比",
    example="车辆费用增加 15.37 万元，购置费增加 17.99 万元、运行费增加 2.61 万元。",
)
def changes_add_up(subject: Subject) -> Iterable[Outcome]:
    """The changes of all parts of a whole add up to its own, where all are stated."""
    moved = {each.measure: each for each in movements(subject.document)}
    for whole, parts in WHOLES.items():
        if whole in moved and all(part in moved for part in parts):
            stated = [moved[each] for each in (whole, *parts)]
            if not any(_is_told(subject, movement) for movement in stated):
                yield from _added(subject, stated[0], stated[1:])


@rule(
    "CHG004",
    Severity.ERROR,
    "增减与上年预算数一致",
    explain="上年数取自上年批复的预算；方向词和增减额以上年预算数为准。",
    basis="上年批复的部门预算，与上年对比",
    example="上年预算数 1398.32 万元，本年 1561.09 万元，却写减少 162.77 万元。",
    needs=Needs.BOOK,
)
def changes_agree_with_last_year(subject: Subject) -> Iterable[Outcome]:
    """Word and amount of change are those against the book's figures of last year."""
    assert subject.book is not None, "the rule needs a book"
    for movement in _against_budget(subject):
        if not _is_contradictory(subject, movement):
            yield from _against_prior(subject, movement, subject.book)


@rule(
    "CHG005",
    Severity.ERROR,
    "与上年执行数的增减百分比相互一致",
    explain="百分比＝|本年预算数－上年执行数|÷上年执行数；本年大于上年写“增长”，小于写“下降”。",
    basis="部门预算说明，财政拨款支出主要内容",
    example="本年预算 905.55 万元，上年执行数 864.41 万元，写下降 4.76%。",
)
def changes_of_execution_can_be_recomputed(subject: Subject) -> Iterable[Outcome]:
    """The word and the percentage against last year's execution fit both printed amounts."""
    for movement in movements(subject.document):
        if movement.base is not None and movement.now is not None:
            yield from _against_execution(subject, movement, movement.now, movement.base)


@rule(
    "CHG006",
    Severity.NOTICE,
    "上年的收入总计等于上年的支出总计",
    explain="本年收支总计相等而增减额不同，等于说上年收支不平；核对两处的上年预算数。",
    basis="《预算法》第十二条；上年批复的部门预算",
    example="收入较去年增加 162.77 万元，支出较去年增加 126.77 万元，收支总计相等。",
)
def last_year_balances(subject: Subject) -> Iterable[Outcome]:
    """Income and uses of the whole, equal now, moved by the same amount."""
    moved = {each.measure: each for each in movements(subject.document)}
    income, uses = moved.get("revenue_total"), moved.get("spending_total")
    if income is None or uses is None:
        yield NotChecked("说明中没有同时写出收入总计和支出总计的增减")
    elif _number(income.now) == _number(uses.now) and _signed(income) != _signed(uses):
        yield Finding(
            (*income.where, *uses.where),
            _moved_side(subject, income),
            _moved_side(subject, uses),
            _text(abs(_signed(income) - _signed(uses))),
            advice="核对收入与支出的上年预算数",
        )


def _against_budget(subject: Subject) -> Iterator[Movement]:
    """Yield the movements against last year's budget; execution is another base."""
    for movement in movements(subject.document):
        if not movement.measure.startswith(EXECUTED):
            yield movement


def _is_contradictory(subject: Subject, movement: Movement) -> bool:
    found = (*_contradiction(subject, movement), *_wrong_word(subject, movement))
    return bool(found)


def _is_told(subject: Subject, movement: Movement) -> bool:
    """True where another rule finds the movement wrong by itself."""
    if _is_contradictory(subject, movement):
        return True
    book = subject.book
    told = _against_prior(subject, movement, book) if book else ()
    return any(isinstance(each, Finding) for each in told)


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
    last_year = now - _signed(movement)
    if last_year < 0:
        return False
    if movement.percent is None:
        return last_year == 0 or not _says_nothing_before(movement)
    return last_year > 0 and _rate(movement, last_year) == movement.percent.value


def _unfit(subject: Subject, movement: Movement, now: Decimal) -> Finding:
    last_year = now - _signed(movement)
    stated = movement.percent
    if last_year <= 0 or stated is None:
        return Finding(
            movement.where,
            Side("推算的上年数", _text(last_year), subject.edition.text_unit.label),
            _moved_side(subject, movement),
            advice="核对方向词和增减额",
        )
    rate = _rate(movement, last_year)
    return Finding(
        movement.where,
        side(subject, stated, "百分比"),
        Side("按本年数和增减额重算", _text(rate), "%"),
        _text(abs((stated.value or ZERO) - rate)),
        advice="先核对方向词，再核对增减额和百分比",
        fix=_fix(movement, now, rate),
    )


def _fix(movement: Movement, now: Decimal, rate: Decimal) -> Fix:
    """Return the other word where that alone mends it, else the percentage that follows."""
    assert movement.percent is not None, "only a percentage is mended"
    other = now + _signed(movement)
    if other > 0 and _rate(movement, other) == movement.percent.value:
        return Fix(movement.direction.address, OPPOSITE[movement.direction.text])
    return Fix(movement.percent.address, _text(rate))


def _rate(movement: Movement, last_year: Decimal) -> Decimal:
    return percent(abs(_signed(movement)), last_year)


def _word_of_percent(movement: Movement) -> str:
    if movement.percent is None:
        return ""
    lead = before(movement.paragraph, movement.percent)
    return next((word for word in (RISE, FALL) if lead.endswith(word)), "")


def _says_nothing_before(movement: Movement) -> bool:
    assert movement.change is not None, "only a change is followed by it"
    return NOTHING_BEFORE in after(movement.paragraph, movement.change)


def _against_prior(subject: Subject, movement: Movement, book: BudgetBook) -> Iterator[Outcome]:
    title = title_of(subject, movement.measure)
    prior = book.prior_figures.get(movement.measure)
    if prior is None:
        yield NotChecked(f"没有{title}的上年预算数")
        return
    unit = subject.edition.text_unit
    last_year = unit.printed(prior.amount)
    nows = readings(subject, movement.now) if movement.now else ()
    if nows and not any(now - last_year == _signed(movement) for now in nows):
        right = nows[0] - last_year
        yield Finding(
            movement.where,
            _moved_side(subject, movement),
            Side(f"{title}按上年预算数{_text(last_year)}{unit.label}计算", _moved_text(right)),
            _text(abs(right - _signed(movement))),
            advice="以上年批复的预算数为准更正增减",
        )


def _added(subject: Subject, whole: Movement, parts: list[Movement]) -> Iterator[Finding]:
    gap = _signed(whole) - total(_signed(part) for part in parts)
    if abs(gap) > _slack(subject, 1 + len(parts)):
        yield Finding(
            tuple(address for each in (whole, *parts) for address in each.where),
            _moved_side(subject, whole),
            Side("分项增减之和", _moved_text(_signed(whole) - gap)),
            _text(abs(gap)),
            advice="先核对各项的方向词，再核对增减额",
        )


def _slack(subject: Subject, count: int) -> Decimal:
    """Return how far so many changes may miss one another by rounding alone.

    A change is a difference of two printed amounts: each is off by half a printed unit at most,
    this year's not at all in an exact document, last year's neither where the book knows it.
    """
    unit = subject.edition.text_unit
    half = Decimal(5).scaleb(-unit.places - 1)
    prior = subject.book.prior if subject.book else ()
    last_year_exact = subject.is_exact and all(unit.shows_all_of(each.amount) for each in prior)
    return half * count * ((not subject.is_exact) + (not last_year_exact))


def _against_execution(
    subject: Subject, movement: Movement, now: Figure, base: Figure
) -> Iterator[Finding]:
    spent, nows = base.value or ZERO, readings(subject, now)
    if any(_fits_execution(movement, each, spent) for each in nows):
        return
    word = LEVEL if nows[0] == spent else "增长" if nows[0] > spent else "下降"
    rate = "" if nows[0] == spent or not spent else _text(percent(abs(nows[0] - spent), spent))
    stated = movement.percent.text if movement.percent else ""
    yield Finding(
        movement.where,
        Side("说明中的增减", f"{movement.direction.text}{stated}", "%" if stated else ""),
        Side("按本年预算数和上年执行数重算", f"{word}{rate}", "%" if rate else ""),
        advice="核对方向词、百分比和上年执行数",
    )


def _fits_execution(movement: Movement, now: Decimal, spent: Decimal) -> bool:
    if now == spent:
        return movement.is_level and movement.percent is None
    if movement.percent is None or not spent or movement.is_level:
        return False
    return (now > spent) is movement.rises and (
        percent(abs(now - spent), spent) == movement.percent.value
    )


def _number(figure: Figure | None) -> Decimal | None:
    return None if figure is None else figure.value


def _signed(movement: Movement) -> Decimal:
    """Return the stated change, negative for a fall, zero where nothing moved."""
    change = _number(movement.change) or ZERO
    if movement.is_level:
        return ZERO
    return change if movement.rises else -change


def _moved_side(subject: Subject, movement: Movement) -> Side:
    change = movement.change.text if movement.change else ""
    unit = movement.change.unit if movement.change else ""
    title = title_of(subject, movement.measure)
    return Side(title, f"{movement.direction.text}{change}", unit, movement.direction.address)


def _moved_text(change: Decimal) -> str:
    if change == 0:
        return LEVEL
    return f"{'增加' if change > 0 else '减少'}{_text(abs(change))}"


def _text(number: Decimal) -> str:
    return written(number, grouped=False)
