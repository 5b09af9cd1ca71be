"""What sentences state under a measure's name: amounts, and numbers of things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from budget.document import Figure, FigureKind
from budget.measures.registry import MEASURES
from budget.rules.finding import Equal, NotChecked, Outcome
from budget.rules.printed import Printed, Subject

NOT_TOLD: Final = "文件没有写明"


def amount_said(subject: Subject, key: str) -> Printed | None:
    """Return the amount that a sentence states under a measure's name, the first of several."""
    said = (each for each in subject.said.values() if each.key == key)
    addresses = (each.address for each in said if each.kind is FigureKind.AMOUNT)
    return next((subject.figures[each] for each in addresses if each in subject.figures), None)


def count_said(subject: Subject, key: str) -> Figure | None:
    """Return the number of things that a sentence states under a key."""
    said = (each for each in subject.said.values() if each.key == key)
    return next((each for each in said if each.kind is FigureKind.COUNT), None)


def all_said(subject: Subject, *keys: str) -> list[Printed]:
    """Return the amounts that sentences state under these names, those that are there."""
    amounts = (amount_said(subject, key) for key in keys)
    return [each for each in amounts if each is not None]


def sum_said(subject: Subject, whole: str, parts: tuple[str, ...]) -> Iterator[Outcome]:
    """State that amounts of sentences add up, unless they were rounded each by itself."""
    said, items = amount_said(subject, whole), all_said(subject, *parts)
    if said is None or len(items) < len(parts):
        yield NotChecked(f"{NOT_TOLD}{MEASURES[whole].title}及其分项")
    elif _is_finer(subject, (whole, *parts)):
        yield NotChecked("登记的金额比文字的单位更细，分项各自四舍五入")
    else:
        yield Equal(said.address, tuple(each.address for each in items))


def _is_finer(subject: Subject, keys: Iterable[str]) -> bool:
    """True where a register holds amounts finer than sentences print them."""
    book, unit = subject.book, subject.edition.text_unit
    if book is None:
        return False
    return not all(unit.shows_all_of(MEASURES[key].amount(book)) for key in keys)
