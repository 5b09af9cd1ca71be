"""From a book, its remarks and an edition to the finished document. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from budget.book import BudgetBook, Project
from budget.charts.registry import drawn
from budget.document import Chart, Disclosure, Paragraph, Part, Section, Table
from budget.edition import (
    ChartUse,
    Each,
    Edition,
    ParagraphUse,
    PartUse,
    SectionUse,
    TableUse,
)
from budget.narrative.phrases import spoken
from budget.narrative.registry import PARAGRAPHS, Voice
from budget.remarks import Remarks
from budget.tables.build import build
from budget.tables.spec import Losing, refuse

INVENTED: Final = "虚构的{body}，仅供演示"


def compose(book: BudgetBook, remarks: Remarks, edition: Edition) -> Disclosure:
    """Return the document that an edition makes of a book.

    Raises MoneyWithoutPlace where the edition cannot show some money, UnknownCode where the
    catalogue lacks a code in use.
    """
    return Writer(book, remarks, edition).document()


@dataclass(frozen=True)
class Writer:
    """Writes the parts of one document in order, numbering tables as they come.

    In a draft there are ``gaps`` where words are missing, with ``every`` also where they may be
    left out, and ``losing`` takes note of money that a table has no place for.
    """

    book: BudgetBook
    remarks: Remarks
    edition: Edition
    gaps: bool = False
    every: bool = False
    losing: Losing = refuse
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def document(self) -> Disclosure:
        """Return the whole document. To be called once: tables are numbered as they come."""
        return Disclosure(
            edition=self.edition.code,
            scope=self.book.scope,
            code=self.book.code,
            name=self.book.name,
            year=self.book.year,
            title=self.fill(self.edition.document_title),
            cover=tuple(self.cover()),
            contents_heading=self.edition.contents_heading,
            contents_note=self.fill(self.edition.contents_note),
            parts=tuple(self.parts()),
        )

    def cover(self) -> Iterator[str]:
        """Yield the lines of the cover; the last one says that a department is invented."""
        for line in self.edition.cover[self.book.scope]:
            yield self.fill(line)
        if self.book.department.invented:
            yield self.fill(INVENTED)

    def fill(self, pattern: str, project: Project | None = None) -> str:
        """Return a pattern of the edition with its braces filled in."""
        return self.edition.wording[self.book.scope].fill(pattern, self.book, project)

    def parts(self) -> Iterator[Part]:
        """Yield the parts of this scope, some of them once for each introduced project."""
        for use in self.edition.parts:
            if self.book.scope in use.scopes:
                for project in self._subjects(use):
                    yield self._part(use, project)

    def _subjects(self, use: PartUse) -> tuple[Project | None, ...]:
        if use.each is Each.DOCUMENT:
            return (None,)
        return tuple(project for project in self.book.projects if project.introduced)

    def _part(self, use: PartUse, project: Project | None) -> Part:
        scope = self.book.scope
        return Part(
            key=f"{use.key}-{project.code}" if project else use.key,
            contents_title=self.fill(use.contents_title, project),
            title=self.fill(use.title, project),
            sections=tuple(
                self._section(section, project)
                for section in use.sections
                if scope in section.scopes
            ),
            tables=tuple(
                self._table(table, project) for table in use.tables if scope in table.scopes
            ),
        )

    def _table(self, use: TableUse, project: Project | None) -> Table:
        number = next(self.numbers)
        return build(self.book, self.edition, use, number, project, self.losing)

    def _section(self, use: SectionUse, project: Project | None) -> Section:
        return Section(
            key=f"{use.key}-{project.code}" if project else use.key,
            level=use.level,
            title=self.fill(use.title, project),
            contents_title=self.fill(use.contents_title or use.title, project),
            blocks=tuple(self._blocks(use, project)),
        )

    def _blocks(self, section: SectionUse, project: Project | None) -> Iterator[Paragraph | Chart]:
        for use in section.blocks:
            if isinstance(use, ParagraphUse):
                yield from self._paragraphs(use, project)
            else:
                yield from self._charts(use)

    def _paragraphs(self, use: ParagraphUse, project: Project | None) -> Iterator[Paragraph]:
        """Yield what one declared paragraph says; its run-in heading stands before the first."""
        code = f"{use.paragraph}-{project.code}" if project else use.paragraph
        spec = PARAGRAPHS[use.paragraph]
        voice = Voice(
            self.book,
            self.remarks,
            self.edition,
            code,
            project,
            asks=spec.asks,
            gaps=self.gaps,
            every=self.every,
        )
        lead = self.fill(use.lead, project)
        texts = spoken(voice, spec.write(self.book, self.remarks))
        for number, text in enumerate(texts, start=1):
            key = code if len(texts) == 1 else f"{code}.{number}"
            yield Paragraph(key, lead, text)
            lead = ""

    def _charts(self, use: ChartUse) -> Iterator[Chart]:
        chart = drawn(use.chart, self.fill(use.title), self.book, self.edition)
        if chart:
            yield chart
