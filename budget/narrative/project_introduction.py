"""项目经费情况说明: what people wrote about one project, a paragraph each.

Printed in parts that an edition repeats for each introduced project; elsewhere they say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.ledger import where
from budget.narrative.phrases import amount
from budget.narrative.registry import BREAK, Piece, Run, Voice, paragraph
from budget.questions import PROJECT, SPENT
from budget.remarks import Remarks


def _lines(text: str) -> Iterator[Run]:
    """Yield each line as a paragraph of its own."""
    for line in text.splitlines():
        yield line.strip()
        yield BREAK


@paragraph("project-overview")
def overview(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say what the project is."""
    yield lambda voice: _lines(voice.project.overview if voice.project else "")


@paragraph("project-basis")
def basis(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say why it was set up."""
    yield lambda voice: _lines(voice.project.basis if voice.project else "")


@paragraph("project-executor")
def executor(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say who carries it out."""
    yield lambda voice: _lines(voice.project.executor if voice.project else "")


@paragraph("project-plan")
def plan(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say how it is carried out."""
    yield lambda voice: _lines(voice.project.plan if voice.project else "")


@paragraph("project-period")
def period(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say when it is carried out."""
    yield lambda voice: _lines(voice.project.period if voice.project else "")


@paragraph("project-arrangement")
def arrangement(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
    """Say this year's money, from the ledger, and what it is for."""
    yield _arrangement


def _arrangement(voice: Voice) -> Iterator[Run]:
    if voice.project is None:
        return
    yield f"{voice.book.year}年安排预算"
    question = SPENT & PROJECT & where(project=voice.project.code)
    yuan = voice.book.ledger.amount(question)
    yield from amount(voice, f"project_spending.{voice.project.code}", yuan, question)
    told = voice.project.arrangement.rstrip("。")
    yield f"，{told}。" if told else "。"
