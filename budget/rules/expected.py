"""What an edition expects a document to print: its tables and sections, their titles and notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from budget.document import Disclosure, Table
from budget.edition import Each, Edition, PartUse, SectionUse, TableUse
from budget.terms import Scope

UNKNOWN: Final = "\0"
"""Stands for what only a book knows, until it becomes a pattern for any words."""


WIDE: Final = str.maketrans(":(),;", "：（），；")


def evened(text: str) -> str:
    """Return words without their blanks, their signs as wide as Chinese ones.

    >>> evened("2023 年部门支出总表"), evened("单位名称:某局(本级)")
    ('2023年部门支出总表', '单位名称：某局（本级）')
    """
    return "".join(text.split()).translate(WIDE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that a document should print at a place: a pattern, and how it is told."""

    pattern: str

    def fits(self, text: str) -> bool:
        """True where the text is what is wanted, however wide its blanks and signs are set.

        What only a book knows may be anything.
        """
        parts = map(re.escape, evened(self.pattern).split(UNKNOWN))
        return re.fullmatch(".*".join(parts), evened(text)) is not None

    @property
    def told(self) -> str:
        """What is wanted, for people to read."""
        return self.pattern.replace(UNKNOWN, "……")


def wanted(document: Disclosure, edition: Edition, pattern: str) -> Wanted:
    """Return an edition's pattern filled in with what the document itself says."""
    words = edition.wording[document.scope]
    return Wanted(
        pattern.format(
            year=document.year,
            last_year=document.year - 1,
            name=document.name,
            body=words.body,
            form=words.form or words.body,
            own=words.own,
            region=UNKNOWN,
            department=document.name if document.scope is Scope.DEPARTMENT else UNKNOWN,
            project=UNKNOWN,
        )
    )


def parts_of(document: Disclosure, edition: Edition) -> Iterator[PartUse]:
    """Yield the parts that an edition prints once in documents of this scope."""
    for part in edition.parts:
        if document.scope in part.scopes and part.each is Each.DOCUMENT:
            yield part


def tables_of(document: Disclosure, edition: Edition) -> Iterator[TableUse]:
    """Yield the tables that an edition prints once in documents of this scope."""
    for part in parts_of(document, edition):
        yield from (use for use in part.tables if document.scope in use.scopes)


def sections_of(document: Disclosure, edition: Edition) -> Iterator[SectionUse]:
    """Yield the sections that an edition prints once in documents of this scope."""
    for part in parts_of(document, edition):
        yield from (use for use in part.sections if document.scope in use.scopes)


def printed_as(document: Disclosure, edition: Edition) -> Iterator[tuple[TableUse, Table]]:
    """Yield each printed table with its use, those that are printed for each project too."""
    uses = [use for use in edition.tables if document.scope in use.scopes]
    for table in document.tables:
        for use in uses:
            if table.code == use.table or table.code.startswith(f"{use.table}-"):
                yield use, table
                break
