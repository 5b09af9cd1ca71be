"""How a paragraph is declared.

A paragraph is one function from book and remarks to pieces: words, figures still to be said, and
``BREAK`` where a new paragraph begins. It never formats a number: ``phrases`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from budget.book import BudgetBook, Project
from budget.document import Figure
from budget.edition import Edition, Wording
from budget.registry import Registry
from budget.remarks import Remarks


@dataclass(frozen=True)
class Voice:
    """Who speaks: what a phrase needs to turn into words and figures.

    ``paragraph`` is the code of the paragraph, which figures have in their addresses. ``project``
    is the one that a part speaks of, where it is printed for each.
    """

    book: BudgetBook
    remarks: Remarks
    edition: Edition
    paragraph: str
    project: Project | None = None

    @property
    def wording(self) -> Wording:
        """The words of the document's scope."""
        return self.edition.wording[self.book.scope]


@dataclass(frozen=True, slots=True)
class Break:
    """The end of one paragraph and the beginning of the next."""


BREAK = Break()
Run = str | Figure | Break
Phrase = Callable[[Voice], Iterable[Run]]
Piece = str | Phrase | Break
Write = Callable[[BudgetBook, Remarks], Iterator[Piece]]


@dataclass(frozen=True, slots=True)
class ParagraphSpec:
    """A declared paragraph; ``asks`` names the remarks that people write for it."""

    code: str
    write: Write
    asks: tuple[str, ...] = field(default=())


PARAGRAPHS: Registry[ParagraphSpec] = Registry("段落")


def paragraph(code: str, *, asks: Iterable[str] = ()) -> Callable[[Write], Write]:
    """Declare a function as the writer of a paragraph."""

    def declare(write: Write) -> Write:
        PARAGRAPHS.add(code, ParagraphSpec(code, write, tuple(asks)))
        return write

    return declare
