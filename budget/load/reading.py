"""A budget that was found, as a whole book and as remarks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from budget.book import BudgetBook, Department
from budget.lines import Line, RevenueEstimate
from budget.load.finding import one_moment
from budget.load.granting import Granted, read_granted
from budget.load.kept import Kept, KeptRows
from budget.load.names import read_catalogue
from budget.load.parts import LOADERS
from budget.load.rows import Reader, codes_of, stored_projects, stored_units
from budget.models import DepartmentBudget, UnitBudget
from budget.models import Project as StoredProject
from budget.models import Remark as StoredRemark
from budget.models.once import once
from budget.remarks import Remark, Remarks
from budget.terms import Scope


@dataclass(frozen=True, slots=True)
class Whole:
    """A version as it was stored at one moment: its book, its remarks, where its rows are kept."""

    book: BudgetBook
    remarks: Remarks
    kept: KeptRows


def read_whole(budget: DepartmentBudget) -> Whole:
    """Return a version as of one moment; a page that is only read reads it a single time."""
    return once((read_whole, budget.pk, budget.state), partial(_read_whole, budget))


def _read_whole(budget: DepartmentBudget) -> Whole:
    kept: KeptRows = {}
    with one_moment():
        book = _read(budget, kept)
        remarks = _remarks(budget, [unit.code for unit in book.units])
    return Whole(book, remarks, kept)


def read_book(budget: DepartmentBudget) -> BudgetBook:
    """Return the whole department's book of one budget."""
    return _read(budget, {})


def _read(budget: DepartmentBudget, kept: KeptRows) -> BudgetBook:
    """Return the book, after noting where each of its rows is kept."""
    stored = stored_units(budget)
    units = codes_of(stored)
    projects = stored_projects(budget, units)
    reader = Reader(budget, units, codes_of(projects), read_granted(budget), kept)
    for key, project in projects:
        reader.keep(Kept(StoredProject, key, project.unit, {"code": project.code}))
    lines, procurement = reader.lines(), reader.procurement()
    executions = reader.executions()
    functions = {line.function for line in lines} | {each.function for each in executions}
    economics = {line.economic for line in lines} | {item.economic for item in procurement}
    return BudgetBook(
        year=budget.year_id,
        scope=Scope.DEPARTMENT,
        department=department_of(budget),
        units=tuple(unit for _, unit in stored),
        catalogue=read_catalogue(
            budget.year.codes_on,
            functions=functions,
            economics={code for code in economics if code},
        ),
        lines=lines,
        estimates=reader.estimates(),
        projects=tuple(project for _, project in projects),
        events=reader.events(),
        procurement=procurement,
        vehicles=reader.vehicles(),
        equipment=reader.equipment(),
        prior=reader.prior(),
        executions=executions,
        assets_on=budget.assets_on,
        parts={name: load(budget) for name, load in LOADERS.items()},
    )


def read_amounts(
    budget: DepartmentBudget, granted: Granted
) -> tuple[tuple[Line | RevenueEstimate, ...], KeptRows]:
    """Return the lines and estimates of a budget as they count, and where they are kept."""
    units = codes_of(stored_units(budget))
    projects = codes_of(stored_projects(budget, units))
    reader = Reader(budget, units, projects, granted)
    return (*reader.lines(), *reader.estimates()), reader.kept


def department_of(budget: DepartmentBudget) -> Department:
    """Return a budget's department as books know it."""
    stored = budget.department
    return Department(
        code=stored.code, name=stored.name, region=stored.region, invented=stored.invented
    )


def read_remarks(budget: DepartmentBudget) -> Remarks:
    """Return the whole department's remarks of one budget."""
    parts = UnitBudget.objects.filter(budget=budget)
    units = parts.order_by("unit__position", "unit__code").values_list("unit__code", flat=True)
    return _remarks(budget, units)


def _remarks(budget: DepartmentBudget, units: Iterable[str]) -> Remarks:
    written = StoredRemark.objects.filter(budget=budget).order_by("id")
    return Remarks.of(
        (
            Remark(key=key, text=text, unit=unit)
            for key, text, unit in written.values_list("key", "text", "unit__code")
        ),
        units,
    )
