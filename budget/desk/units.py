"""A department's units: how far each is, what it comes to, what the rules say, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import budget_of, may, unit_code
from budget.actions import Action
from budget.book import BudgetBook
from budget.judging import Judged, judge_each
from budget.load import read_whole
from budget.measures.registry import MEASURES
from budget.models import BudgetUnit, DepartmentBudget, PendingRow, UnitBudget
from budget.money import YUAN, total
from budget.rules.answers import unanswered
from budget.rules.settings import UnreadableSetting
from budget.sheets.verdicts import Verdict, verdicts
from budget.terms import Severity

REVENUE, SPENDING = "revenue_total", "spending_total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What the rules say of a unit's document: errors, and warnings without a reason."""

    errors: int
    unanswered: int

    @property
    def is_clean(self) -> bool:
        """True where nothing is in the way of a submission."""
        return not (self.errors or self.unanswered)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit in the list; ``checked`` is None where the rules were not asked."""

    unit: BudgetUnit
    complete: bool
    lines: int
    pending: int
    revenue: str
    spending: str
    verdict: Verdict | None
    checked: Checked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """What the units come to, what is eliminated of it, and what the department has, in 元."""

    title: str
    units: str
    eliminated: str
    department: str


@never_cache
@require_safe
def units(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """List the units of a department; with ``check`` the rules are asked, which takes a moment."""
    budget = budget_of(request)
    if unit_code(request) is not None:
        raise Http404("所属单位按部门查看")
    book = read_whole(budget).book
    checks, unreadable = _checked(request, budget, book)
    rows = _rows(budget, book, checks)
    context = {
        "budget": budget,
        "code": code,
        "year": year,
        "rows": rows,
        "sums": [_sums(book, measure) for measure in (REVENUE, SPENDING)],
        "complete": sum(row.complete for row in rows),
        "taken_in": sum(bool(row.verdict and row.verdict.holds) for row in rows),
        "decides": may(request, Action.RETURN_UNIT),
        "validates": may(request, Action.VALIDATE),
        "unreadable": unreadable,
        "checked": bool(checks),
    }
    return render(request, "desk/units.html", context)


def _checked(
    request: HttpRequest, budget: DepartmentBudget, book: BudgetBook
) -> tuple[Mapping[str, Checked], str]:
    """Return what the rules say of each unit where it was asked for, or why they cannot."""
    if "check" not in request.GET or not may(request, Action.VALIDATE):
        return {}, ""
    try:
        judged = judge_each(budget, [unit.code for unit in book.budget_units])
        return {code: _counted(each) for code, each in judged if code}, ""
    except UnreadableSetting as error:
        return {}, str(error)


def _counted(judged: Judged) -> Checked:
    return Checked(
        errors=len(list(judged.report.of(Severity.ERROR))),
        unanswered=len(list(unanswered(judged.report, judged.answers))),
    )


def _rows(
    budget: DepartmentBudget, book: BudgetBook, checks: Mapping[str, Checked]
) -> list[UnitRow]:
    parts = UnitBudget.objects.filter(budget=budget, unit__merged=False).select_related("unit")
    pending = PendingRow.objects.filter(budget=budget).order_by().values_list("unit")
    waiting = dict(pending.annotate(count=Count("pk")))
    said = verdicts(budget)
    return [
        _row(part, book.seen_by(part.unit.code), waiting, said, checks)
        for part in parts.order_by("unit__position", "unit__code")
    ]


def _row(
    part: UnitBudget,
    book: BudgetBook,
    waiting: Mapping[int | None, int],
    said: Mapping[int, Verdict],
    checks: Mapping[str, Checked],
) -> UnitRow:
    return UnitRow(
        unit=part.unit,
        complete=part.complete,
        lines=len(book.lines),
        pending=waiting.get(part.unit_id, 0),
        revenue=_amount(book, REVENUE),
        spending=_amount(book, SPENDING),
        verdict=said.get(part.unit_id),
        checked=checks.get(part.unit.code),
    )


def _sums(book: BudgetBook, code: str) -> Sums:
    measure = MEASURES[code]
    apart = total(measure.amount(book.seen_by(unit.code)) for unit in book.budget_units)
    whole = measure.amount(book)
    return Sums(
        title=measure.title,
        units=YUAN.text(apart, grouped=True),
        eliminated=YUAN.text(apart - whole, grouped=True),
        department=YUAN.text(whole, grouped=True),
    )


def _amount(book: BudgetBook, code: str) -> str:
    return YUAN.text(MEASURES[code].amount(book), grouped=True)
