"""The words that a document asks for: which there are, and where what people write is kept.

Which words are asked for depends on what is entered: a purpose for each 类 of project money, a
reason where an amount moved. The draft without any words shows them all, each in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.db.models import Q

from budget.book import BudgetBook, UnknownUnit
from budget.document import Disclosure
from budget.drafting import draft
from budget.edition import EDITIONS
from budget.load import read_whole
from budget.models import Remark
from budget.models.once import once
from budget.narrative.registry import PARAGRAPHS
from budget.remarks import Remarks
from budget.sheets.part import Part
from budget.sheets.spec import Row


def book_of(part: Part) -> BudgetBook:
    """Return the book that a part's document is made of. Raises UnknownUnit for a merged unit."""
    book = read_whole(part.budget).book
    return book if part.unit is None else book.seen_by(part.unit.code)


def wordless(part: Part) -> Disclosure:
    """Return the part's draft without a single word of people's: every asked one is a gap."""
    unit = part.unit and part.unit.pk
    return once((wordless, part.budget.pk, part.budget.state, unit), partial(_wordless, part))


def _wordless(part: Part) -> Disclosure:
    return draft(book_of(part), Remarks(), EDITIONS[part.budget.year.edition], every=True)


def asked(part: Part) -> dict[str, str]:
    """Return what people call each text that the part's document asks for, by key, in order."""
    try:
        return {gap.key: gap.label for gap in wordless(part).gaps if gap.is_remark}
    except UnknownUnit:
        return {}


def called(key: str) -> str:
    """Return what people call a text by its key, also one that no document asks for now.

    What follows a point is a code that the text speaks of. The key itself where nobody knows it.
    """
    labels = {name: label for each in PARAGRAPHS.values() for name, label in each.asks.items()}
    name, _, code = key.partition(".")
    if name not in labels:
        return key
    return f"{labels[name]}（{code}）" if code else labels[name]


def speakers(part: Part) -> list[int | None]:
    """Return whose words the part's document prints, who goes first in front: keys of units.

    A department of one unit is one body with it: its words are kept as the department's.
    """
    if len(part.units) != 1:
        return [None if part.unit is None else part.unit.pk]
    [only] = part.units.values()
    return [None, only.pk]


@dataclass(frozen=True)
class AskedTexts:
    """One row per text: those that the document asks for, those that are written, and ``also``."""

    grows: bool = False
    also: tuple[str, ...] = ()

    def read(self, part: Part) -> list[Row]:
        """Return the asked texts in printed order, then what else is written or has a place."""
        written = self.written(part)
        keys = [*asked(part), *written, *self.also]
        return [Row(key, {"text": written.get(key)}) for key in dict.fromkeys(keys)]

    def written(self, part: Part) -> dict[str, str]:
        """Return what is written, by key."""
        heard = speakers(part)
        whose = Q(unit__in=[unit for unit in heard if unit is not None])
        if None in heard:
            whose |= Q(unit__isnull=True)
        rows = Remark.objects.filter(whose, budget=part.budget).order_by("pk")
        said = [each for each in rows.values_list("unit", "key", "text") if each[2].strip()]
        return {
            key: text for speaker in reversed(heard) for unit, key, text in said if unit == speaker
        }

    def update(self, part: Part, rows: Iterable[Row]) -> None:
        """Write texts anew; a blank one goes away."""
        first, *others = speakers(part)
        for row in rows:
            Remark.objects.filter(budget=part.budget, unit__in=others, key=row.key).delete()
            ours = Remark.objects.filter(budget=part.budget, unit=first, key=row.key)
            text = row.values["text"]
            if text is None:
                ours.delete()
            elif not ours.update(text=text):
                Remark.objects.create(budget=part.budget, unit_id=first, key=row.key, text=text)
