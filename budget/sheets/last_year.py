"""Last year's budget as a part sees it: the release's inputs, else the budget that stands for it.

What was published counts first, then what was approved, then what there is; the origin of every
figure that is taken from it says which.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budget.book import BudgetBook, UnknownUnit
from budget.edition import EDITIONS
from budget.load import one_moment, read_book, read_remarks
from budget.models import DepartmentBudget, Release
from budget.release import thaw
from budget.remarks import Remarks
from budget.sheets.part import Part
from budget.terms import Origin, Round, State

FEN = Decimal("0.01")
SETTLED = (State.APPROVED, State.READY, State.PUBLISHED, State.WITHDRAWN)
ROUNDS = list(Round)


@dataclass(frozen=True)
class LastYear:
    """Last year's book and words of a unit, or of the whole department.

    ``origin`` says in Chinese where they are from, ``precision`` to how many yuan its amounts are
    known, ``ident`` which release or state of a budget it is.
    """

    book: BudgetBook
    remarks: Remarks
    origin: str
    precision: Decimal
    ident: str


def last_year_of(part: Part) -> LastYear | None:
    """Return last year of a part, None where there is none.

    Raises DamagedContent and UnreadableContent where a release cannot be read.
    """
    found = _released(part) or _stored(part)
    return None if found is None else _seen_by(found, part)


def _seen_by(last: LastYear, part: Part) -> LastYear | None:
    if part.unit is None:
        return last
    code = part.unit.code
    try:
        book, remarks = last.book.seen_by(code), last.remarks.seen_by(code)
    except UnknownUnit:
        return None
    return LastYear(book, remarks, last.origin, last.precision, last.ident)


# ---- what was published ----


def _released(part: Part) -> LastYear | None:
    """Return the inputs of the newest release: the part's own before its department's."""
    for code in dict.fromkeys((part.code, part.budget.department_id)):
        releases = Release.objects.filter(code=code, year=part.budget.year_id - 1)
        release = releases.select_related("snapshot").order_by("-number").first()
        if release is not None:
            return _of_release(release)
    return None


def _of_release(release: Release) -> LastYear:
    inputs = thaw(release.snapshot)
    origin = (
        f"{release.year}年{release.name}{release.scope.label}预算公开（第{release.number}次发布）"
    )
    # A transcribed book is known no better than the document that it was read from.
    printed = release.snapshot.releases.filter(origin=Origin.TRANSCRIBED).exists()
    precision = EDITIONS[inputs.edition].grain if printed else FEN
    return LastYear(inputs.book, inputs.remarks, origin, precision, f"release {release.pk}")


# ---- what is stored ----


def _stored(part: Part) -> LastYear | None:
    budgets = DepartmentBudget.objects.filter(
        department=part.budget.department, year=part.budget.year_id - 1
    ).select_related("department", "year")
    best = max(budgets, key=_rank, default=None)
    return None if best is None else _of_budget(best)


def _rank(budget: DepartmentBudget) -> tuple[bool, int, int]:
    """Return what makes one budget stand for its year before another: settled, round, version."""
    return budget.state in SETTLED, ROUNDS.index(budget.round), budget.version


def _of_budget(budget: DepartmentBudget) -> LastYear:
    with one_moment():
        book, remarks = read_book(budget), read_remarks(budget)
    origin = "".join(_told(budget))
    return LastYear(book, remarks, origin, FEN, f"budget {budget.pk} {budget.revision}")


def _told(budget: DepartmentBudget) -> Iterator[str]:
    yield f"{budget.year_id}年{budget.department.name}部门预算"
    if budget.state not in SETTLED:
        yield f"（{budget.state.label}，尚未批复）"
    elif budget.approval_number:
        yield f"（批复：{budget.approval_number}）"
    else:
        yield "（已批复）"
