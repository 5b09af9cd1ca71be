"""核定数 beside 申报数, sheet by sheet: seen by both sides, set by whose turn it is to review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from budget.access.admitted import budget_of, person, unit_budget_of
from budget.actions import Action
from budget.book import BudgetBook
from budget.lines import Line, RevenueEstimate
from budget.load import read_book
from budget.load.granting import WITH_DEPARTMENT, row_of, told_of
from budget.models import (
    DepartmentBudget,
    GrantChange,
    GrantedAmount,
    Refused,
    UnitBudget,
    WrongState,
    name_of,
    require,
)
from budget.money import YUAN, total
from budget.sheets.locating import locate
from budget.sheets.spec import SHEETS
from budget.spellings import Unreadable, amount, amount_text
from budget.workflow.granted import Place
from budget.workflow.granting import NotGranted, Wanted, grant
from budget.workflow.holding import not_closed
from budget.workflow.refusals import NotReady, OwnWork

MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One amount: where it is kept, what it is, both numbers in yuan, and the words of its form."""

    place: Place
    sheet: str
    words: str
    requested: Decimal
    what: str = ""
    granted: GrantedAmount | None = None
    typed: str = ""
    reason: str = ""
    fault: str = ""

    @property
    def key(self) -> str:
        """Its name in the form."""
        return f"{self.place[0]}-{self.place[1]}"

    @property
    def holds(self) -> bool:
        """Whether what was granted is of the amount that is asked for now, and for the same."""
        found = self.granted
        return found is not None and (found.requested, found.what) == (self.requested, self.what)

    @property
    def is_other(self) -> bool:
        """Whether something was granted that was asked for another purpose."""
        return self.granted is not None and self.granted.what != self.what

    @property
    def stands(self) -> Decimal:
        """What stands of it: the granted amount, else what is asked for."""
        held = self.granted if self.holds else None
        return held.amount if held else self.requested

    @property
    def asked(self) -> str:
        """What is asked for, as people read it."""
        return amount_text(self.requested, YUAN)

    @property
    def was(self) -> str:
        """What was granted, as people read it, "" where nothing was."""
        return amount_text(self.granted.amount, YUAN) if self.granted else ""

    @property
    def judged(self) -> str:
        """What was asked for when it was judged, as people read it."""
        return amount_text(self.granted.requested, YUAN) if self.granted else ""

    @property
    def by(self) -> str:
        """Who granted it."""
        return name_of(self.granted.by) if self.granted else ""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of what was granted, in words."""

    stored: GrantChange
    words: str
    requested: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """The amounts of one unit in one sheet, with their totals."""

    unit: str
    title: str
    rows: tuple[Row, ...]

    @property
    def asked(self) -> str:
        """All that is asked for."""
        return amount_text(total(each.requested for each in self.rows), YUAN)

    @property
    def stands(self) -> str:
        """All that stands."""
        return amount_text(total(each.stands for each in self.rows), YUAN)

    @property
    def cut(self) -> str:
        """How much less stands than is asked for, "" where as much does."""
        less = total(each.requested - each.stands for each in self.rows)
        return amount_text(less, YUAN) if less else ""


@never_cache
@require_http_methods(["GET", "POST"])
def amounts(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show what is asked for and what stands; grant other amounts."""
    if request.method == "GET":
        return _page(request)
    rows = list(_rows(request))
    wanted, typed, faults = _asked_of(rows, request.POST)
    refusal, status = "", 422
    if not faults:
        try:
            count = grant(budget_of(request), wanted, person(request))
        except NotGranted as error:
            faults = error.faults
        except (WrongState, OwnWork, NotReady) as error:
            refusal, status = str(error), 403 if isinstance(error, OwnWork) else 409
        else:
            messages.success(request, f"已核定{count}笔。" if count else "没有改动。")
            return redirect("flow:amounts", code, year)
    told = (typed.get(each.place, each) for each in rows)
    shown = [replace(each, fault=faults.get(each.place, "")) for each in told]
    return _page(request, rows=shown, refusal=refusal, status=status)


def _asked_of(
    rows: Iterable[Row], posted: QueryDict
) -> tuple[list[Wanted], dict[Place, Row], Mapping[Place, str]]:
    """Return what the form wants granted, the rows as they were typed, and what is unreadable."""
    wanted: list[Wanted] = []
    typed: dict[Place, Row] = {}
    faults: dict[Place, str] = {}
    for row in rows:
        if f"now:{row.key}" not in posted:
            continue
        now = str(posted[f"now:{row.key}"]).strip()
        reason = str(posted.get(f"why:{row.key}", "")).strip()
        typed[row.place] = replace(row, typed=now, reason=reason)
        seen = str(posted.get(f"was:{row.key}", ""))
        if now == seen and reason == str(posted.get(f"said:{row.key}", "")):
            continue
        try:
            read = amount(now, YUAN)
            requested = amount(str(posted.get(f"asked:{row.key}", "")), YUAN)
            was = amount(seen, YUAN)
        except Unreadable as error:
            faults[row.place] = str(error)
            continue
        if read is None and was is None:
            faults[row.place] = "写了理由，没有写核定数"
        elif requested is not None:
            what = str(posted.get(f"what:{row.key}", row.what))
            wanted.append(Wanted(row.place, requested, was, read, reason, what))
    return wanted, typed, faults


def _page(
    request: HttpRequest,
    *,
    rows: Iterable[Row] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    budget = budget_of(request)
    shown = list(_rows(request) if rows is None else rows)
    known = {each.place for each in shown}
    part = unit_budget_of(request)
    changes = GrantChange.objects.filter(budget=budget).select_related("unit", "by__account")
    gone = GrantedAmount.objects.filter(budget=budget).select_related("unit")
    if part is not None:
        changes, gone = changes.filter(unit=part.unit), gone.filter(unit=part.unit)
    names = {(*each.place, each.what): each.words for each in shown}
    context = {
        "budget": budget,
        "code": request.resolver_match.kwargs["code"] if request.resolver_match else "",
        "year": budget.year_id,
        "groups": list(_grouped(budget, shown)),
        "counts": budget.state not in WITH_DEPARTMENT,
        "locked": _why_locked(request),
        "faults": [each for each in shown if each.fault],
        "refusal": refusal,
        "gone": [each for each in gone if (each.unit_id, each.row) not in known],
        "changes": [
            Change(
                each,
                names.get((each.unit_id, each.row, each.what), "（已不在预算中，或已改作他用）"),
                amount_text(each.requested, YUAN),
                amount_text(each.before, YUAN) or "（未核定）",
                amount_text(each.after, YUAN) or "（撤销）",
            )
            for each in changes[:MOST_CHANGES]
        ],
    }
    return render(request, "flow/amounts.html", context, status=status)


def _why_locked(request: HttpRequest) -> str:
    try:
        require(person(request), Action.GRANT_AMOUNT, budget_of(request))
    except Refused as refusal:
        return str(refusal)
    return "；".join(not_closed(budget_of(request)))


def _grouped(budget: DepartmentBudget, rows: Iterable[Row]) -> Iterator[Group]:
    units = UnitBudget.objects.filter(budget=budget).order_by("unit__position", "unit__code")
    names = dict(units.values_list("unit_id", "unit__name"))
    groups: dict[tuple[int, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.place[0], row.sheet), []).append(row)
    order = list(names)
    for unit, sheet in sorted(groups, key=lambda key: (order.index(key[0]), SHEETS[key[1]].place)):
        title = SHEETS[sheet].title
        yield Group(names[unit], title, tuple(groups[unit, sheet]))


def _rows(request: HttpRequest) -> Iterator[Row]:
    """Yield every amount of the part: its lines and what it expects to come in."""
    budget = budget_of(request)
    book = read_book(budget)
    part = unit_budget_of(request)
    units = dict(UnitBudget.objects.filter(budget=budget).values_list("unit__code", "unit_id"))
    if part is not None:
        units = {part.unit.code: part.unit_id}
    stored = GrantedAmount.objects.filter(budget=budget).select_related("by__account")
    granted = {(each.unit_id, each.row): each for each in stored}
    sheets = {spot: places[0].sheet for spot, places in locate(budget).items() if places}
    for spot, row in _of_book(book):
        unit = units.get(row.unit)
        if unit is None or spot not in sheets:
            continue
        name = row_of(row)
        yield _row((unit, name), sheets[spot], row, book, granted.get((unit, name)))


def _of_book(book: BudgetBook) -> Iterator[tuple[tuple[object, ...], Line | RevenueEstimate]]:
    for estimate in book.estimates:
        spot = ("estimate", estimate.unit, estimate.source, estimate.carried_over)
        yield spot, estimate
    for line in book.lines:
        yield ("line", line.unit, line.sequence), line


def _row(
    place: Place,
    sheet: str,
    row: Line | RevenueEstimate,
    book: BudgetBook,
    granted: GrantedAmount | None,
) -> Row:
    requested = row.amount if row.requested is None else row.requested
    return Row(
        place,
        sheet,
        _words(row, book),
        requested,
        told_of(row),
        granted,
        typed=amount_text(granted.amount, YUAN) if granted else "",
        reason=granted.reason if granted else "",
    )


def _words(row: Line | RevenueEstimate, book: BudgetBook) -> str:
    source = f"{row.source.label}{'（上年结转）' if row.carried_over else ''}"
    if isinstance(row, RevenueEstimate):
        return source
    projects = {each.code: each.name for each in book.projects}
    names = book.catalogue
    told = (
        f"{row.function} {names.function.get(row.function, '')}".strip(),
        row.economic and f"{row.economic} {names.economic.get(row.economic, '')}".strip(),
        projects.get(row.project or "") or row.nature.label,
        source,
    )
    return "　".join(each for each in told if each)
