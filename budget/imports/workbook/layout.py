"""What the tables of an edition look like in one scope, as a workbook is compared with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from budget.book import BudgetBook, Catalogue, Department, Unit
from budget.edition import Each, Edition, TableUse
from budget.imports.workbook.words import plain
from budget.tables.heads import printed_columns
from budget.tables.spec import TABLES, Column, Setting, TableSpec
from budget.terms import Scope, UnitType

NO_YEAR: Final = 9999
ANYBODY: Final = "\x00"
"""Stands where a name is printed; no name contains it."""
BRACES: Final = re.compile(r"\{(\w+)\}")
NAMES: Final = {"name", "region", "project"}


@dataclass(frozen=True)
class Form:
    """One table of an edition in one scope: how its head reads and what it may be titled."""

    use: TableUse
    scope: Scope
    edition: Edition
    is_repeated: bool
    order: int

    @property
    def spec(self) -> TableSpec:
        """The table's declaration."""
        return TABLES[self.use.table]

    @cached_property
    def leaves(self) -> tuple[Column, ...]:
        """The columns, left to right."""
        return self.spec.leaves

    @cached_property
    def money(self) -> tuple[Column, ...]:
        """The money columns, left to right."""
        return self.spec.money

    @property
    def name(self) -> str:
        """What the table is called in refusals."""
        return self._filled(self.use.contents_title) or self.spec.title

    @cached_property
    def titles(self) -> tuple[re.Pattern[str], ...]:
        """What the title may be, as patterns over plain words; they give the year, the project."""
        patterns = (self.use.title, self.use.contents_title)
        return tuple(re.compile(self._pattern(each)) for each in patterns if each)

    @cached_property
    def head(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each column's key and its headings from the top down, as plain words."""
        setting = Setting(nobody(self.scope), self.spec, self.use, self.edition)
        return tuple((column.key, headings(column.title)) for column in printed_columns(setting))

    @property
    def depth(self) -> int:
        """The most headings that stand one above the other."""
        return max(len(titles) for _, titles in self.head)

    def _filled(self, pattern: str) -> str:
        return self.edition.wording[self.scope].fill(pattern, nobody(self.scope))

    def _pattern(self, pattern: str) -> str:
        """Return a title as a regular expression; what it says twice is asked for once."""
        wording = self.edition.wording[self.scope]
        words = {"body": wording.body, "form": wording.form or wording.body, "own": wording.own}
        pieces = []
        asked: set[str] = set()
        for place, piece in enumerate(BRACES.split(pattern)):
            if place % 2 == 0:
                pieces.append(re.escape(plain(piece)))
            elif piece in words:
                pieces.append(re.escape(plain(words[piece])))
            else:
                spelled = ".+" if piece in NAMES else "[0-9]{4}"
                pieces.append(spelled if piece in asked else f"(?P<{piece}>{spelled})")
                asked.add(piece)
        return "".join(pieces)


def headings(titles: tuple[str, ...]) -> tuple[str, ...]:
    """Return headings as plain words, blank ones and such as repeat the one above left out."""
    kept: list[str] = []
    for title in map(plain, titles):
        if title and title not in kept[-1:]:
            kept.append(title)
    return tuple(kept)


def forms(edition: Edition, scope: Scope) -> tuple[Form, ...]:
    """Return the tables of a scope in printed order."""
    return tuple(_forms(edition, scope))


def _forms(edition: Edition, scope: Scope) -> Iterator[Form]:
    order = 0
    for part in edition.parts:
        if scope not in part.scopes:
            continue
        for use in part.tables:
            if scope in use.scopes:
                order += 1
                yield Form(use, scope, edition, part.each is Each.PROJECT, order)


def nobody(scope: Scope) -> BudgetBook:
    """Return a book with nothing in it, for titles and heads that speak of no one."""
    return BudgetBook(
        year=NO_YEAR,
        scope=scope,
        department=Department(code="", name=ANYBODY, region=ANYBODY),
        units=(Unit(code="", name=ANYBODY, type=UnitType.ADMINISTRATIVE),),
        catalogue=Catalogue({}, {}),
        lines=(),
    )
