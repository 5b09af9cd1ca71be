"""From a place of the draft to the cell of a sheet where it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.urls import reverse

from budget.behind import Behind, NoFigure, Origin, Quantity, Spot, behind
from budget.document import Figure, Gap, Paragraph
from budget.judging import Drafted
from budget.models import DepartmentBudget
from budget.narrative.registry import PARAGRAPHS
from budget.rules.finding import Finding
from budget.rules.reasons import measure_of
from budget.rules.sentences import declared_as, paragraphs
from budget.sheets.locating import Places, has_column
from budget.sheets.s80_texts import TEXTS

COMPARING: Final = frozenset({Quantity.DIFFERENCE, Quantity.RATE, Quantity.DIRECTION})
TEXT: Final = "text"
"""The field of a remark that holds its words."""


@dataclass(frozen=True)
class Ways:
    """Finds the ways from a draft into the sheets of its budget."""

    budget: DepartmentBudget
    drafted: Drafted

    @cached_property
    def places(self) -> Places:
        """Where everything stored is."""
        return Places(self.budget, self.drafted.whole)

    @cached_property
    def texts(self) -> Mapping[str, Paragraph]:
        """The paragraphs of the draft by their keys."""
        return {each.key: each for each in paragraphs(self.drafted.document)}

    @cached_property
    def gaps(self) -> Mapping[str, Gap]:
        """The gaps of the draft by their addresses."""
        return {each.address: each for each in self.drafted.document.gaps}

    @cached_property
    def missing(self) -> Mapping[str, Gap]:
        """The gaps of the draft by the key of what is missing."""
        return {each.key: each for each in self.drafted.document.gaps}

    def to_origin(self, origin: Origin) -> str:
        """Return the way to the cell that states what stands behind a figure, "" without one."""
        return self._to(origin.spot, origin.field)

    def to_finding(self, finding: Finding) -> str:
        """Return the way to the likeliest cell of a finding, "" where nobody typed any."""
        return next(filter(None, map(self.to_address, finding.where)), "")

    def to_address(self, address: str) -> str:
        """Return the way to what was typed for a place of the draft, "" where there is none."""
        if address in self.gaps:
            return self._to_words(self.gaps[address].key)
        if address in self.texts:
            return self._to_remarks(self.texts[address])
        try:
            found = behind(address, self.drafted.document, self.drafted.book)
        except NoFigure:
            return self._to_table(address)
        return self._to_reason(found) or self._to_first(found)

    def _to_first(self, found: Behind) -> str:
        return next(filter(None, map(self.to_origin, found.origins)), "")

    def _to_table(self, address: str) -> str:
        """Return the way to the first cell that a table, or one of its rows, is made of."""
        table = self.drafted.document.tables_by_code.get(address.split("/")[0])
        if table is None:
            return ""
        inside = (
            cell for cell in table.cells if cell.startswith(f"{address}/") and cell != address
        )
        return next(filter(None, map(self.to_address, inside)), "")

    def _to_reason(self, found: Behind) -> str:
        """Return the way to the reason for a change that a sentence states."""
        paragraph = self.texts.get(found.address.rsplit("/", 1)[0])
        if paragraph is None or found.quantity not in COMPARING:
            return ""
        measure = found.address.rsplit("/", 1)[1].rpartition(".")[0]
        reasons = (each for each in _asked(paragraph) if measure_of(each) == measure)
        return next(filter(None, map(self._to_words, reasons)), "")

    def _to_remarks(self, paragraph: Paragraph) -> str:
        """Return the way to the words of a paragraph: those missing first."""
        missing = [run.key for run in paragraph.text if isinstance(run, Gap)]
        codes = dict.fromkeys(
            run.key.partition(".")[2] for run in paragraph.text if isinstance(run, Figure)
        )
        asked = _asked(paragraph)
        of_codes = [f"{each}.{code}" for each in asked for code in codes if code]
        return next(filter(None, map(self._to_words, (*missing, *asked, *of_codes))), "")

    def _to_words(self, key: str) -> str:
        """Return the way to a remark that is written or missing, or to a text of a project."""
        gap = self.missing.get(key)
        if gap is not None and not gap.is_remark:
            code, _, field = key.removeprefix("project.").rpartition(".")
            project = next(each for each in self.drafted.book.projects if each.code == code)
            return self._to(("project", project.unit, code), field)
        if gap is None and key not in self.drafted.remarks:
            return ""
        return f"{self._sheet(self.drafted.book.code, TEXTS.code)}#row-{key}-{TEXT}"

    def _to(self, spot: Spot, field: str) -> str:
        places = self.places.of(spot) or self.places.of(_of_department(spot))
        showing = [place for place in places if has_column(place, field)] or places
        if not showing:
            return ""
        place = showing[0]
        sheet = self._sheet(place.unit or self.budget.department_id, place.sheet)
        return f"{sheet}#row-{place.row}-{field}"

    def _sheet(self, code: str, sheet: str) -> str:
        return reverse("entry:sheet", args=(code, self.budget.year_id, sheet))


def _asked(paragraph: Paragraph) -> tuple[str, ...]:
    code = declared_as(paragraph, frozenset(PARAGRAPHS))
    return tuple(PARAGRAPHS[code].asks) if code else ()


def _of_department(spot: Spot) -> Spot:
    """Return where the department says it: its only unit sees such figures as its own."""
    kind, _, *rest = spot
    return (kind, None, *rest) if kind == "prior" else spot
