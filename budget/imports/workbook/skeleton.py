"""The smallest book that makes a table with the rows that were read.

What a cell answers, which cells add up and where each stands is declared once, for making tables.
A workbook's table gets all of it from there: a book is made whose table has the same rows, and
then each number that was read takes the place of the one that the book gave. The kinds of rows say
what such a book holds; other packages add theirs with ``Skeletons.register``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import singledispatch
from typing import Any

from budget.book import BudgetBook, Catalogue, Department, Project, Unit
from budget.imports.workbook.heads import Located
from budget.imports.workbook.known import Known
from budget.ledger import Where
from budget.lines import Line
from budget.tables.spec import Rows
from budget.terms import Nature, Scope, Source, UnitType

ONE_YUAN = Decimal(1)


@dataclass(frozen=True)
class RowRead:
    """A row of a sheet and which row of the table it is.

    ``places`` gives the row key of each column; a column that is not there speaks of nothing.
    """

    number: int
    key: str
    places: Mapping[str, str]


@dataclass
class Skeleton:
    """What was read of a table's rows, and what a book must hold to have them."""

    rows: list[RowRead] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    projects: list[Project] = field(default_factory=list)
    functions: dict[str, str] = field(default_factory=dict)
    economics: dict[str, str] = field(default_factory=dict)
    parts: dict[str, object] = field(default_factory=dict)
    project: Project | None = None

    def add(self, question: Where, **values: Any) -> None:
        """Add a line that a question names."""
        self.lines.append(line_of(question, len(self.lines) + 1, **values))

    def book(self, known: Known) -> BudgetBook:
        """Return the book."""
        units = self.units or {unit_of(known): known.name}
        codes = {line.function[:length] for line in self.lines for length in (3, 5, 7)}
        economics = {line.economic for line in self.lines if line.economic}
        return BudgetBook(
            year=known.year,
            scope=known.scope,
            department=Department(code=department_of(known), name=known.name),
            units=tuple(
                Unit(code=code, name=name, type=UnitType.ADMINISTRATIVE)
                for code, name in units.items()
            ),
            catalogue=Catalogue(
                {**dict.fromkeys(codes, ""), **_categories(known), **self.functions},
                {
                    **{code[:length]: "" for code in economics for length in (3, 5)},
                    **self.economics,
                },
            ),
            lines=tuple(_of_unit(line, units) for line in self.lines),
            projects=tuple(self.projects),
            parts=self.parts,
        )


def _of_unit(line: Line, units: Mapping[str, str]) -> Line:
    """Return a line of any unit as one of the first."""
    return line if line.unit else replace(line, unit=next(iter(units)))


def _categories(known: Known) -> dict[str, str]:
    return {code: name for name, code in known.categories.items()}


def unit_of(known: Known) -> str:
    """Return the code of the unit that a unit's document is about, or of any of a department."""
    return known.unit(known.name) if known.scope is Scope.UNIT else _first_unit(known)


def _first_unit(known: Known) -> str:
    return next(iter(known.units.values()), "unit-1")


def department_of(known: Known) -> str:
    """Return the department's code, which begins the codes of its units; "" where none is known."""
    codes = [code for code in known.units.values() if code.isdigit()]
    return codes[0][:3] if codes else ""


@singledispatch
def skeleton(rows: Rows, table: Located, known: Known) -> Skeleton:
    """Return what a table's rows are. Raises UnreadableWorkbook for a row that is none."""
    raise TypeError(f"no reader of workbooks knows rows of {type(rows).__name__}")


def line_of(question: Where, sequence: int, **values: Any) -> Line:
    """Return a line of one yuan that a question names, as plain as possible otherwise.

    ``values`` are fields of the line that the question leaves open; without one its unit is "",
    which stands for any.
    """
    stated: dict[str, Any] = {
        "unit": "",
        "nature": Nature.BASIC,
        "source": Source.GENERAL_PUBLIC,
        "function": "2010301",
    }
    for dimension, allowed in question.clauses[0].allowed:
        first = sorted(allowed, key=str)[0]
        if dimension in FIELDS:
            stated[FIELDS[dimension]] = first
    return Line(**{**stated, **values}, sequence=sequence, amount=ONE_YUAN)


FIELDS: Mapping[str, str] = {
    "unit": "unit",
    "nature": "nature",
    "upkeep": "upkeep",
    "project": "project",
    "function": "function",
    "category": "function",
    "section": "function",
    "economic": "economic",
    "economic_category": "economic",
    "source": "source",
    "carried_over": "carried_over",
    "allotment": "allotment",
}
"""The field of a line in which a question's dimension is seen; the others follow from the unit."""
