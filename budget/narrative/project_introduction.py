"""项目经费情况说明: what people wrote about one project, a paragraph each.

Printed in parts that an edition repeats for each introduced project; elsewhere they say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook, Project
from budget.ledger import where
from budget.narrative.phrases import amount
from budget.narrative.registry import BREAK, Piece, Run, Voice, Write, paragraph
from budget.questions import PROJECT, SPENT
from budget.remarks import Remarks

WRITTEN = (
    ("overview", "项目概述", "Say what the project is."),
    ("basis", "立项依据", "Say why it was set up."),
    ("executor", "实施主体", "Say who carries it out."),
    ("plan", "实施方案", "Say how it is carried out."),
    ("period", "实施周期", "Say when it is carried out."),
)
"""What people wrote of a project: the field, its name, and what its paragraph tells."""


def _writer(field: str, label: str, told: str) -> Write:
    """Return the writer of one field, each line of it a paragraph of its own."""

    def lines(voice: Voice) -> Iterator[Run]:
        text = getattr(voice.project, field) if voice.project else ""
        if voice.project and not text.strip():
            yield from _missing(voice, voice.project, field, label)
        for line in text.splitlines():
            yield line.strip()
            yield BREAK

    def write(book: BudgetBook, remarks: Remarks) -> Iterator[Piece]:
        yield lines

    write.__doc__ = told
    return write


def _missing(voice: Voice, project: Project, field: str, label: str) -> Iterator[Run]:
    """Yield the gap of a draft, under a key that names the project and its field."""
    gap = voice.gap(f"project.{project.code}.{field}", label)
    if gap:
        yield gap


for _field, _label, _told in WRITTEN:
    paragraph(f"project-{_field}")(_writer(_field, _label, _told))


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
