"""A budget that was found, as a whole book and as remarks."""

from __future__ import annotations

from budget.book import BudgetBook, Department
from budget.load.granting import read_granted
from budget.load.names import read_catalogue
from budget.load.parts import LOADERS
from budget.load.rows import Codes, Reader, stored_projects, stored_units
from budget.models import DepartmentBudget, UnitBudget
from budget.models import Remark as StoredRemark
from budget.remarks import Remark, Remarks
from budget.terms import Scope


def read_book(budget: DepartmentBudget) -> BudgetBook:
    """Return the whole department's book of one budget."""
    stored = stored_units(budget)
    units: Codes = {None: None}
    units.update((key, unit.code) for key, unit in stored)
    projects = stored_projects(budget, units)
    by_key: Codes = {None: None}
    by_key.update((key, project.code) for key, project in projects)
    reader = Reader(budget, units, by_key, read_granted(budget))
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
    written = StoredRemark.objects.filter(budget=budget).order_by("id")
    return Remarks.of(
        (
            Remark(key=key, text=text, unit=unit)
            for key, text, unit in written.values_list("key", "text", "unit__code")
        ),
        units,
    )
