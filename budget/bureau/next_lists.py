"""The pages on which a whole next list is held against the one in force, and taken over."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from budget.access.admitted import person
from budget.bureau.code_forms import NextListForm
from budget.bureau.codes import found_scheme
from budget.bureau.files import uploaded
from budget.bureau.forms import posted, sent_files
from budget.resources.formats import UnreadableTable
from budget.resources.next_list import NextList, compare, take_over
from budget.resources.taking_in import BadOffer, Moved, signed, unsigned
from budget.resources.whole_list import needed_headings
from budget.terms import CodeScheme


@require_http_methods(["GET", "POST"])
def next_list(request: HttpRequest, scheme: str) -> HttpResponse:
    """Take a list, and show how it differs from the one in force."""
    of = found_scheme(scheme)
    form = NextListForm(posted(request), sent_files(request))
    if form.is_valid():
        begins = form.cleaned_data["begins"]
        try:
            dataset = uploaded(form)
            shown = compare(of, begins, dataset)
            offer = signed(subject(of, begins), person(request).pk, shown.digest, dataset)
        except UnreadableTable as error:
            form.add_error("file", str(error))
        else:
            return _difference_page(request, shown, offer)
    context = {
        "scheme": of,
        "form": form,
        "columns": needed_headings(of),
        "today": timezone.localdate(),
    }
    return render(request, "bureau/next_list.html", context, status=422 if form.errors else 200)


def subject(scheme: CodeScheme, begins: date) -> str:
    """Return what an offer is for."""
    return f"{scheme.value} {begins.isoformat()}"


def _difference_page(
    request: HttpRequest, shown: NextList, offer: str, status: int = 200
) -> HttpResponse:
    context = {"shown": shown, "scheme": shown.scheme, "offer": offer}
    return render(request, "bureau/differences.html", context, status=status)


@require_POST
def confirm_list(request: HttpRequest, scheme: str, begins: date) -> HttpResponse:
    """Take over the list that was shown, where it still comes to the same."""
    of, by = found_scheme(scheme), person(request)
    try:
        digest, dataset = unsigned(request.POST.get("offer", ""), subject(of, begins), by.pk)
        done = take_over(of, begins, dataset, digest, by)
    except BadOffer as error:
        messages.error(request, str(error))
        return redirect("bureau:next_list", scheme)
    except Moved as moved:
        messages.error(request, str(moved))
        offer = signed(subject(of, begins), by.pk, moved.preview.digest, dataset)
        return _difference_page(request, moved.preview, offer, status=409)
    told = "，".join(f"{kind.label} {len(rows)}" for kind, rows in done.groups)
    messages.success(request, f"新科目表自{begins}起采用：{told}，不变 {done.same}。")
    return redirect("bureau:codes", scheme)
