"""Pages of years: the list, one year, its dates, and opening it for departments."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from budget.access.admitted import person
from budget.bureau.declaring import NotDeclared, declare, declared_of
from budget.bureau.forms import posted
from budget.bureau.opening import NotOpened, keep_year, open_budgets, standings
from budget.bureau.year_forms import OpenForm, YearForm, submissions
from budget.edition import EDITIONS
from budget.models import BudgetYear, DepartmentBudget, DisclosureOnly, YearRound
from budget.terms import Round

form_page = require_http_methods(["GET", "POST"])
SUBMISSION = {each.value: each for each in Round}


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """List the years, the latest first, with how many budgets each has."""
    found = BudgetYear.objects.select_related("opened_by__account")
    rows = found.annotate(departments=Count("budgets__department", distinct=True))
    context = {"rows": [(each, edition_title(each)) for each in rows]}
    return render(request, "bureau/years.html", context)


def edition_title(year: BudgetYear) -> str:
    """Return what people call the edition of a year."""
    return EDITIONS[year.edition].title if year.edition in EDITIONS else year.edition


@form_page
def new_year(request: HttpRequest) -> HttpResponse:
    """Open a year."""
    return _year_form(request, None)


@form_page
def change_year(request: HttpRequest, year: int) -> HttpResponse:
    """Change edition, dates or rounds."""
    return _year_form(request, found_year(year))


def found_year(year: int) -> BudgetYear:
    """Return a year. Raises Http404."""
    return get_object_or_404(BudgetYear.objects.select_related("opened_by__account"), year=year)


def _year_form(request: HttpRequest, stored: BudgetYear | None) -> HttpResponse:
    form = YearForm(posted(request), stored=stored)
    if form.is_valid():
        try:
            kept = keep_year(form.filled(), form.rounds(), person(request))
        except NotOpened as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{kept.year}年已保存。")
            return redirect("bureau:year", kept.year)
    context = {"form": form, "stored": stored}
    return render(request, "bureau/year_form.html", context, status=422 if form.errors else 200)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show a year: what was set, and the budgets of departments with their limits."""
    found = found_year(year)
    budgets = DepartmentBudget.objects.filter(year=found).select_related("department")
    rows = budgets.annotate(parts=Count("unit_budgets")).order_by("department", "round", "version")
    context = {
        "year": found,
        "edition": edition_title(found),
        "rounds": YearRound.objects.filter(year=found),
        "submissions": submissions(found),
        "only_published": DisclosureOnly.objects.filter(year=found).count(),
        "rows": [
            (each, found.disclosure_due(each.approved_on) if each.approved_on else None)
            for each in rows
        ],
    }
    return render(request, "bureau/year.html", context)


@form_page
def open_year(request: HttpRequest, year: int, round: str) -> HttpResponse:
    """Choose the departments to open in a round; those that are open stay as they are."""
    found = found_year(year)
    step = SUBMISSION.get(round)
    if step not in submissions(found):
        raise Http404(f"{year}年没有这一轮次")
    shown = standings(found, step)
    form = OpenForm(posted(request), standings=shown)
    if form.is_valid():
        done = open_budgets(found, step, form.cleaned_data["departments"], person(request))
        messages.success(request, f"已开设{done.budgets}个部门预算，加入{done.units}个单位。")
        return redirect("bureau:year", year)
    context = {
        "year": found,
        "round": step,
        "form": form,
        "others": [each for each in shown if not each.can_be_opened],
    }
    return render(request, "bureau/open_year.html", context, status=422 if form.errors else 200)


@form_page
def only_published(request: HttpRequest, year: int) -> HttpResponse:
    """Choose the departments that are only published here; those fixed by now stay as they are."""
    found, refusal = found_year(year), ""
    chosen = request.POST.getlist("departments")
    if request.method == "POST":
        try:
            declared, back = declare(found, chosen, request.POST.getlist("was"), person(request))
        except NotDeclared as error:
            refusal = str(error)
        else:
            messages.success(request, f"已登记{declared}个部门，取消{back}个部门。")
            return redirect("bureau:year", year)
    shown = declared_of(found)
    context = {
        "year": found,
        "refusal": refusal,
        "alone": not YearRound.objects.filter(year=found)
        .exclude(round=Round.SECOND_SUBMISSION)
        .exists(),
        "rows": [
            (each, each.department.code in chosen if refusal else each.row is not None)
            for each in shown
            if not each.fixed
        ],
        "fixed": [each for each in shown if each.fixed],
    }
    return render(request, "bureau/only_published.html", context, status=422 if refusal else 200)
