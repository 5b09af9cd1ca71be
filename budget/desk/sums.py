"""汇总任意单位: the page on which units are chosen and a table is added up, and its file."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import person
from budget.audit.recording import record
from budget.consolidating import NoBooks
from budget.desk.choosing import TYPES, Asked, Pool, Stage, asked, newest_readable, pool, years
from budget.desk.flat import flat_file
from budget.desk.summing import NoSuchTable, Summed, choices, summed, workbook
from budget.models import BudgetYear
from budget.models.scopes import held_by
from budget.render.grids import screen_grid
from budget.render.xlsx import CONTENT_TYPE
from budget.roles import BUREAU_SIDE


@never_cache
@require_safe
def sums(request: HttpRequest) -> HttpResponse:
    """Show the choice, and with ``go`` the table over what was chosen."""
    wish, chosen = _asked(request)
    found, refusal = None, ""
    if "go" in request.GET:
        try:
            found = _summed(chosen, wish)
        except NoBooks as error:
            refusal = f"{error}，请放宽条件，或重新勾选。"
    edition = _edition(wish.year)
    context = {
        "years": years(),
        "stages": list(Stage),
        "types": TYPES,
        "tables": choices(edition) if edition else [],
        "divisions": [(key, name) for key, (name, _) in chosen.divisions.items()],
        "pool": [(budget, chosen.units[budget.pk]) for budget in chosen.budgets],
        "unread": chosen.unread,
        "wish": wish,
        "found": found,
        "grid": screen_grid(found.table, rank=2) if found else None,
        "refusal": refusal,
        "exports_lines": exports_lines(request),
        "query": request.GET.urlencode(),
    }
    return render(request, "desk/sums.html", context, status=422 if refusal else 200)


@never_cache
@require_safe
def sums_file(request: HttpRequest) -> HttpResponse:
    """Send the table over what was chosen as XLSX."""
    wish, chosen = _asked(request)
    try:
        found = _summed(chosen, wish)
    except NoBooks as error:
        raise Http404(str(error)) from error
    name, content = workbook(found, wish.year, _edition(wish.year))
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@never_cache
@require_safe
def lines_file(request: HttpRequest, year: int) -> FileResponse:
    """Send all lines of a year that the person may read as one XLSX file; it is recorded."""
    if year not in years():
        raise Http404(f"没有{year}年")
    found = pool(person(request), year, Stage.LATEST)
    with transaction.atomic():
        record("bureau.export_lines", by=person(request), subject=str(year))
    return FileResponse(
        flat_file(found),
        as_attachment=True,
        filename=f"{year}年全部明细（内部资料）.xlsx",
        content_type=CONTENT_TYPE,
    )


def _asked(request: HttpRequest) -> tuple[Asked, Pool]:
    user: User = person(request)
    known = years()
    wish = asked(request.GET, known, newest_readable(user) or max(known, default=0))
    return wish, pool(user, wish.year, wish.stage)


def _summed(chosen: Pool, wish: Asked) -> Summed:
    """Return the sum. Raises NoBooks, and Http404 for a table that there is not."""
    try:
        return summed(chosen.budgets, chosen.chosen(wish), wish)
    except NoSuchTable as error:
        raise Http404(str(error)) from error


def exports_lines(request: HttpRequest) -> bool:
    """Return whether the person is of the bureau, which alone may take all lines with it."""
    return not BUREAU_SIDE.isdisjoint(each.role for each in held_by(request.user))


def _edition(year: int) -> str:
    """Return the code of a year's edition, "" where there is no such year."""
    return BudgetYear.objects.filter(year=year).values_list("edition", flat=True).first() or ""
