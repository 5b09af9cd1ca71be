"""科目: codes in force, at their lowest level, of the right budget, and in their order.

CLS004 is no longer used: that a code goes by one name is a rule on names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from budget.book import BudgetBook
from budget.codes import hyphenated, parent, parts
from budget.document import CellKind, Row, RowKind, Table
from budget.rules.finding import Finding, Fix, NotChecked, Outcome, Side
from budget.rules.printed import Subject
from budget.rules.registry import Blame, rule
from budget.rules.spoken import all_said
from budget.rules.telling import addresses, asked_of
from budget.terms import Fund, Needs, Severity, Source

FUND_OF: Final[Mapping[Source, Fund]] = {
    Source.GENERAL_PUBLIC: Fund.GENERAL_PUBLIC,
    Source.GOVERNMENT_FUND: Fund.GOVERNMENT_FUND,
    Source.STATE_CAPITAL: Fund.STATE_CAPITAL,
}
TREE_ROWS: Final = frozenset({RowKind.CATEGORY, RowKind.SECTION, RowKind.ITEM})
CODE: Final = re.compile(r"\d{3}(?:\d{2}){0,2}")


@rule(
    "CLS001",
    Severity.ERROR,
    "财政拨款用于本预算的功能科目",
    explain="核对资金来源与功能科目：政府性基金科目只能用政府性基金安排，其余类推。",
    basis="《政府收支分类科目》；《预算法》第五条，各预算保持完整、独立",
    example="用一般公共预算拨款安排 212-08 国有土地使用权出让收入安排的支出。",
    needs=Needs.BOOK,
    blames=Blame.ALL,
)
def funds_pay_for_their_codes(subject: Subject) -> Iterable[Outcome]:
    """An appropriated fund pays only for the function codes of its own budget (C33)."""
    book = _book(subject)
    funds = book.catalogue.funds
    if funds is None:
        yield NotChecked("科目表没有说明科目属于哪一本预算")
        return
    used = {(line.source, line.function) for line in book.lines if line.source in FUND_OF}
    for source, code in sorted(used):
        if code in funds and funds[code] is not FUND_OF[source]:
            yield Finding(
                addresses(asked_of(subject, function=code, source=source)),
                Side("资金来源", source.label),
                Side(f"科目 {hyphenated(code)} 所属预算", funds[code].label),
                advice="更正资金来源，或改用本预算的功能科目",
            )


@rule(
    "CLS002",
    Severity.ERROR,
    "功能科目有效并细化到最底级",
    explain="功能科目填到项；没有项的款可以填款。科目须在预算年度的科目表中有效。",
    basis="《预算法实施条例》第六条、第四十条；《政府收支分类科目》",
    example="支出填在 201-03（款）上，而该款下有 201-03-01 等项。",
    needs=Needs.BOOK,
    blames=Blame.ALL,
)
def functions_are_valid_and_lowest(subject: Subject) -> Iterable[Outcome]:
    """Money stands on function codes of the year that have no code below them (C34)."""
    book = _book(subject)
    divided = book.catalogue.divided
    if divided is None:
        yield NotChecked("科目表没有说明哪些款下设有项")
    for code in sorted({line.function for line in book.lines}):
        wrong = _wrong_function(code, book, divided or ())
        if wrong:
            yield Finding(
                _printed_of(subject, FUNCTION_LEVELS, code),
                Side("功能科目", hyphenated(code)),
                Side("问题", wrong),
                advice="改填预算年度科目表中的项级科目",
            )


@rule(
    "CLS003",
    Severity.ERROR,
    "部门经济分类科目有效并细化到款",
    explain="部门预算支出经济分类填到款，如 301-01；科目须在预算年度的科目表中有效。",
    basis="《预算法》第四十六条；《政府收支分类科目》",
    example="基本支出填在 302 商品和服务支出（类）上。",
    needs=Needs.BOOK,
    blames=Blame.ALL,
)
def economics_are_valid_and_lowest(subject: Subject) -> Iterable[Outcome]:
    """Money and purchases stand on economic codes of the year, at the level of 款 (C34)."""
    book = _book(subject)
    used = {line.economic for line in book.lines} | {item.economic for item in book.procurement}
    for code in sorted(code for code in used if code):
        wrong = _wrong_economic(code, book)
        if wrong:
            bought = addresses(all_said(subject, "procurement"))
            yield Finding(
                _printed_of(subject, ECONOMIC_LEVELS, code) or bought,
                Side("经济科目", hyphenated(code)),
                Side("问题", wrong),
                advice="改填预算年度科目表中的款级科目",
            )


FUNCTION_LEVELS: Final = {3: "category", 5: "section", 7: "function"}
ECONOMIC_LEVELS: Final = {3: "economic_category", 5: "economic"}


def _printed_of(subject: Subject, levels: Mapping[int, str], code: str) -> tuple[str, ...]:
    """Return where the amounts of a code stand, whatever its level."""
    return addresses(asked_of(subject, **{levels[len(code)]: code}))


def _wrong_function(code: str, book: BudgetBook, divided: tuple[str, ...]) -> str:
    if code not in book.catalogue.function:
        return f"{book.year}年科目表中没有该科目"
    if code in divided or len(code) == 3:
        return "没有填到最底级科目"
    return ""


def _wrong_economic(code: str, book: BudgetBook) -> str:
    if code not in book.catalogue.economic:
        return f"{book.year}年科目表中没有该科目"
    return "没有填到款" if len(code) == 3 else ""


def _book(subject: Subject) -> BudgetBook:
    assert subject.book is not None
    return subject.book


@rule(
    "CLS005",
    Severity.ERROR,
    "科目行按编码排列，上级科目齐全",
    explain="各行按类、款、项的编码从小到大排列，每个款在其类之下，每个项在其款之下。",
    basis="部门预算各表，按科目列示",
    example="201-03-02 排在 201-03-01 之前，或只有项而没有它的款。",
)
def rows_follow_their_codes(subject: Subject) -> Iterable[Outcome]:
    """Rows of a classification stand in the order of codes, each under the one above it."""
    if not any(map(_coded, subject.document.tables)):
        yield NotChecked("文件中没有科目行")
    for table in subject.document.tables:
        keys = [row.key for row in _coded(table)]
        yield from _misplaced(table, keys)
        # A row that sums lead to is missed by them already.
        summed = {footing.total.split("/")[1] for footing in table.footings}
        first_below = {parent(key): key for key in reversed(keys)}
        for above, key in first_below.items():
            if above is not None and above not in (*keys, *summed):
                yield Finding(
                    _of_row(table, key),
                    Side(f"{table.name}科目行", hyphenated(key)),
                    Side("缺少上级科目", hyphenated(above)),
                    advice="补上上级科目的行",
                )


def _misplaced(table: Table, keys: list[str]) -> Iterator[Finding]:
    """Yield the first row that stands after one with a higher code: one move mends it."""
    for above, key in pairwise(keys):
        if key < above:
            yield Finding(
                (*_of_row(table, key), *_of_row(table, above)),
                Side(f"{table.name}科目行", hyphenated(key)),
                Side("排在其前的科目行", hyphenated(above)),
                advice="按编码从小到大排列",
            )
            return


@rule(
    "CLS006",
    Severity.ERROR,
    "编码各栏与该行科目一致",
    explain="类、款、项各栏填该行科目的相应几位；小计行可以只填本级。",
    basis="部门预算各表，科目编码",
    example="行政运行一行的项栏填 02，应为 01。",
)
def code_columns_spell_the_code(subject: Subject) -> Iterable[Outcome]:
    """What the code columns of a row show is its code."""
    if not any(map(_coded, subject.document.tables)):
        yield NotChecked("文件中没有科目行")
    for table in subject.document.tables:
        for row in _coded(table):
            cells = [cell for cell in row.cells if cell.kind is CellKind.CODE]
            expected = parts(row.key) if len(cells) > 1 else (row.key,)
            for place, cell in enumerate(cells):
                part = expected[place] if place < len(expected) else ""
                is_own = place == len(expected) - 1
                if cell.text != part and (cell.text or is_own):
                    yield Finding(
                        (cell.address,),
                        Side(f"{table.name}编码", cell.text or "（空白）", address=cell.address),
                        Side(f"科目 {hyphenated(row.key)}", part or "（空白）"),
                        fix=Fix(cell.address, part),
                    )


def _coded(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind in TREE_ROWS and CODE.fullmatch(row.key)]


def _of_row(table: Table, key: str) -> tuple[str, ...]:
    """Return the address of the first cell of a row."""
    row = next(each for each in table.rows if each.key == key)
    return tuple(cell.address for cell in row.cells if cell.address)[:1]
