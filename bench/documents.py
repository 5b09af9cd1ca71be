"""What is measured: the sample, small changes of it, and a large invented department."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from budget.book import BudgetBook, Catalogue, Department, Project, Unit
from budget.config.packages import PACKAGES
from budget.disclosure import compose
from budget.document import Disclosure
from budget.edition import EDITIONS, Edition
from budget.imports.code_names import ListedCode, catalogue
from budget.imports.records import csv_records
from budget.imports.sample_files import Sample, read_sample
from budget.lines import Line
from budget.registry import discover
from budget.remarks import Remarks
from budget.terms import Nature, Scope, Source, UnitType, Upkeep
from performance.goals import Goals
from performance.parts import GOALS

ROOT: Final = Path(__file__).resolve().parents[1]
CODES: Final = ROOT / "fixtures" / "codes"
UNITS: Final = 50
SEED: Final = 20230101
REASON: Final = "revenue_change"


@cache
def sample() -> Sample:
    """Return the transcribed department."""
    discover(PACKAGES)
    discover(PACKAGES, ("sample_files",))
    [directory] = (ROOT / "fixtures" / "sample").glob("157-*")
    return read_sample(directory, CODES / directory.name.partition("-")[2])


def edition() -> Edition:
    """Return the edition in which the sample was published."""
    return EDITIONS[sample().head.edition]


def sample_disclosure() -> Disclosure:
    """Return the sample composed anew."""
    return compose(fresh(sample().book), sample().remarks, edition())


def fresh(book: BudgetBook) -> BudgetBook:
    """Return an equal book that has nothing worked out yet."""
    return replace(book)


def marked(text: str, number: int) -> str:
    """Return a text of the same length that differs from the others with each number."""
    return f"{text[:-2]}{chr(0x4E00 + number // 10)}{chr(0x4E00 + number % 10)}"


def with_other_reason(number: int) -> Disclosure:
    """Return the sample with one reason sentence changed."""
    remarks = sample().remarks
    texts = {**remarks.texts, REASON: marked(remarks[REASON], number)}
    return compose(sample().book, Remarks(texts, remarks.units), edition())


def with_other_indicator(number: int) -> Disclosure:
    """Return the sample with the words of one indicator of the overall goal changed."""
    book = sample().book
    goals = book.part(Goals, GOALS)
    goal = goals.overall[0]
    first, *others = goal.indicators
    changed = replace(first, name=marked(first.name, number))
    overall = (replace(goal, indicators=(changed, *others)), *goals.overall[1:])
    parts = {**book.parts, GOALS: replace(goals, overall=overall)}
    return compose(replace(book, parts=parts), sample().remarks, edition())


def with_other_line(number: int) -> Disclosure:
    """Return the sample with the amount of one line changed."""
    book = sample().book
    first, *others = book.lines
    changed = replace(first, amount=first.amount + Decimal(100 * number))
    return compose(replace(book, lines=(changed, *others)), sample().remarks, edition())


def a_large_book(lines: int, code: str = "902") -> BudgetBook:
    """Return a department of 50 units with so many lines, the same each time.

    Nine tenths are basic lines of general public money, spread over all functions and economic
    classes, the rest project lines, some of a government fund or other revenue.
    """
    numbers = random.Random(SEED)
    units = tuple(f"{code}{number:03}" for number in range(1, UNITS + 1))
    functions, funds = _functions("一般公共预算"), _functions("政府性基金")
    made = tuple(_line(numbers, number, units, functions, funds) for number in range(lines))
    return BudgetBook(
        year=sample().book.year,
        scope=Scope.DEPARTMENT,
        department=Department(code=code, name="某市某部门"),
        units=tuple(_unit(unit, number) for number, unit in enumerate(units)),
        catalogue=_catalogue_of(made),
        lines=made,
        projects=tuple(_project(unit) for unit in units),
        parts={GOALS: Goals()},
    )


def large_remarks() -> Remarks:
    """Return remarks with which the large book can be composed."""
    return Remarks(sample().remarks.texts)


def _line(
    numbers: random.Random,
    number: int,
    units: tuple[str, ...],
    functions: tuple[str, ...],
    funds: tuple[str, ...],
) -> Line:
    unit = units[number % len(units)]
    amount = Decimal(numbers.randrange(1, 100_000) * 100)
    sequence = number // len(units) + 1
    if number % 10:
        economic = numbers.choice(_economics())
        upkeep = Upkeep.OPERATING if economic.startswith("302") else Upkeep.PERSONNEL
        return Line(
            unit=unit,
            sequence=sequence,
            nature=Nature.BASIC,
            function=numbers.choice(functions),
            source=Source.GENERAL_PUBLIC,
            amount=amount,
            upkeep=upkeep,
            economic=economic,
        )
    source = numbers.choice((Source.GENERAL_PUBLIC, Source.GOVERNMENT_FUND, Source.OTHER))
    return Line(
        unit=unit,
        sequence=sequence,
        nature=Nature.PROJECT,
        function=numbers.choice(funds if source is Source.GOVERNMENT_FUND else functions),
        source=source,
        amount=amount,
        project=f"{unit}-01",
    )


def _unit(code: str, number: int) -> Unit:
    kind = UnitType.ADMINISTRATIVE if number == 0 else UnitType.PUBLIC_SERVICE_ONE
    return Unit(code=code, name=f"某市某部门第{number + 1}单位", type=kind, is_head=number == 0)


def _project(unit: str) -> Project:
    [category] = {project.category for project in sample().book.projects}
    return Project(code=f"{unit}-01", unit=unit, name="专项工作经费", category=category)


@cache
def _listed(name: str) -> tuple[ListedCode, ...]:
    day = date(sample().book.year, 1, 1)
    codes = csv_records(CODES / str(sample().book.year) / name, ListedCode)
    return tuple(code for code in codes if code.holds_on(day))


@cache
def _functions(budget: str) -> tuple[str, ...]:
    """Return sixty functions of a budget, evenly out of all that there are."""
    known = {code.code for code in _listed("function_codes.csv")}
    items = [
        code.code
        for code in _listed("function_codes.csv")
        if code.budget == budget and code.level == "项" and {code.code[:3], code.code[:5]} <= known
    ]
    return tuple(items[:: max(len(items) // 60, 1)][:60])


@cache
def _economics() -> tuple[str, ...]:
    wanted = ("301", "302", "303")
    return tuple(
        code.code
        for code in _listed("economic_codes.csv")
        if code.kind == "dept" and code.level == "款" and code.code.startswith(wanted)
    )


def _catalogue_of(lines: tuple[Line, ...]) -> Catalogue:
    return catalogue(
        CODES / str(sample().book.year),
        date(sample().book.year, 1, 1),
        functions={line.function for line in lines},
        economics={line.economic for line in lines if line.economic},
    )


def variants(count: int) -> Iterator[Disclosure]:
    """Yield so many different documents of the size of the sample."""
    for number in range(count):
        yield with_other_reason(number)
