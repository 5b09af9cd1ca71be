"""A whole workbook as a document of tables alone, or a refusal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from budget.book import BudgetBook
from budget.document import Disclosure, Part, Table
from budget.edition import Each, Edition, PartUse
from budget.imports.workbook.copies import told_apart
from budget.imports.workbook.heads import Located, Seen, locate
from budget.imports.workbook.known import Known, gather
from budget.imports.workbook.layout import forms
from budget.imports.workbook.placing import TableRead, placed
from budget.imports.workbook.skeleton import Skeleton, department_of
from budget.imports.workbook.words import plain
from budget.imports.xlsx.limits import opened
from budget.imports.xlsx.parts import read_parts
from budget.imports.xlsx.refusal import UnreadableWorkbook, at
from budget.imports.xlsx.sheets import Sheet, read_sheets
from budget.terms import Scope

CategoryNames = Callable[[int], Mapping[str, str]]
"""From a year to the names of all 类 by code."""
UNNAMED: Final = "未写明名称"
MOST_LISTED: Final = 20


@dataclass(frozen=True)
class WorkbookRead:
    """A workbook's tables as a document, and what people call the cell of each place there.

    ``copies`` are tables that stand there again, such as the set in 元.
    """

    document: Disclosure
    edition: Edition
    spots: Mapping[str, str]
    copies: tuple[Table, ...] = ()


def read_workbook(
    content: bytes,
    editions: Sequence[Edition],
    categories: CategoryNames,
    year: int | None = None,
) -> WorkbookRead:
    """Return the tables of a workbook as a document without text, in the edition that fits best.

    Its cells have the addresses, questions and footings of a composed one. Projects and
    indicators, whose codes are not printed, are numbered as they come. ``year`` stands in where
    no title says it. Raises UnreadableWorkbook.
    """
    package = opened(content)
    sheets = [sheet for sheet in read_sheets(package, read_parts(package)) if sheet.rows]
    best = _best(sheets, editions)
    known = _known(best, year)
    gather(known, best.tables, categories(known.year))
    first, copies = told_apart([placed(table, known) for table in best.tables])
    read = _in_order(first)
    spots = {place: name for each in (*read, *copies) for place, name in each.named.items()}
    document = _document(best.edition, known, read)
    return WorkbookRead(document, best.edition, spots, tuple(each.table for each in copies))


# ---- which sheet is which


@dataclass(frozen=True)
class _Attempt:
    """The sheets taken for tables of an edition in a scope, and what spoke against it."""

    edition: Edition
    scope: Scope
    tables: tuple[Located, ...]
    missing: tuple[str, ...]
    error: UnreadableWorkbook | None = None

    @property
    def likelihood(self) -> tuple[int, int, int, bool]:
        """How well it fits: tables missing, found, told of in its words; a department first."""
        named = sum(1 for table in self.tables if table.subject[0])
        return -len(self.missing), len(self.tables), named, self.scope is Scope.DEPARTMENT


def _best(sheets: Sequence[Sheet], editions: Sequence[Edition]) -> _Attempt:
    """Return the edition and scope that fit best. Raises what spoke against them."""
    seen: dict[str, Seen] = {sheet.name: {} for sheet in sheets}
    attempts = [
        _attempt(sheets, edition, scope, seen) for edition in editions for scope in edition.wording
    ]
    best = max(attempts, key=lambda each: each.likelihood)
    if best.error:
        raise best.error
    if best.missing:
        raise UnreadableWorkbook(_what_is_missing(best, sheets))
    return best


def _attempt(
    sheets: Sequence[Sheet], edition: Edition, scope: Scope, seen: Mapping[str, Seen]
) -> _Attempt:
    tables: list[Located] = []
    first: UnreadableWorkbook | None = None
    wanted = forms(edition, scope)
    for sheet in sheets:
        try:
            table = locate(sheet, wanted, seen[sheet.name])
        except UnreadableWorkbook as error:
            first = first or error
            continue
        if table:
            tables.append(table)
        else:
            first = first or _number_outside(sheet)
    there = {table.form.use.table for table in tables}
    missing = tuple(
        form.name for form in wanted if not form.is_repeated and form.use.table not in there
    )
    return _Attempt(edition, scope, tuple(tables), missing, first)


def _number_outside(sheet: Sheet) -> UnreadableWorkbook | None:
    """A sheet that is no table of the edition may hold words, but no number."""
    for row in sorted(sheet.rows):
        for column, value in sorted(sheet.rows[row].items()):
            if value.number is not None:
                where = at(sheet.name, row, column)
                return UnreadableWorkbook(f"{where} 有数字，但认不出这是版式中的哪张表")
    return None


def _what_is_missing(best: _Attempt, sheets: Sequence[Sheet]) -> str:
    names = "、".join(f"“{name}”" for name in best.missing)
    listed = "、".join(f"“{sheet.name}”" for sheet in sheets[:MOST_LISTED]) or "（无）"
    return f"按版式“{best.edition.title}”，工作簿中缺少{names}；现有工作表：{listed}"


# ---- what they say together


def _known(best: _Attempt, year: int | None) -> Known:
    tables = best.tables
    years = Counter(table.year for table in tables if table.year)
    names = Counter(table.subject[1] for table in tables if table.subject[1])
    found = years.most_common(1)[0][0] if years else year
    if found is None:
        raise UnreadableWorkbook("各表的标题都没有写年度，请用 --year 指明，如 --year 2023")
    return Known(best.scope, names.most_common(1)[0][0] if names else UNNAMED, found)


def _in_order(read: Iterable[TableRead]) -> list[TableRead]:
    """Return the tables in printed order, numbered as they would be printed."""
    ordered = sorted(read, key=lambda each: each.table.number)
    return [
        replace(each, table=replace(each.table, number=number))
        for number, each in enumerate(ordered, start=1)
    ]


# ---- the document


def _document(edition: Edition, known: Known, read: Sequence[TableRead]) -> Disclosure:
    wording = edition.wording[known.scope]
    book = _book(known)
    return Disclosure(
        edition=edition.code,
        scope=known.scope,
        code=book.code,
        name=known.name,
        year=known.year,
        title=wording.fill(edition.document_title, book),
        cover=(),
        contents_heading="",
        contents_note="",
        parts=tuple(_parts(edition, known, book, read)),
    )


def _book(known: Known) -> BudgetBook:
    """Return a book that only knows whom it speaks for."""
    code = known.units.get(plain(known.name), "") if known.scope is Scope.UNIT else ""
    numbers = [each for each in known.units.values() if each.isdigit()]
    if known.scope is Scope.UNIT and not code.isdigit():
        code = numbers[0] if len(numbers) == 1 else department_of(known)
    return Skeleton(units={code: known.name}).book(known)


def _parts(
    edition: Edition, known: Known, book: BudgetBook, read: Sequence[TableRead]
) -> Iterator[Part]:
    fill = edition.wording[known.scope].fill
    for use in edition.parts:
        codes = {table.table for table in use.tables}
        own = [each for each in read if each.located.form.use.table in codes]
        is_one = use.each is Each.DOCUMENT
        groups = filter(None, (own,)) if is_one else ([each] for each in own)
        for group in groups:
            project = group[0].located.project.replace("{", "{{").replace("}", "}}")
            pattern = use.contents_title.replace("{project}", project)
            yield _part(use, fill(pattern, book), tuple(each.table for each in group))


def _part(use: PartUse, title: str, tables: tuple[Table, ...]) -> Part:
    key = use.key if use.each is Each.DOCUMENT else tables[0].code
    return Part(key=key, contents_title=title, title=title, tables=tables)
