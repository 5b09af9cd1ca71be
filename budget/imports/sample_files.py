"""A department in files (fixtures/sample) as a book and its remarks. Pure: no database.

Other packages read their own files beside these and hang them on the book as a part, through
``reads_part``. A file that nobody reads is refused: what is not read is not lost in silence. A
file that is missing is refused too; only ``executions.csv`` may be: without it nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from budget.book import (
    BudgetBook,
    Department,
    EquipmentCount,
    Event,
    ExecutedFigure,
    PriorFigure,
    ProcurementItem,
    Project,
    Unit,
    VehicleCount,
)
from budget.codes import parse_code
from budget.imports.code_names import catalogue
from budget.imports.records import MalformedRecord, csv_records, json_content, json_records, record
from budget.lines import Line, RevenueEstimate
from budget.registry import Registry
from budget.remarks import Remark, Remarks
from budget.terms import Origin, Scope

PartReader = Callable[[Path], object]
Reader = TypeVar("Reader", bound=PartReader)

OWN_FILES: Final = frozenset(
    {
        "README.md",
        "department.json",
        "remarks.json",
        "lines.csv",
        "estimates.csv",
        "projects.csv",
        "events.csv",
        "procurement.csv",
        "vehicles.csv",
        "equipment.csv",
        "prior.csv",
        "executions.csv",
    }
)


@dataclass(frozen=True, slots=True)
class PartFiles:
    """What another package reads: its files, and how they become a part of the book."""

    files: tuple[str, ...]
    read: PartReader


PARTS: Registry[PartFiles] = Registry("样例附加部分")


def reads_part(name: str, *files: str) -> Callable[[Reader], Reader]:
    """Declare how a part of the book is read from files of the sample."""

    def declare(read: Reader) -> Reader:
        PARTS.add(name, PartFiles(files, read))
        return read

    return declare


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What department.json says of the document as a whole.

    ``assets_on`` is the day to which the registers of assets hold, by default the end of last year.
    """

    year: int
    codes_on: str
    edition: str
    origin: str
    source: str
    assets_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole department as its files give it."""

    head: Head
    book: BudgetBook
    remarks: Remarks


def read_sample(
    directory: Path, codes: Path, parts: Mapping[str, PartFiles] | None = None
) -> Sample:
    """Return the sample in a directory; ``codes`` holds the code lists that name its codes.

    ``parts`` are those that packages declared, unless told otherwise.

    Raises MalformedRecord, MalformedCode, UnknownCode and UnknownUnit.
    """
    parts = dict(PARTS.items()) if parts is None else parts
    _refuse_unread(directory, parts)
    content = json_content(directory / "department.json")
    place = "department.json"
    named = record(Department, content.pop("department", {}), f"{place} department")
    units = tuple(record(Unit, unit, f"{place} units") for unit in content.pop("units", ()))
    head = record(Head, content, place)
    department = replace(named, invented=head.origin == Origin.INVENTED)
    book = replace(
        _book(directory, codes, head, department, units),
        parts={name: part.read(directory) for name, part in parts.items()},
    )
    remarks = json_records(directory / "remarks.json", Remark)
    _refuse_strangers(book)
    return Sample(head, book, Remarks.of(remarks, [unit.code for unit in units]))


def _book(
    directory: Path, codes: Path, head: Head, department: Department, units: tuple[Unit, ...]
) -> BudgetBook:
    lines = tuple(_in_one_spelling(line) for line in csv_records(directory / "lines.csv", Line))
    procurement = csv_records(directory / "procurement.csv", ProcurementItem)
    executions = _executions(directory)
    functions = {line.function for line in lines} | {each.function for each in executions}
    economics = [*(line.economic for line in lines), *(item.economic for item in procurement)]
    return BudgetBook(
        year=head.year,
        scope=Scope.DEPARTMENT,
        department=department,
        units=units,
        catalogue=catalogue(
            codes,
            _day(head.codes_on),
            functions=functions,
            economics={code for code in economics if code},
        ),
        lines=lines,
        estimates=csv_records(directory / "estimates.csv", RevenueEstimate),
        projects=csv_records(directory / "projects.csv", Project),
        events=csv_records(directory / "events.csv", Event),
        procurement=procurement,
        vehicles=csv_records(directory / "vehicles.csv", VehicleCount),
        equipment=csv_records(directory / "equipment.csv", EquipmentCount),
        prior=csv_records(directory / "prior.csv", PriorFigure),
        executions=executions,
        assets_on=head.assets_on,
    )


def _executions(directory: Path) -> tuple[ExecutedFigure, ...]:
    """Return last year's executed figures, none where their file, an optional one, is missing."""
    path = directory / "executions.csv"
    given = csv_records(path, ExecutedFigure) if path.exists() else ()
    return tuple(replace(each, function=parse_code(each.function)) for each in given)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise MalformedRecord(f"department.json codes_on：“{text}”不是日期") from error


def _in_one_spelling(line: Line) -> Line:
    economic = None if line.economic is None else parse_code(line.economic)
    return replace(line, function=parse_code(line.function), economic=economic)


def _refuse_unread(directory: Path, parts: Mapping[str, PartFiles]) -> None:
    read = OWN_FILES.union(*(part.files for part in parts.values()))
    unread = sorted(path.name for path in directory.iterdir() if path.name not in read)
    if unread:
        raise MalformedRecord(f"目录 {directory.name} 中有不认识的文件：{'、'.join(unread)}")


def _refuse_strangers(book: BudgetBook) -> None:
    """Refuse rows of units and projects that the files do not introduce."""
    units = {unit.code for unit in book.units}
    projects = {project.code for project in book.projects}
    _refuse_others("单位", (line.unit for line in book.lines), units)
    _refuse_others("单位", (project.unit for project in book.projects), units)
    _refuse_others("单位", (figure.unit for figure in book.prior if figure.unit), units)
    _refuse_others("单位", (figure.unit for figure in book.executions), units)
    _refuse_others("项目", (line.project for line in book.lines if line.project), projects)


def _refuse_others(what: str, named: Iterable[str], known: set[str]) -> None:
    strangers = sorted(set(named) - known)
    if strangers:
        raise MalformedRecord(f"没有编码为 {'、'.join(strangers)} 的{what}")
