"""Tables in and out as files: given out, uploaded, shown row by row, confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import tablib
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from budget.access.admitted import person
from budget.bureau.forms import UploadForm, posted, sent_files
from budget.models import BudgetUnit, Department
from budget.resources.codes import EconomicRows, FunctionRows
from budget.resources.formats import FORMATS, UnreadableTable
from budget.resources.next_list import holding_on, stored_codes
from budget.resources.organisation import DepartmentRows, UnitRows
from budget.resources.rows import Rows
from budget.resources.taking_in import (
    BadOffer,
    Moved,
    Preview,
    headings,
    preview,
    read,
    signed,
    take_in,
    unsigned,
    written,
)
from budget.terms import CodeScheme

MOST_SHOWN: Final = 1_000


@dataclass(frozen=True)
class Table:
    """A table that goes in and out: its name for people, its rows, and where it is looked at.

    ``scheme`` is the classification whose codes it holds, None for others.
    """

    title: str
    kind: type[Rows]
    rows: Callable[[], QuerySet[Any]]
    back: tuple[str, ...]
    scheme: CodeScheme | None = None

    @property
    def url(self) -> str:
        """Where the rows are looked at."""
        return reverse(self.back[0], args=self.back[1:])


def of_scheme(scheme: CodeScheme, kind: type[Rows]) -> Table:
    """Return the table of one classification."""
    back = ("bureau:codes", scheme.value)
    return Table(f"{scheme.label}科目", kind, lambda: stored_codes(scheme), back, scheme)


TABLES: Final[Mapping[str, Table]] = {
    "departments": Table("部门", DepartmentRows, Department.objects.all, ("bureau:departments",)),
    "units": Table("预算单位", UnitRows, BudgetUnit.objects.all, ("bureau:departments",)),
    CodeScheme.FUNCTION.value: of_scheme(CodeScheme.FUNCTION, FunctionRows),
    CodeScheme.DEPARTMENT_ECONOMIC.value: of_scheme(CodeScheme.DEPARTMENT_ECONOMIC, EconomicRows),
    CodeScheme.GOVERNMENT_ECONOMIC.value: of_scheme(CodeScheme.GOVERNMENT_ECONOMIC, EconomicRows),
}


def found_table(name: str) -> Table:
    """Return a table. Raises Http404."""
    if name not in TABLES:
        raise Http404(f"没有名为 {name} 的表；现有：{'、'.join(TABLES)}")
    return TABLES[name]


@require_safe
def export(request: HttpRequest, name: str, format: str) -> HttpResponse:
    """Send a table as a file; of codes, those alone that hold on a day that is asked for."""
    table = found_table(name)
    if format not in FORMATS:
        raise Http404(f"没有名为 {format} 的格式；现有：{'、'.join(FORMATS)}")
    content, media_type = written(table.kind, _asked_for(table, request), format)
    answer = HttpResponse(content, content_type=media_type)
    file = f"{table.title}.{format}"
    answer["Content-Disposition"] = content_disposition_header(True, file) or "attachment"
    return answer


def _asked_for(table: Table, request: HttpRequest) -> QuerySet[Any]:
    """Return a table's rows, or its codes of a day. Raises Http404 for what is no day."""
    text = request.GET.get("on", "")
    if not text or table.scheme is None:
        return table.rows()
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise Http404(f"“{text}”不是日期") from error
    held = holding_on(table.scheme, on)
    return table.rows().filter(pk__in=[each.pk for each in held.values()])


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, name: str) -> HttpResponse:
    """Take a file and show what it would do."""
    table = found_table(name)
    form = UploadForm(posted(request), sent_files(request))
    if form.is_valid():
        try:
            dataset = uploaded(form)
            shown = preview(table.kind, dataset)
            offer = signed(name, person(request).pk, shown.digest, dataset)
        except UnreadableTable as error:
            form.add_error("file", str(error))
        else:
            return _preview_page(request, name, table, shown, offer)
    context = {"name": name, "table": table, "form": form, "columns": headings(table.kind).values()}
    return render(request, "bureau/upload.html", context, status=422 if form.errors else 200)


def uploaded(form: UploadForm) -> tablib.Dataset:
    """Return the rows of an uploaded file. Raises UnreadableTable."""
    file = form.cleaned_data["file"]
    return read(file.name, file.read())


def _preview_page(
    request: HttpRequest, name: str, table: Table, shown: Preview, offer: str, status: int = 200
) -> HttpResponse:
    rows = shown.moving
    context = {
        "name": name,
        "table": table,
        "preview": shown,
        "rows": rows[:MOST_SHOWN],
        "left_off": max(0, len(rows) - MOST_SHOWN),
        "offer": offer,
    }
    return render(request, "bureau/preview.html", context, status=status)


@require_POST
def confirm(request: HttpRequest, name: str) -> HttpResponse:
    """Do what was shown, where it still is what it was."""
    table, by = found_table(name), person(request)
    try:
        digest, dataset = unsigned(request.POST.get("offer", ""), name, by.pk)
        done = take_in(table.kind, dataset, digest, by)
    except BadOffer as error:
        messages.error(request, str(error))
        return redirect("bureau:upload", name)
    except Moved as moved:
        messages.error(request, str(moved))
        again = signed(name, by.pk, moved.preview.digest, dataset)
        return _preview_page(request, name, table, moved.preview, again, status=409)
    told = "，".join(f"{label} {count}" for label, count in done.counts[:-1])
    messages.success(request, f"导入完成：{told}。")
    return redirect(table.url)
