"""A document of a budget that is not entered in full: always formed, and saying what it lacks.

Three things would stop a document: words that nobody wrote, codes that the catalogue lacks, and
money that a table of the edition has no place for. In a draft the first show as gaps, the second
under the name proposed for them and with a mark, and the third counts in totals without a column
of its own. ``Disclosure.lacks`` lists them all, and nothing that lacks something leaves the house.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from budget.book import BudgetBook, Catalogue
from budget.codes import hyphenated, path
from budget.disclosure import Writer
from budget.document import Disclosure, Gap, Lack, LackKind
from budget.edition import Edition
from budget.remarks import Remarks
from budget.tables.coverage import MoneyWithoutPlace

UNCONFIRMED: Final = "（待预算科确认）"
"""What stands behind the name of a code that is not in the list, alone where it has no name."""

NONE_PROPOSED: Final[Mapping[str, str]] = {}


def draft(
    book: BudgetBook,
    remarks: Remarks,
    edition: Edition,
    proposed: Mapping[str, str] = NONE_PROPOSED,
    *,
    every: bool = False,
) -> Disclosure:
    """Return the document that a budget would make as far as it is entered.

    With ``every`` also words that may be left out show as gaps: to whom is about to write them.
    ``proposed`` are names, by code, that people gave to codes which no list has. A budget that
    lacks nothing gives the very document that ``compose`` gives.
    """
    unknown = tuple(unknown_codes(book))
    missed: set[str] = set()
    lost: list[ValueError] = []
    named = _named(book, unknown, proposed, missed)
    writer = Writer(named, remarks, edition, gaps=True, every=every, losing=lost.append)
    document = writer.document()
    lacks = (
        *map(_words, document.gaps),
        *map(_code, unknown),
        *map(_absent, sorted(missed)),
        *(_place(error) for error in lost if isinstance(error, MoneyWithoutPlace)),
    )
    return replace(document, lacks=lacks)


def with_names(book: BudgetBook, proposed: Mapping[str, str] = NONE_PROPOSED) -> BudgetBook:
    """Return a book whose catalogue has a name for every code, as a draft calls them."""
    return _named(book, tuple(unknown_codes(book)), proposed, set())


def unknown_codes(book: BudgetBook) -> Iterator[str]:
    """Yield the codes that documents would name and the catalogue does not, in order.

    A code is a function's or an economic one's; those above it are named too.
    """
    functions = {line.function for line in book.lines}
    economics = {line.economic for line in book.lines if line.economic}
    yield from _missing(functions, book.catalogue.function)
    yield from _missing(economics, book.catalogue.economic)


def _missing(used: Iterable[str], names: Mapping[str, str]) -> list[str]:
    return sorted({step for code in used for step in path(code)} - set(names))


class _Names(dict[str, str]):
    """Names that answer for every code: for one that is not there with the mark, taking note."""

    def __init__(self, names: Mapping[str, str], missed: set[str]) -> None:
        super().__init__(names)
        self.missed = missed

    def __contains__(self, code: object) -> bool:
        return True

    def __missing__(self, code: str) -> str:
        self.missed.add(code)
        return UNCONFIRMED


def _named(
    book: BudgetBook, unknown: Iterable[str], proposed: Mapping[str, str], missed: set[str]
) -> BudgetBook:
    """Return the book with a name for every code, also those that an edition prints always."""
    extra = {code: f"{proposed.get(code, '')}{UNCONFIRMED}" for code in unknown}
    known = book.catalogue
    catalogue: Catalogue = replace(
        known,
        function=_Names({**extra, **known.function}, missed),
        economic=_Names({**extra, **known.economic}, missed),
    )
    return replace(book, catalogue=catalogue)


def _words(gap: Gap) -> Lack:
    return Lack(LackKind.WORDS, gap.text, gap.address)


def _code(code: str) -> Lack:
    return Lack(LackKind.CODE, f"科目 {hyphenated(code)} 待预算科确认", code)


def _absent(code: str) -> Lack:
    return Lack(LackKind.CODE, f"科目表中没有版式固定列示的科目 {hyphenated(code)}", code)


def _place(error: MoneyWithoutPlace) -> Lack:
    return Lack(LackKind.PLACE, str(error), error.code, error.lines)
