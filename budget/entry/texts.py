"""文字说明 as it will be printed: words and figures as they stand, boxes where people write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from django.utils.safestring import SafeString

from budget.document import Disclosure, Figure, Gap, Paragraph, Section
from budget.entry.cells import Cells
from budget.entry.grids import Told
from budget.models import DepartmentBudget, Remark
from budget.money import YUAN
from budget.sheets.asked import AskedTexts, called, speakers, wordless
from budget.sheets.part import Part
from budget.sheets.spec import SheetSpec
from budget.sheets.untouched import untouched_rows


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: words, a figure, or a box to write in (``control``)."""

    words: str = ""
    figure: str = ""
    key: str = ""
    label: str = ""
    control: SafeString | None = None
    was: str = ""
    last_year: str = ""
    is_untouched: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A paragraph with its run-in heading."""

    lead: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A section; one without paragraphs is there for the sections below it."""

    title: str
    level: int
    paragraphs: tuple[Shown, ...]


def passages(
    spec: SheetSpec, part: Part, *, locked: bool, told: Told
) -> tuple[list[Passage], list[Piece]]:
    """Return the document's text with boxes, and boxes of texts that it no longer asks for."""
    maker = _Maker(spec, part, locked, told)
    document = wordless(part)
    shown = [maker.passage(section) for section in document.sections]
    return list(_with_text(shown)), list(maker.left_over(document))


def _with_text(passages: list[Passage]) -> Iterator[Passage]:
    """Yield the sections that have paragraphs, and those above them for their headings."""
    for at, passage in enumerate(passages):
        if passage.paragraphs or _has_text_below(passage.level, passages[at + 1 :]):
            yield passage


def _has_text_below(level: int, following: list[Passage]) -> bool:
    below = takewhile(lambda each: each.level > level, following)
    return any(each.paragraphs for each in below)


class _Maker:
    def __init__(self, spec: SheetSpec, part: Part, locked: bool, told: Told) -> None:
        [column] = spec.columns
        self.cells = Cells(column, part, YUAN, locked)
        self.written = AskedTexts().written(part)
        self.last_year = last_years_words(part)
        self.untouched = untouched_rows(part, spec.code)
        self.told, self.boxed = told, set[str]()

    def passage(self, section: Section) -> Passage:
        paragraphs = [block for block in section.blocks if isinstance(block, Paragraph)]
        return Passage(
            section.title, section.level, tuple(self._paragraph(block) for block in paragraphs)
        )

    def left_over(self, document: Disclosure) -> Iterator[Piece]:
        asked = {gap.key for gap in document.gaps}
        return (self._box(key, called(key)) for key in self.written if key not in asked)

    def _paragraph(self, paragraph: Paragraph) -> Shown:
        pieces = []
        for run in paragraph.text:
            if isinstance(run, Gap):
                pieces.append(self._gap(run))
            elif isinstance(run, Figure):
                pieces.append(Piece(figure=run.text))
            else:
                pieces.append(Piece(words=run))
        return Shown(paragraph.lead, tuple(pieces))

    def _gap(self, gap: Gap) -> Piece:
        """Return the box, or the words where the same text is printed a second time."""
        if not gap.is_remark:
            return Piece(words=gap.text)
        if gap.key in self.boxed:
            return Piece(words=self.written.get(gap.key, gap.text))
        return self._box(gap.key, gap.label)

    def _box(self, key: str, label: str) -> Piece:
        self.boxed.add(key)
        text = self.written.get(key, "")
        said = self.told.get((key, "text"))
        return Piece(
            key=key,
            label=label,
            control=self.cells.control(key, "", text, said, label=label),
            was=json.dumps({"text": text}, ensure_ascii=False),
            last_year=self.last_year.get(key, ""),
            is_untouched=key in self.untouched,
        )


def last_years_words(part: Part) -> dict[str, str]:
    """Return what the same department or unit wrote last year, by key."""
    budgets = DepartmentBudget.objects.filter(
        department=part.budget.department, year=part.budget.year_id - 1
    )
    last = budgets.order_by("-round", "-version").first()
    if last is None:
        return {}
    found: dict[str, str] = {}
    for speaker in reversed(speakers(part)):
        rows = Remark.objects.filter(budget=last, unit=speaker)
        found |= dict(rows.values_list("key", "text"))
    return found
