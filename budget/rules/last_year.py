"""上年预算数: changes against last year's figures that the book knows, and among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from budget.book import BudgetBook
from budget.money import total
from budget.rules.change import against_budget, is_contradictory
from budget.rules.finding import Finding, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import Blame, rule
from budget.rules.sentences import (
    NOT_COMPARED,
    Movement,
    moved_side,
    moved_text,
    movements,
    plain,
    readings,
    title_of,
)
from budget.terms import Needs, Severity

WHOLES: Final = {
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
    "CHG003",
    Severity.ERROR,
    "分项的增减之和等于总额的增减",
    explain="总额由分项组成，增减也应相加得出；先核对方向词，再核对增减额。",
    basis="部门预算说明，与上年对比",
    example="车辆费用增加 15.37 万元，购置费增加 17.99 万元、运行费增加 2.61 万元。",
)
def changes_add_up(subject: Subject) -> Iterable[Outcome]:
    """The changes of all parts of a whole add up to its own, where all are stated."""
    moved = {each.measure: each for each in movements(subject)}
    complete = [
        [moved[each] for each in (whole, *parts)]
        for whole, parts in WHOLES.items()
        if moved.keys() >= {whole, *parts}
    ]
    if not complete:
        yield NotChecked("说明中没有逐项写出与上年的比较")
    for stated in complete:
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
    blames=Blame.FIRST,
)
def changes_agree_with_last_year(subject: Subject) -> Iterable[Outcome]:
    """Word and amount of change are those against the book's figures of last year."""
    assert subject.book is not None, "the rule needs a book"
    moved = against_budget(subject)
    if not moved:
        yield NOT_COMPARED
    for movement in moved:
        if not is_contradictory(subject, movement):
            yield from _against_prior(subject, movement, subject.book)


def _is_told(subject: Subject, movement: Movement) -> bool:
    """True where another rule finds the movement wrong by itself."""
    if is_contradictory(subject, movement):
        return True
    book = subject.book
    told = _against_prior(subject, movement, book) if book else ()
    return any(isinstance(each, Finding) for each in told)


def _against_prior(subject: Subject, movement: Movement, book: BudgetBook) -> Iterator[Outcome]:
    title = title_of(subject, movement.measure)
    prior = book.prior_figures.get(movement.measure)
    if prior is None:
        yield NotChecked(f"没有{title}的上年预算数")
        return
    unit = subject.edition.text_unit
    last_year = unit.printed(prior.amount)
    nows = readings(subject, movement.now) if movement.now else ()
    if nows and not any(now - last_year == movement.signed for now in nows):
        right = nows[0] - last_year
        yield Finding(
            _wrong_first(movement, right),
            moved_side(subject, movement),
            Side(f"{title}按上年预算数{plain(last_year)}{unit.label}计算", moved_text(right)),
            plain(abs(right - movement.signed)),
            advice="以上年批复的预算数为准更正增减",
        )


def _wrong_first(movement: Movement, right: Decimal) -> tuple[str, ...]:
    """Return the figures of a movement, the amount of change first where the word is right."""
    is_word_right = right != 0 and not movement.is_level and movement.rises is (right > 0)
    change = movement.change
    if not is_word_right or change is None:
        return movement.where
    return tuple(dict.fromkeys((change.address, *movement.where)))


def _added(subject: Subject, whole: Movement, parts: list[Movement]) -> Iterator[Finding]:
    gap = whole.signed - total(part.signed for part in parts)
    if abs(gap) > _slack(subject, 1 + len(parts)):
        yield Finding(
            tuple(address for each in (whole, *parts) for address in each.where),
            moved_side(subject, whole),
            Side("分项增减之和", moved_text(whole.signed - gap)),
            plain(abs(gap)),
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
