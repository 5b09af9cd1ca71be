"""汇总: a department's table beside the sum of its units, and the transfers that are eliminated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import budget_of, unit_code
from budget.book import BudgetBook
from budget.codes import hyphenated
from budget.consolidating import Reconciled, eliminated, reconciled, tables_of
from budget.edition import EDITIONS, TableUse
from budget.judging import draft_version
from budget.lines import Line
from budget.money import YUAN, total
from budget.tables.spec import TABLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One eliminated line in words."""

    unit: str
    what: str
    other: str
    function: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One figure of the table: the units' sum, what is eliminated, the department's; in 元."""

    row: str
    column: str
    units: str
    eliminated: str
    department: str
    holds: bool


@never_cache
@require_safe
def consolidation(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show one table reconciled (the first, or that of ``table``), and all eliminated lines."""
    budget = budget_of(request)
    if unit_code(request) is not None:
        raise Http404("汇总按部门查看")
    edition = EDITIONS[budget.year.edition]
    uses = [use for use in tables_of(edition) if TABLES[use.table].money]
    use = _chosen(uses, str(request.GET.get("table", "")))
    book = draft_version(budget).book
    figures = reconciled(book, edition, use)
    out = eliminated(book)
    context = {
        "budget": budget,
        "code": code,
        "year": year,
        "tables": [(each.table, TABLES[each.table].title) for each in uses],
        "table": use.table,
        "title": TABLES[use.table].title,
        "rows": [_shown(each) for each in figures if each.units or each.department],
        "broken": sum(not each.holds for each in figures),
        "lines": list(_told(out, book)),
        "paid": YUAN.text(total(line.amount for line in out if line.paid_to), grouped=True),
        "units": len(book.budget_units),
    }
    return render(request, "desk/consolidation.html", context)


def _chosen(uses: Iterable[TableUse], word: str) -> TableUse:
    """Return the table of a word, the first without one. Raises Http404."""
    known = list(uses)
    for use in known:
        if word in ("", use.table):
            return use
    raise Http404(f"版式没有名为“{word}”的汇总表")


def _shown(figure: Reconciled) -> Shown:
    return Shown(
        row=figure.row,
        column=figure.column,
        units=YUAN.text(figure.units, grouped=True),
        eliminated=YUAN.text(figure.eliminated, grouped=True) if figure.eliminated else "",
        department=YUAN.text(figure.department, grouped=True),
        holds=figure.holds,
    )


def _told(lines: Iterable[Line], book: BudgetBook) -> Iterable[Told]:
    names = {unit.code: unit.name for unit in book.units}
    for line in lines:
        paid = line.paid_to in names
        other = (line.paid_to if paid else line.received_from) or ""
        name = book.catalogue.function.get(line.function, "")
        yield Told(
            unit=names[line.unit],
            what=line.nature.label if paid else line.source.label,
            other=f"{'拨付给' if paid else '取得自'}{names[other]}",
            function=f"{hyphenated(line.function)} {name}".strip(),
            amount=YUAN.text(line.amount, grouped=True),
        )
