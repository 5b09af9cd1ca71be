"""Phrases: figures and the words that depend on them.

What a sentence says of a figure — more, less, unchanged, so many percent — is worked out here from
the numbers as printed, so that a reader can recompute it and no sentence can contradict a table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from budget.document import Figure, FigureKind, Gap, Text
from budget.document import Run as Printed
from budget.ledger import Where, where
from budget.measures.registry import MEASURES, Measure
from budget.money import percent, shares, whole_or_full, written
from budget.narrative.registry import Break, Phrase, Piece, Run, Voice
from budget.tally import Tally

Words = Iterable[Run]


@dataclass(frozen=True, slots=True)
class Item:
    """One named amount of a list, in yuan."""

    key: str
    label: str
    yuan: Decimal
    questions: tuple[Where, ...] = ()


def own(voice: Voice) -> Words:
    """Say how the document speaks of itself: 本单位 or 本部门."""
    return (voice.wording.own,)


def body(voice: Voice) -> Words:
    """Say what the document is about: 部门 or 单位."""
    return (voice.wording.body,)


def say(code: str, *, whole: bool = False) -> Phrase:
    """Say a measure with its unit; ``whole`` leaves out decimals that are all zero."""

    def phrase(voice: Voice) -> Words:
        measure = MEASURES[code]
        yuan, tally = measure.amount(voice.book), measure.counted
        return amount(voice, code, yuan, *asks(code), whole=whole, tally=tally)

    return phrase


def asks(code: str) -> tuple[Where, ...]:
    """Return the question that a measure answers; none where a register states it."""
    question = MEASURES[code].where
    return () if question is None else (question,)


def amount(
    voice: Voice,
    key: str,
    yuan: Decimal,
    *questions: Where,
    whole: bool = False,
    tally: Tally | None = None,
) -> Words:
    """Return an amount as printed in sentences, and its unit; it answers the questions."""
    printed = voice.edition.text_unit.printed(yuan)
    return printed_amount(voice, key, printed, *questions, whole=whole, tally=tally)


def printed_amount(
    voice: Voice,
    key: str,
    printed: Decimal,
    *questions: Where,
    whole: bool = False,
    tally: Tally | None = None,
) -> Words:
    """Return a number of the text's unit as a figure, and the unit."""
    unit = voice.edition.text_unit.label
    grouped = voice.edition.text_grouped
    shown = whole_or_full(printed, grouped=grouped) if whole else written(printed, grouped=grouped)
    said = figure(voice, key, shown, FigureKind.AMOUNT, printed, unit, questions, tally)
    return said, unit


def count(key: str, things: int | Tally) -> Phrase:
    """Say a number of things, or what a register has of them."""

    def phrase(voice: Voice) -> Words:
        tally = things if isinstance(things, Tally) else None
        number = things.amount(voice.book) if isinstance(things, Tally) else Decimal(things)
        shown = str(int(number))
        return (figure(voice, key, shown, FigureKind.COUNT, Decimal(shown), tally=tally),)

    return phrase


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure beside last year's, both as printed in the text's unit."""

    now: Decimal
    before: Decimal

    @property
    def direction(self) -> str:
        """The word for how it moved."""
        return "持平" if self.now == self.before else "增加" if self.now > self.before else "减少"


def compared(voice: Voice, code: str) -> Compared | None:
    """Return a measure beside last year's budget, None where that is not known."""
    prior = voice.book.prior_figures.get(code)
    if prior is None:
        return None
    unit = voice.edition.text_unit
    now = unit.printed(MEASURES[code].amount(voice.book))
    return Compared(now, unit.printed(prior.amount))


def change(
    code: str,
    against: str = "较去年",
    *,
    unchanged: str = "与{last_year}年",
    with_percent: bool = True,
) -> Phrase:
    """Say how a measure differs from last year's budget.

    One of: 增加 or 减少 with amount and (where asked) percentage; 持平 after ``unchanged``;
    上年无此项预算 where last year had nothing; 上年无可比数据 where last year is not known.
    ``against`` and ``unchanged`` are patterns of Wording.fill.
    """

    def phrase(voice: Voice) -> Words:
        both = compared(voice, code)
        if both is None:
            return ("上年无可比数据",)
        fill = voice.wording.fill
        direction = figure(voice, f"{code}.direction", both.direction, FigureKind.DIRECTION)
        if both.now == both.before:
            return fill(unchanged, voice.book), direction
        moved = _moved(voice, code, both, with_percent=with_percent)
        return fill(against, voice.book), direction, *moved

    return phrase


def _moved(voice: Voice, code: str, both: Compared, *, with_percent: bool) -> Words:
    moved = abs(both.now - both.before)
    yield from printed_amount(voice, f"{code}.change", moved)
    if not with_percent:
        return
    if both.before == 0:
        yield "，上年无此项预算"
        return
    rate = percent(moved, abs(both.before))
    yield "，上升" if both.now > both.before else "，下降"
    yield from percentage(voice, f"{code}.percent", rate)


def has_moved(voice: Voice, code: str) -> bool:
    """Return whether a measure is known to differ from last year's, so that a reason is due."""
    both = compared(voice, code)
    return both is not None and both.now != both.before


def reason_of(voice: Voice, remark: str, code: str) -> str | Gap | None:
    """Return why a measure is what it is beside last year, None where nobody says.

    A draft asks for it where the measure moved. Where it did not, a reason can be given all the
    same (厉行节约), and is offered to whom is about to write.
    """
    both = compared(voice, code)
    if both is not None and both.now == both.before:
        return voice.offered(remark)
    return voice.asked(remark, needed=both is not None)


def because(remark: str, lead: str = "主要是", *, of: str = "") -> Phrase:
    """Give a reason that a person wrote, as a sentence of its own, or nothing.

    A draft shows that it is missing where the measure ``of`` moved, always without a measure.
    """

    def phrase(voice: Voice) -> Words:
        reason = reason_of(voice, remark, of) if of else voice.asked(remark)
        return (lead, reason, "。") if reason else ()

    return phrase


def itemise(items: Iterable[Item], *, with_shares: bool = False) -> Phrase:
    """List the amounts that print as something, each with its share where asked.

    Shares are of the listed amounts as printed and add up to 100.00.
    """

    def phrase(voice: Voice) -> Words:
        unit = voice.edition.text_unit
        listed = [(item, unit.printed(item.yuan)) for item in items if item.yuan]
        rates = shares([printed for _, printed in listed])
        for place, (item, printed) in enumerate(listed):
            if place:
                yield "；" if with_shares else "，"
            yield voice.edition.label(item.key, item.label)
            yield from printed_amount(voice, item.key, printed, *item.questions)
            if with_shares:
                yield "，占"
                yield from percentage(voice, f"{item.key}.share", rates[place])

    return phrase


def of_measures(listed: Iterable[Measure]) -> Phrase:
    """List measures that are not zero under their names."""
    measures = tuple(listed)

    def phrase(voice: Voice) -> Words:
        items = [
            Item(each.code, each.title, each.amount(voice.book), asks(each.code))
            for each in measures
        ]
        return itemise(items)(voice)

    return phrase


def by_category(code: str, question: Where, *, with_shares: bool = False) -> Phrase:
    """List the amounts of a question by 类, in code order, under their names in the catalogue.

    Figures are keyed code.category, such as general_public_spending.201.
    """

    def phrase(voice: Voice) -> Words:
        names = voice.book.catalogue
        items = [
            Item(
                f"{code}.{category}",
                names.function_name(category),
                yuan,
                (question, where(category=category)),
            )
            for category, yuan in voice.book.ledger.by("category", question).items()
        ]
        return itemise(items, with_shares=with_shares)(voice)

    return phrase


def spoken(voice: Voice, pieces: Iterable[Piece]) -> tuple[Text, ...]:
    """Return pieces as paragraphs: phrases said, neighbouring words joined, blank ones left out."""
    paragraphs: list[list[Printed]] = [[]]
    for run in _runs(voice, pieces):
        last = paragraphs[-1]
        if isinstance(run, Break):
            paragraphs.append([])
        elif isinstance(run, str) and last and isinstance(last[-1], str):
            last[-1] += run
        elif run:
            last.append(run)
    return tuple(tuple(runs) for runs in paragraphs if runs)


def _runs(voice: Voice, pieces: Iterable[Piece]) -> Iterator[Run]:
    for piece in pieces:
        if isinstance(piece, (str, Break)):
            yield piece
        else:
            yield from piece(voice)


def percentage(voice: Voice, key: str, rate: Decimal) -> Words:
    yield figure(voice, key, written(rate, grouped=False), FigureKind.PERCENT, rate, "%")
    yield "%"


def figure(
    voice: Voice,
    key: str,
    shown: str,
    kind: FigureKind,
    value: Decimal | None = None,
    unit: str = "",
    questions: tuple[Where, ...] = (),
    tally: Tally | None = None,
) -> Figure:
    """Return a figure of the paragraph that speaks, with its address."""
    return Figure(key, shown, kind, value, unit, f"{voice.paragraph}/{key}", questions, tally)
