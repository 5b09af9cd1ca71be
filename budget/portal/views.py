"""The public's pages: find the release, read the document, show it. Nothing here can change any."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from budget.portal.files import release_file, table_file
from budget.portal.leaves import leaf, named, turned_to
from budget.portal.publications import NotPublished, publication, shelf
from budget.release import read
from budget.render.contents import contents
from budget.render.prose import chapters


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show every document that was published, by year."""
    return render(request, "portal/home.html", {"years": shelf(), "at_home": True})


@require_safe
def disclosure(
    request: HttpRequest, code: str, year: int, number: int | None = None
) -> HttpResponse:
    """Show a whole document: contents, narrative, charts and tables."""
    found = publication(code, year, number)
    document = read(found.release)
    context = {
        "publication": found,
        "disclosure": document,
        "contents": contents(document),
        "chapters": chapters(document, partial(leaf, found)),
    }
    return render(request, "portal/disclosure.html", context)


@require_safe
def table(
    request: HttpRequest, code: str, year: int, table: str, number: int | None = None
) -> HttpResponse:
    """Show one table of a document by itself."""
    found = publication(code, year, number)
    document = read(found.release)
    turn = turned_to(found, document, table)
    context = {"publication": found, "disclosure": document, "turn": turn}
    return render(request, "portal/table.html", context)


@require_safe
def download(
    request: HttpRequest, code: str, year: int, format: str, number: int | None = None
) -> HttpResponseBase:
    """Send a whole document as a file."""
    return release_file(publication(code, year, number), format).answer(request)


@require_safe
def download_table(
    request: HttpRequest, code: str, year: int, table: str, format: str, number: int | None = None
) -> HttpResponseBase:
    """Send one table as a file."""
    release = publication(code, year, number).release
    document = read(release)
    return table_file(release, document, named(document, table), format).answer(request)


@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """Answer browsers that ask for an icon where no page has named one."""
    return redirect(static("favicon.svg"))


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in Chinese that there is no such page, and why where it is known."""
    reason = str(exception) if isinstance(exception, NotPublished) else ""
    return render(request, "404.html", {"reason": reason}, status=404)
