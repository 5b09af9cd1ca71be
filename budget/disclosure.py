"""From a book, its remarks and an edition to the finished document. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from budget.book import BudgetBook
from budget.charts.registry import drawn
from budget.document import Chart, Disclosure, Paragraph, PartHeads, Section
from budget.edition import ChartUse, Edition, ParagraphUse, SectionUse
from budget.narrative.phrases import spoken
from budget.narrative.registry import PARAGRAPHS, Voice
from budget.remarks import Remarks
from budget.tables.build import build


def compose(book: BudgetBook, remarks: Remarks, edition: Edition) -> Disclosure:
    """Return the document that an edition makes of a book.

    Raises MoneyWithoutPlace where the edition cannot show some money, UnknownCode where the
    catalogue lacks a code in use.
    """
    wording = edition.wording[book.scope]
    fill = wording.fill
    return Disclosure(
        edition=edition.code,
        scope=book.scope,
        code=book.code,
        name=book.name,
        year=book.year,
        title=fill(edition.document_title, book),
        cover=tuple(fill(line, book) for line in edition.cover),
        contents_heading=edition.contents_heading,
        contents_note=fill(edition.contents_note, book),
        narrative_heads=_filled(edition.narrative_heads, book, edition),
        tables_heads=_filled(edition.tables_heads, book, edition),
        sections=tuple(
            _section(use, book, remarks, edition) for use in edition.sections_of(book.scope)
        ),
        tables=tuple(
            build(book, edition, use, number)
            for number, use in enumerate(edition.tables_of(book.scope), start=1)
        ),
    )


def _filled(heads: PartHeads, book: BudgetBook, edition: Edition) -> PartHeads:
    fill = edition.wording[book.scope].fill
    return PartHeads(fill(heads.contents_title, book), fill(heads.title, book))


def _section(use: SectionUse, book: BudgetBook, remarks: Remarks, edition: Edition) -> Section:
    fill = edition.wording[book.scope].fill
    return Section(
        key=use.key,
        level=use.level,
        title=fill(use.title, book),
        contents_title=fill(use.contents_title or use.title, book),
        blocks=tuple(_blocks(use, book, remarks, edition)),
    )


def _blocks(
    section: SectionUse, book: BudgetBook, remarks: Remarks, edition: Edition
) -> Iterator[Paragraph | Chart]:
    for use in section.blocks:
        if isinstance(use, ParagraphUse):
            yield from _paragraphs(use, book, remarks, edition)
        else:
            yield from _charts(use, book, edition)


def _paragraphs(
    use: ParagraphUse, book: BudgetBook, remarks: Remarks, edition: Edition
) -> Iterator[Paragraph]:
    """Yield what one declared paragraph says; its run-in heading stands before the first."""
    voice = Voice(book, remarks, edition, use.paragraph)
    lead = voice.wording.fill(use.lead, book)
    texts = spoken(voice, PARAGRAPHS[use.paragraph].write(book, remarks))
    for number, text in enumerate(texts, start=1):
        key = use.paragraph if len(texts) == 1 else f"{use.paragraph}.{number}"
        yield Paragraph(key, lead, text)
        lead = ""


def _charts(use: ChartUse, book: BudgetBook, edition: Edition) -> Iterator[Chart]:
    title = edition.wording[book.scope].fill(use.title, book)
    chart = drawn(use.chart, title, book, edition)
    if chart:
        yield chart
