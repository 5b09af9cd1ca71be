"""The ways to a document: the home page, a year, a department, and the search."""

from __future__ import annotations

from itertools import takewhile

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budget.portal import keeping, shelves
from budget.portal.found import found, link
from budget.portal.initials import initial
from budget.portal.keeping import kept
from budget.portal.publications import Link, NotPublished
from budget.portal.shelves import Group
from budget.release.finding import current
from budget.search.asking import BadQuestion, ask, question
from budget.search.reading import LONGEST_QUESTION

EXAMPLES = ("三公经费", "公务接待费", "政府采购")
"""What an empty search offers to look for."""


@require_safe
@kept(keeping.of_everything, varies=("order",))
def home(request: HttpRequest) -> HttpResponse:
    """Show what is published of the latest year, and the way to earlier ones."""
    years = shelves.years()
    context = {
        "year": years[0] if years else None,
        "shelves": _arranged(request, shelves.of_year(years[0])) if years else (),
        "by_name": _is_by_name(request),
        "earlier": years[1:],
        "at_home": True,
        "longest": LONGEST_QUESTION,
    }
    return render(request, "portal/home.html", context)


@require_safe
@kept(keeping.of_everything, varies=("order",))
def year(request: HttpRequest, year: int) -> HttpResponse:
    """Show what is published of a year."""
    groups = shelves.of_year(year)
    if not groups:
        raise NotPublished(f"没有公开过 {year} 年的部门预算。")
    context = {
        "year": year,
        "shelves": _arranged(request, groups),
        "by_name": _is_by_name(request),
        "count": len(groups),
    }
    return render(request, "portal/year.html", context)


@require_safe
@kept(keeping.of_everything)
def department(request: HttpRequest, code: str) -> HttpResponse:
    """Show all years of a department with its units, or of one unit."""
    years = shelves.of_department(code)
    if not years:
        raise NotPublished(f"没有公开过编码为 {code} 的部门或单位的预算。")
    context = {
        "code": code,
        "name": years[0][1].first.release.name,
        "is_department": len(code) == 3,
        "is_invented": years[0][1].first.is_invented,
        "years": years,
        "longest": LONGEST_QUESTION,
    }
    return render(request, "portal/department.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show where some words stand in what is published."""
    text = request.GET.get("q", "").strip()
    wanted_year, code = _number(request, "year"), request.GET.get("department", "")
    years = shelves.years()
    context = {
        "text": text,
        "year": wanted_year,
        "department": _department(code),
        "examples": [Link(each, link(each)) for each in EXAMPLES],
        "longest": LONGEST_QUESTION,
        "at_search": True,
    }
    if not text:
        return render(request, "portal/search.html", context)
    try:
        asked = question(text, wanted_year, code)
    except BadQuestion as error:
        return render(request, "portal/search.html", {**context, "wrong": str(error)}, status=422)
    answer = ask(asked, _number(request, "page") or 1)
    context |= found(answer, asked, text, years)
    return render(request, "portal/search.html", context)


def _arranged(request: HttpRequest, groups: list[Group]) -> list[tuple[str, list[Group]]]:
    """Return departments under headings: by code under none, by name under their initials."""
    if not _is_by_name(request):
        return [("", groups)]
    # What all names begin with, the city's mostly, says nothing of any.
    shared = shared_length([group.first.release.name for group in groups])
    under: dict[str, list[Group]] = {}
    for group in sorted(groups, key=lambda each: _sorting(each.first.release.name[shared:])):
        under.setdefault(initial(group.first.release.name[shared:]), []).append(group)
    return sorted(under.items())


def shared_length(names: list[str]) -> int:
    """Return how many characters all names begin with together; a single name shares none.

    >>> shared_length(["长沙市教育局", "长沙市财政局"]), shared_length(["教育局"])
    (3, 0)
    """
    first, last = min(names), max(names)
    pairs = zip(first, last, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared if len(names) > 1 else 0


def _sorting(name: str) -> bytes:
    """Return what common characters sort by as they are read (GB 2312, first level)."""
    return name.encode("gb18030")


def _is_by_name(request: HttpRequest) -> bool:
    return request.GET.get("order") == "name"


def _department(code: str) -> dict[str, str] | None:
    """Return a department's code and newest name, None where none is asked for. One query."""
    if not code:
        return None
    if not (len(code) == 3 and code.isascii() and code.isdigit()):
        raise BadRequest("部门编码应为3位数字。")
    newest = current().filter(code__startswith=code).order_by("code", "-year").first()
    return {"code": code, "name": newest.name if newest else code}


def _number(request: HttpRequest, name: str) -> int | None:
    """Return a number of up to four digits, None for anything else: then it does not narrow."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
