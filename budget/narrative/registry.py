"""How a paragraph is declared.

A paragraph is one function from book and remarks to pieces: words, figures still to be said, and
``BREAK`` where a new paragraph begins. It never formats a number: ``phrases`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from budget.book import BudgetBook, Project
from budget.document import Figure, Gap
from budget.edition import Edition, Wording
from budget.registry import Registry
from budget.remarks import Remarks


@dataclass(frozen=True)
class Voice:
    """Who speaks: what a phrase needs to turn into words and figures.

    ``paragraph`` is the code of the paragraph, which figures have in their addresses. ``project``
    is the one that a part speaks of, where it is printed for each. ``asks`` names the remarks that
    the paragraph asks for; with ``gaps``, as in a draft, one that is needed and not written shows,
    with ``every`` also one that may be left out.
    """

    book: BudgetBook
    remarks: Remarks
    edition: Edition
    paragraph: str
    project: Project | None = None
    asks: Mapping[str, str] = field(default_factory=dict)
    gaps: bool = False
    every: bool = False

    @property
    def wording(self) -> Wording:
        """The words of the document's scope."""
        return self.edition.wording[self.book.scope]

    def asked(self, remark: str, *, needed: bool = True) -> str | Gap | None:
        """Return what people wrote, without the stop at its end.

        Where nobody did: a gap in a draft that needs the words, else None. What follows a point in
        a remark's key is a code that it speaks of.
        """
        written = self.remarks.get(remark)
        if written:
            return written.rstrip("。")
        key, _, code = remark.partition(".")
        label = f"{self.asks[key]}（{code}）" if code else self.asks[key]
        return self.gap(remark, label) if needed else None

    def offered(self, remark: str) -> str | Gap | None:
        """Return words as ``asked`` does, where they may also be left out."""
        return self.asked(remark, needed=self.every)

    def gap(self, key: str, label: str) -> Gap | None:
        """Return a gap in a draft, None in a document."""
        return Gap(key, label, f"{self.paragraph}/{key}") if self.gaps else None


@dataclass(frozen=True, slots=True)
class Break:
    """The end of one paragraph and the beginning of the next."""


BREAK = Break()
Run = str | Figure | Gap | Break
Phrase = Callable[[Voice], Iterable[Run]]
Piece = str | Phrase | Break
Write = Callable[[BudgetBook, Remarks], Iterator[Piece]]


@dataclass(frozen=True, slots=True)
class ParagraphSpec:
    """A declared paragraph.

    ``asks`` names the remarks that people write for it, each with what people call it.
    """

    code: str
    write: Write
    asks: Mapping[str, str] = field(default_factory=dict)


PARAGRAPHS: Registry[ParagraphSpec] = Registry("段落")


def paragraph(code: str, *, asks: Mapping[str, str] | None = None) -> Callable[[Write], Write]:
    """Declare a function as the writer of a paragraph."""

    def declare(write: Write) -> Write:
        PARAGRAPHS.add(code, ParagraphSpec(code, write, asks or {}))
        return write

    return declare
