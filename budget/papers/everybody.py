"""The 批复 of all departments of a year: a page that lists them, and one archive, as it is made."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from budget.access.admitted import person
from budget.models import BudgetYear, DepartmentBudget
from budget.papers.answers import told
from budget.papers.approval import WHEN, letter
from budget.papers.asked import NotPrintable, Unprintable
from budget.papers.limits import TooMany
from budget.papers.printing import MOST_SECONDS, NotPrinted, Printer
from budget.release import DamagedContent

FIRST_DATE: Final = (1980, 1, 1, 0, 0, 0)
MISSING: Final = "0-没有打印的部门.txt"
LONGEST: Final = 3600


@never_cache
@require_safe
def approvals(request: HttpRequest, year: int) -> HttpResponse:
    """List the departments of a year whose budgets are approved."""
    context = {"year": get_object_or_404(BudgetYear, year=year), "budgets": approved_in(year)}
    return render(request, "papers/approvals.html", context)


@never_cache
@require_safe
@told
def archive(request: HttpRequest, year: int) -> HttpResponseBase:
    """Send the letters of all departments as one archive, while they are made."""
    budgets = approved_in(year)
    if not budgets:
        raise Http404(f"{year}年还没有已批复的部门预算")
    turn = f"paper-archive:{person(request).pk}"
    if not cache.add(turn, True, min(LONGEST, MOST_SECONDS * len(budgets))):
        raise TooMany
    answer = StreamingHttpResponse(InTurn(packed(budgets), turn), content_type="application/zip")
    name = f"{year}年部门预算批复（{len(budgets)}个部门）.zip"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def approved_in(year: int) -> list[DepartmentBudget]:
    """Return the latest approved version of each department, in the order of their codes."""
    found = DepartmentBudget.objects.filter(
        year_id=year, state__in=WHEN, approved_on__isnull=False
    ).select_related("department", "year")
    latest = {each.department_id: each for each in found.order_by("department_id", "version")}
    return list(latest.values())


class InTurn:
    """The pieces of an archive; the turn ends when the answer is closed, sent in full or not."""

    def __init__(self, pieces: Generator[bytes, None, None], turn: str) -> None:
        self.pieces = pieces
        self.turn = turn

    def __iter__(self) -> Iterator[bytes]:
        return self.pieces

    def close(self) -> None:
        """End the making, and let the next archive be made."""
        self.pieces.close()
        cache.delete(self.turn)


def packed(budgets: list[DepartmentBudget]) -> Generator[bytes, None, None]:
    """Yield an archive piece by piece; whoever stops listening ends the making.

    A letter that cannot be made is named with the reason in a file of its own, the others follow.
    """
    written = _Pieces()
    missing: list[str] = []
    with Printer() as printer, ZipFile(written, "w") as opened:
        for budget in budgets:
            name = f"{budget.department_id}-{budget.department.name}"
            try:
                content = printer.printed(letter(budget))
            except (NotPrinted, NotPrintable, Unprintable, DamagedContent) as error:
                missing.append(f"{name}：{error}")
                continue
            opened.writestr(ZipInfo(f"{name}-批复.pdf", FIRST_DATE), content, ZIP_STORED)
            yield written.taken()
        if missing:
            told = "\r\n".join(("下列部门的批复没有打印：", *missing, ""))
            opened.writestr(ZipInfo(MISSING, FIRST_DATE), told.encode("utf-8-sig"))
    yield written.taken()


class _Pieces:
    """What an archive is written to: it cannot go back, and keeps only what nobody took yet."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep a piece."""
        self.kept.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        pieces, self.kept = self.kept, []
        return b"".join(pieces)
