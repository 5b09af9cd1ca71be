"""Pages of departments and their units: found, added, renamed, closed, taken up again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budget.access.admitted import person
from budget.bureau.closing import (
    NotClosed,
    close_department,
    close_unit,
    take_up_department,
    take_up_unit,
)
from budget.bureau.forms import posted
from budget.bureau.organisation_forms import CloseForm, DepartmentForm, RowForm, UnitForm
from budget.models import BudgetUnit, Department

form_page = require_http_methods(["GET", "POST"])


@require_safe
def departments(request: HttpRequest) -> HttpResponse:
    """List the departments, or those that a search finds, also by the name of a unit."""
    asked = request.GET.get("q", "").strip()
    found = Department.objects.all()
    if asked:
        of_unit = BudgetUnit.objects.filter(_named(asked)).values("department_id")
        found = found.filter(_named(asked) | Q(code__in=of_unit))
    standing = Count("units", filter=Q(units__closed_on=None))
    context = {"q": asked, "rows": found.select_related("merged_into").annotate(parts=standing)}
    return render(request, "bureau/departments.html", context)


def _named(asked: str) -> Q:
    return Q(code__startswith=asked) | Q(name__icontains=asked)


def found_department(code: str) -> Department:
    """Return a department. Raises Http404."""
    return get_object_or_404(Department.objects.select_related("merged_into"), code=code)


def found_unit(code: str) -> BudgetUnit:
    """Return a unit. Raises Http404."""
    found = BudgetUnit.objects.select_related("department", "merged_into")
    return get_object_or_404(found, code=code)


@require_safe
def department(request: HttpRequest, code: str) -> HttpResponse:
    """Show a department and its units."""
    found = found_department(code)
    units = BudgetUnit.objects.filter(department=found).select_related("merged_into")
    return render(request, "bureau/department.html", {"department": found, "units": units})


@form_page
def new_department(request: HttpRequest) -> HttpResponse:
    """Add a department."""
    return _form(request, DepartmentForm, Department(), "新建部门", "bureau:departments")


@form_page
def change_department(request: HttpRequest, code: str) -> HttpResponse:
    """Rename a department or change its region."""
    return _form(request, DepartmentForm, found_department(code), "修改部门", "")


@form_page
def new_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Add a unit to a department."""
    row = BudgetUnit(department=found_department(code), code=code)
    return _form(request, UnitForm, row, "新建预算单位", "")


@form_page
def change_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Rename a unit or change its type, place or standing."""
    return _form(request, UnitForm, found_unit(code), "修改预算单位", "")


def _form(
    request: HttpRequest, kind: type[RowForm], row: Any, title: str, back: str
) -> HttpResponse:
    form = kind(posted(request), row)
    if form.is_bound and form.kept(person(request)):
        messages.success(request, f"已保存：{row}")
        return redirect("bureau:department", row.code[:3])
    context = {"form": form, "title": title, "row": row, "back": back or row.code[:3]}
    return render(request, "bureau/row_form.html", context, status=422 if form.errors else 200)


@form_page
def end_department(request: HttpRequest, code: str) -> HttpResponse:
    """Close a department with its units, or merge it into another."""
    return _closing(request, found_department(code), close_department)


@form_page
def end_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Close a unit, or merge it into another."""
    return _closing(request, found_unit(code), close_unit)


def _closing(request: HttpRequest, row: Any, close: Any) -> HttpResponse:
    form = CloseForm(posted(request), row)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            close(row, chosen["closed_on"], chosen["merged_into"], person(request))
        except NotClosed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已撤销：{row}")
            return redirect("bureau:department", row.code[:3])
    context = {"form": form, "row": row, "is_department": isinstance(row, Department)}
    return render(request, "bureau/close.html", context, status=422 if form.errors else 200)


@require_POST
def resume_department(request: HttpRequest, code: str) -> HttpResponse:
    """Take the closing of a department back."""
    return _resumed(request, found_department(code), take_up_department)


@require_POST
def resume_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Take the closing of a unit back."""
    return _resumed(request, found_unit(code), take_up_unit)


def _resumed(request: HttpRequest, row: Any, take_up: Any) -> HttpResponse:
    try:
        take_up(row, person(request))
    except NotClosed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已恢复：{row}")
    return redirect("bureau:department", row.code[:3])
