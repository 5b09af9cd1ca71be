"""Where a change leads to: the cell or sentence of the draft, and the row of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from budget.document import Disclosure
from budget.judging import Drafted
from budget.lines import Line
from budget.models import DepartmentBudget
from budget.render.findings.places import anchor, anchors
from budget.sheets.locating import Places, has_column, spot_of

TEXT = "text"


@dataclass(frozen=True)
class Ways:
    """Finds ways from what changed into a draft and the sheets of its budget."""

    budget: DepartmentBudget
    drafted: Drafted

    @cached_property
    def places(self) -> Places:
        """Where everything stored is."""
        return Places(self.budget, self.drafted.whole)

    @property
    def code(self) -> str:
        """The department's code, or the unit's."""
        return self.drafted.book.code

    @property
    def document(self) -> Disclosure:
        """The draft's document."""
        return self.drafted.document

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The ids that the draft's page has for its places."""
        return anchors(self.document)

    def to_draft(self, address: str) -> str:
        """Return the way to a place of the draft, "" where the draft has no such place."""
        table = address.split("/")[0]
        found = anchor(address, self.ids)
        if not found:
            return ""
        shown = table if table in self.document.tables_by_code else TEXT
        way = reverse("entry:preview", args=(self.code, self.budget.year_id))
        return f"{way}?show={shown}#{found}"

    def to_behind(self, address: str) -> str:
        """Return the way to the rows behind a figure of the draft, "" where there is none."""
        table = self.document.tables_by_code.get(address.split("/")[0])
        if table is None or address not in table.cells:
            return ""
        way = reverse("entry:behind", args=(self.code, self.budget.year_id))
        return f"{way}?{urlencode({'figure': address})}"

    def to_line(self, line: Line) -> str:
        """Return the way to the cell in which the amount of a line is typed, "" without one."""
        for place in self.places.of(spot_of(line)):
            if has_column(place, "amount"):
                year = self.budget.year_id
                sheet = reverse("entry:sheet", args=(place.unit or line.unit, year, place.sheet))
                return f"{sheet}#row-{place.row}-amount"
        return ""
