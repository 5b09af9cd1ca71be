"""The public's pages: find the release, read the document, show it. Nothing here can change any."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from budget.document import Disclosure
from budget.portal import keeping
from budget.portal.citing import citation, example, numbered
from budget.portal.files import ALONE, release_file, table_file
from budget.portal.gone import told_when_gone
from budget.portal.keeping import kept
from budget.portal.leaves import leaf, named, turned_to
from budget.portal.publications import NotPublished, Publication, known_document, publication
from budget.portal.site import absolute
from budget.portal.versions import comparison, versions
from budget.release import is_readable, read
from budget.render.contents import contents
from budget.render.prose import chapters


@require_safe
@kept(keeping.of_document)
@told_when_gone
def disclosure(
    request: HttpRequest, code: str, year: int, number: int | None = None
) -> HttpResponse:
    """Show a whole document: contents, narrative, charts and tables."""
    found = publication(code, year, number)
    return render(request, "portal/disclosure.html", whole(found, read(found.release)))


def whole(found: Publication, document: Disclosure) -> dict[str, object]:
    """Return what the page of a document shows."""
    return {
        "publication": found,
        "disclosure": document,
        "contents": contents(document),
        "chapters": chapters(document, partial(leaf, found)),
    }


@require_safe
@kept(keeping.of_document)
@told_when_gone
def table(
    request: HttpRequest, code: str, year: int, table: str, number: int | None = None
) -> HttpResponse:
    """Show one table of a document by itself."""
    found = publication(code, year, number)
    context = alone(found, read(found.release), table)
    address = absolute(request, numbered(found.release, "table", table=table))
    return render(request, "portal/table.html", {**context, "cited_at": address})


def alone(
    found: Publication, document: Disclosure, table: str, formats: Iterable[str] = ALONE
) -> dict[str, object]:
    """Return what the page of a table shows, offered in some formats. Raises NotPublished."""
    chosen = named(document, table)
    return {
        "publication": found,
        "disclosure": document,
        "turn": turned_to(found, document, table, formats),
        "citation": citation(found.release, chosen),
        "example": example(chosen),
    }


@require_safe
@kept(keeping.of_document)
def all_versions(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Show all releases of a document: number, date, digest, what became of each, and why."""
    found = known_document(code, year)
    name = next((each.name for each in found.releases if is_readable(each)), "")
    context = {"newest": found.newest, "name": name, "versions": versions(found)}
    return render(request, "portal/versions.html", context)


@require_safe
@kept(keeping.of_document)
@told_when_gone
def changes(request: HttpRequest, code: str, year: int, before: int, after: int) -> HttpResponse:
    """Show what changed between two releases of a document."""
    found = comparison(known_document(code, year), before, after)
    return render(request, "portal/changes.html", {"comparison": found})


@require_safe
@told_when_gone
def download(
    request: HttpRequest, code: str, year: int, format: str, number: int | None = None
) -> HttpResponseBase:
    """Send a whole document as a file."""
    return release_file(publication(code, year, number), format).answer(request)


@require_safe
@told_when_gone
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
