"""Several books as one: of departments, or of single units of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Protocol, TypeVar, cast

from budget.book import BudgetBook, Catalogue, Department, PriorFigure
from budget.lines import Line
from budget.money import total
from budget.terms import Scope

Codes = Mapping[str, str]


class NoBooks(ValueError):
    """There is nothing to sum."""

    def __init__(self) -> None:
        """Say so in Chinese."""
        super().__init__("没有选中任何单位")


class Joining(Protocol):
    """A part of a book that can be joined with those of others."""

    def joined(self, others: Sequence[Any]) -> Any:
        """Return it with all that the others hold behind it."""

    def renamed(self, projects: Codes) -> Any:
        """Return it with other codes for some projects."""


def united(books: Sequence[BudgetBook], name: str) -> BudgetBook:
    """Return the book of a set, at the scope of a department, under a name that says what it is.

    Transfers between units of one department that are both in the set are eliminated; nothing else
    is. Codes of projects that two departments use are told apart by the department's. Last year's
    figures are summed where every book states them. Raises NoBooks.
    """
    if not books:
        raise NoBooks
    apart = tuple(_with_own_projects(books))
    first = apart[0]
    codes = {book.department.code for book in books}
    return replace(
        first,
        scope=Scope.DEPARTMENT,
        department=Department(
            code=codes.pop() if len(codes) == 1 else "",
            name=name,
            region=first.department.region,
            invented=any(book.department.invented for book in books),
        ),
        units=_all(apart, "units"),
        catalogue=_catalogue(book.catalogue for book in apart),
        lines=tuple(_lines(apart)),
        estimates=_all(apart, "estimates"),
        projects=_all(apart, "projects"),
        events=_all(apart, "events"),
        procurement=_all(apart, "procurement"),
        vehicles=_all(apart, "vehicles"),
        equipment=_all(apart, "equipment"),
        prior=tuple(_prior(apart)),
        executions=_all(apart, "executions"),
        parts={part: _joined([book.parts[part] for book in apart]) for part in _parts(apart)},
    )


Row = TypeVar("Row")


def _all(books: Iterable[BudgetBook], field: str) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(getattr(book, field) for book in books))


def _lines(books: Sequence[BudgetBook]) -> Iterator[Line]:
    """Yield all lines; what comes from, or goes to, another department is from outside."""
    departments = {unit.code: book.department.code for book in books for unit in book.units}
    for book in books:
        own = book.department.code
        foreign = frozenset(unit for unit, of in departments.items() if of != own)
        for line in book.lines:
            if foreign.isdisjoint((line.paid_to, line.received_from)):
                yield line
            else:
                yield replace(
                    line,
                    paid_to=None if line.paid_to in foreign else line.paid_to,
                    received_from=None if line.received_from in foreign else line.received_from,
                )


def _catalogue(known: Iterable[Catalogue]) -> Catalogue:
    """Return the names of all; where two differ, which one year's lists do not, the first."""
    found = list(known)
    funds = [each.funds for each in found if each.funds is not None]
    divided = [each.divided for each in found if each.divided is not None]
    return replace(
        found[0],
        function=_merged(each.function for each in found),
        economic=_merged(each.economic for each in found),
        funds=_merged(funds) if len(funds) == len(found) else None,
        divided=tuple(dict.fromkeys(chain.from_iterable(divided)))
        if len(divided) == len(found)
        else None,
    )


def _merged(maps: Iterable[Mapping[str, Row]]) -> dict[str, Row]:
    merged: dict[str, Row] = {}
    for each in maps:
        merged = {**each, **merged}
    return merged


def _prior(books: Sequence[BudgetBook]) -> Iterator[PriorFigure]:
    """Yield last year's figures that all state, summed."""
    for measure, first in books[0].prior_figures.items():
        stated = [book.prior_figures[measure] for book in books if measure in book.prior_figures]
        if len(stated) == len(books):
            yield replace(
                first,
                unit=None,
                amount=total(each.amount for each in stated),
                precision=max(each.precision for each in stated),
                origin="；".join(dict.fromkeys(each.origin for each in stated)),
            )


# ---- projects


def _with_own_projects(books: Sequence[BudgetBook]) -> Iterator[BudgetBook]:
    """Yield the books with codes of projects that no two departments share."""
    used = Counter(
        code
        for code, _ in {
            (project.code, book.department.code) for book in books for project in book.projects
        }
    )
    for book in books:
        taken = {
            project.code: f"{book.department.code}-{project.code}"
            for project in book.projects
            if used[project.code] > 1
        }
        yield _renamed(book, taken) if taken else book


def _renamed(book: BudgetBook, codes: Codes) -> BudgetBook:
    def named(code: str | None) -> str | None:
        return codes.get(code, code) if code is not None else None

    return replace(
        book,
        lines=tuple(replace(line, project=named(line.project)) for line in book.lines),
        projects=tuple(
            replace(each, code=codes.get(each.code, each.code)) for each in book.projects
        ),
        procurement=tuple(replace(each, project=named(each.project)) for each in book.procurement),
        parts={name: cast(Joining, part).renamed(codes) for name, part in book.parts.items()},
    )


# ---- what other packages add


def _parts(books: Sequence[BudgetBook]) -> list[str]:
    """Return the parts that every book has."""
    return [name for name in books[0].parts if all(name in book.parts for book in books)]


def _joined(parts: Sequence[object]) -> object:
    return cast(Joining, parts[0]).joined(parts[1:])
