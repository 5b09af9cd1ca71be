"""What sentences say: their paragraphs, their figures and the words around them.

A figure in a sentence has the measure's key; its neighbours of one paragraph carry the same key
with .direction, .change, .percent or .share behind it (budget/narrative/phrases.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget.document import Disclosure, Figure, FigureKind, Paragraph, Run
from budget.money import ZERO, written
from budget.rules.finding import NotChecked, Side
from budget.rules.printed import Subject, key_title

NO_TEXT: Final = NotChecked("只有表，没有文字")
NOT_COMPARED: Final = NotChecked("说明中没有与上年的比较")
GAP = "\ufffc"
"""Stands for a figure where only the words around figures are read."""


def paragraphs(document: Disclosure) -> Iterator[Paragraph]:
    """Yield all paragraphs in printed order."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block


def declared_as(paragraph: Paragraph, codes: frozenset[str]) -> str:
    """Return the code under which a paragraph is declared, empty when it is none of ``codes``.

    The key adds the number of the paragraph (code.2) and the project (code-501001-01).
    """
    code = paragraph.key.split(".", 1)[0]
    while code and code not in codes:
        code = code.rpartition("-")[0]
    return code


def figures_of(paragraph: Paragraph) -> Iterator[Figure]:
    """Yield the figures of a paragraph in order."""
    return (run for run in paragraph.text if isinstance(run, Figure))


def wording(paragraph: Paragraph) -> str:
    """Return a paragraph as it reads, lead and figures included; a gap in it says nothing."""
    return paragraph.lead + "".join(map(_said, paragraph.text))


def words(paragraph: Paragraph) -> str:
    """Return what a paragraph says in words, each figure a GAP: nothing in it is worked out."""
    return paragraph.lead + "".join(map(_in_words, paragraph.text))


def _said(run: Run) -> str:
    """Return what a run says: words that are still missing say nothing."""
    return run.text if isinstance(run, Figure) else run if isinstance(run, str) else ""


def _in_words(run: Run) -> str:
    return GAP if isinstance(run, Figure) else _said(run)


def before(paragraph: Paragraph, figure: Figure) -> str:
    """Return the words between a figure and the one before it."""
    place = paragraph.text.index(figure)
    previous = paragraph.text[place - 1] if place else ""
    return previous if isinstance(previous, str) else ""


def after(paragraph: Paragraph, figure: Figure) -> str:
    """Return the words between a figure and the next one."""
    rest = paragraph.text[paragraph.text.index(figure) + 1 :]
    return rest[0] if rest and isinstance(rest[0], str) else ""


def until_next_direction(paragraph: Paragraph, figure: Figure) -> str:
    """Return the words after a figure up to the next word of direction, figures as GAP."""
    told = ""
    for run in paragraph.text[paragraph.text.index(figure) + 1 :]:
        if isinstance(run, Figure) and run.kind is FigureKind.DIRECTION:
            break
        told += _in_words(run)
    return told


def title_of(subject: Subject, key: str) -> str:
    """Return the name of what a figure states, in the edition's word where it has one."""
    code = next((key[: -len(tail)] for tail in TAILS if key.endswith(tail)), key)
    return subject.edition.label(code, key_title(code))


TAILS = (".direction", ".change", ".percent", ".share")


def side(subject: Subject, figure: Figure, what: str = "") -> Side:
    """Return a figure of a sentence as one side of a comparison."""
    return Side(f"{title_of(subject, figure.key)}{what}", figure.text, figure.unit, figure.address)


def readings(subject: Subject, figure: Figure) -> tuple[Decimal, ...]:
    """Return the numbers that the document gives for an amount, in the unit of its sentences.

    Its own comes first, then those of tables that answer the same question: where they differ,
    that is found by itself, and what follows from the amount is held against either.
    """
    numbers = [] if figure.value is None else [figure.value]
    printed = subject.figures.get(figure.address)
    if printed is not None and printed.question is not None:
        unit = subject.edition.text_unit
        answers = subject.answers[printed.question]
        numbers += [unit.printed(each.yuan) for each in answers if each.table]
    return tuple(dict.fromkeys(numbers))


@dataclass(frozen=True, slots=True)
class Movement:
    """How a sentence says that a measure moved against a figure of last year.

    ``now`` is this year's amount in the same paragraph. ``base`` is last year's where it is
    printed. A sentence without ``change`` or ``percent`` does not state it.
    """

    measure: str
    paragraph: Paragraph
    direction: Figure
    now: Figure | None
    base: Figure | None = None
    change: Figure | None = None
    percent: Figure | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures that are there, the word of direction first."""
        found = (self.direction, self.change, self.percent, self.now, self.base)
        return tuple(figure for figure in found if figure is not None)

    @property
    def where(self) -> tuple[str, ...]:
        """The addresses of its figures."""
        return tuple(figure.address for figure in self.figures)

    @property
    def rises(self) -> bool:
        """True where the word says more than last year."""
        return self.direction.text in RISING

    @property
    def is_level(self) -> bool:
        """True where the word says as much as last year."""
        return self.direction.text == LEVEL

    @property
    def signed(self) -> Decimal:
        """The stated change in the unit of sentences, negative for a fall, zero where level."""
        change = ZERO if self.change is None else self.change.value or ZERO
        if self.is_level:
            return ZERO
        return change if self.rises else -change


LEVEL = "持平"
RISING = frozenset({"增加", "增长", "上升"})
OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", LEVEL: LEVEL}
EXECUTED = "execution."


def movements(subject: Subject) -> tuple[Movement, ...]:
    """Return what sentences say of how measures moved, in printed order."""
    return subject.once(_movements)


def _movements(subject: Subject) -> tuple[Movement, ...]:
    return tuple(_moving(subject.document))


def _moving(document: Disclosure) -> Iterator[Movement]:
    for paragraph in paragraphs(document):
        said = {figure.key: figure for figure in figures_of(paragraph)}
        for key, figure in said.items():
            if figure.kind is FigureKind.DIRECTION and key.endswith(".direction"):
                yield _movement(key.removesuffix(".direction"), paragraph, said)


def _movement(measure: str, paragraph: Paragraph, said: dict[str, Figure]) -> Movement:
    executed = measure.startswith(EXECUTED)
    spent = f"appropriation_spending.{measure.removeprefix(EXECUTED)}"
    return Movement(
        measure,
        paragraph,
        said[f"{measure}.direction"],
        now=said.get(spent if executed else measure),
        base=said.get(measure) if executed else None,
        change=said.get(f"{measure}.change"),
        percent=said.get(f"{measure}.percent"),
    )


def moved_side(subject: Subject, movement: Movement) -> Side:
    """Return a movement as one side of a comparison."""
    change = movement.change.text if movement.change else ""
    unit = movement.change.unit if movement.change else ""
    title = title_of(subject, movement.measure)
    return Side(title, f"{movement.direction.text}{change}", unit, movement.direction.address)


def moved_text(change: Decimal) -> str:
    """Return a change as sentences say it: 增加10.00, 减少10.00 or 持平."""
    if change == 0:
        return LEVEL
    return f"{'增加' if change > 0 else '减少'}{plain(abs(change))}"


def plain(number: Decimal) -> str:
    """Return a number as it is written without separators."""
    return written(number, grouped=False)
