"""One table of an edition over any set of units, and the same as an XLSX file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from budget.behind import ORIGINS
from budget.book import BudgetBook
from budget.consolidating import NoBooks, tables_of, united
from budget.desk.choosing import Asked
from budget.document import Disclosure, Part, Table
from budget.drafting import with_names
from budget.edition import EDITIONS, Edition, TableUse
from budget.load import one_moment
from budget.load.several import read_ledgers, read_proposed_names
from budget.models import DepartmentBudget
from budget.numerals import minute
from budget.render.xlsx import render
from budget.tables.build import build
from budget.tables.spec import TABLES
from budget.terms import Scope

INSIDE = "内部资料，不得外传"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summed:
    """A table over a set: how many departments and units, of when, and what it leaves out.

    ``lost`` says in Chinese for which money the table has no place.
    """

    table: Table
    name: str
    departments: int
    units: int
    at: datetime
    lost: tuple[str, ...]


class NoSuchTable(LookupError):
    """The edition of the year has no table of that name that could be summed."""


def choices(edition: str) -> list[tuple[str, str]]:
    """Return the tables that can be summed, by code and title."""
    return [(use.table, TABLES[use.table].title) for use in tables_of(EDITIONS[edition])]


def summed(
    budgets: Sequence[DepartmentBudget], meant: Mapping[int, Sequence[str]], wish: Asked
) -> Summed:
    """Return the table that was asked for, over the units that are meant.

    Raises NoBooks where there are none, and NoSuchTable.
    """
    chosen = [budget for budget in budgets if budget.pk in meant]
    if not chosen:
        raise NoBooks
    at = timezone.localtime()
    edition = EDITIONS[chosen[0].year.edition]
    use, number = _use(edition, wish.table)
    with one_moment():
        books = read_ledgers(chosen, parts=use.table in ORIGINS)
        proposed = read_proposed_names(chosen)
    views = [
        view
        for budget, book in zip(chosen, books, strict=True)
        for view in _views(book, meant[budget.pk])
    ]
    units = sum(len(codes) for codes in meant.values())
    name = _name(chosen, units)
    book = with_names(united(views, name), proposed)
    lost: list[ValueError] = []
    table = build(book, edition, use, number, losing=lost.append)
    told = _told(wish, len(chosen), units, at)
    return Summed(
        table=replace(table, note="\n".join(filter(None, (table.note, told)))),
        name=name,
        departments=len(chosen),
        units=units,
        at=at,
        lost=tuple(str(error) for error in lost),
    )


def _use(edition: Edition, code: str) -> tuple[TableUse, int]:
    """Return a table's use and number, of the first where none is named. Raises NoSuchTable."""
    for number, use in enumerate(tables_of(edition), start=1):
        if code in ("", use.table):
            return use, number
    raise NoSuchTable(f"版式“{edition.title}”没有名为“{code}”的可汇总的表")


def _views(book: BudgetBook, codes: Sequence[str]) -> list[BudgetBook]:
    """Return the whole book where all of its units are meant, else each unit's own."""
    if {unit.code for unit in book.budget_units} == set(codes):
        return [book]
    return [book.seen_by(code) for code in codes]


def _name(chosen: Sequence[DepartmentBudget], units: int) -> str:
    if len(chosen) == 1:
        return f"{chosen[0].department.name}（{units}个单位汇总）"
    return f"{len(chosen)}个部门{units}个单位汇总"


def _told(wish: Asked, departments: int, units: int, at: datetime) -> str:
    """Return the line under the table that says what was added up, and when."""
    return (
        f"汇总范围：{departments}个部门，{units}个单位；阶段：{wish.stage.label}；"
        f"汇总时间：{minute(at)}。同一部门各单位之间的往来已抵销。{INSIDE}。"
    )


def workbook(found: Summed, year: int, edition: str) -> tuple[str, bytes]:
    """Return the name of the XLSX file of a sum, and its bytes."""
    document = Disclosure(
        edition=edition,
        scope=Scope.DEPARTMENT,
        code="sum",
        name=found.name,
        year=year,
        title=f"{year}年{found.name}",
        cover=(),
        contents_heading="",
        contents_note="",
        parts=(Part("tables", "", "", tables=(found.table,)),),
    )
    [(name, content)] = render(document).items()
    return name, content
