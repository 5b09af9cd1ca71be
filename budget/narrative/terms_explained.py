"""名词解释: the edition's list, numbered."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.narrative.registry import BREAK, Piece, Run, Voice, paragraph
from budget.remarks import Remarks


@paragraph("terms-explained")
def terms_explained(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Explain each term in a paragraph of its own."""
    yield _listed


def _listed(voice: Voice) -> Iterator[Run]:
    for number, term in enumerate(voice.edition.terms, start=1):
        yield f"{number}.{term.term}：{term.explanation}"
        yield BREAK
