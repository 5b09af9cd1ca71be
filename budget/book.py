"""The frozen values of one budget, and nothing that computes (except who sees what).

A ``BudgetBook`` is what tables, narrative, charts and rules are functions of. It is made by
``load.py`` from the database or by hand in a test, never changed, and knows nothing of Django.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Protocol, TypeVar, cast

from budget.ledger import Ledger
from budget.lines import SPARSE, Line, RevenueEstimate
from budget.money import ZERO, total
from budget.terms import (
    EquipmentKind,
    EventKind,
    Fund,
    Holding,
    ProcurementKind,
    ProjectCategory,
    ProjectNature,
    Scope,
    UnitType,
    VehicleUse,
)

Part = TypeVar("Part")


class UnknownUnit(LookupError):
    """The book has no unit of that code."""


class UnknownCode(LookupError):
    """The catalogue of the book's date has no such code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department (部门): three digits and a full name.

    ``region`` is the name of the place whose department it is, where documents print it. A document
    of an ``invented`` department says on its cover that it is one.
    """

    code: str
    name: str
    region: str = ""
    invented: bool = field(default=False, metadata=SPARSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A budget unit (预算单位).

    ``is_head`` marks the 本级. ``offices`` are its 内设机构 in official order. A unit that is
    ``merged`` has no budget of its own (不单列预算，并入本部). ``complete`` says that its part of
    the budget is entered.
    """

    code: str
    name: str
    type: UnitType
    is_head: bool = False
    merged: bool = False
    complete: bool = True
    offices: tuple[str, ...] = ()
    authorised_staff: int | None = None
    actual_staff: int | None = None
    retired_staff: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of a unit; this year's money is in the lines that carry its code.

    ``total_appropriated`` and ``total_other`` are its funds over all its years, in yuan. A project
    that is ``introduced`` is told about in the document: what it is (``overview``), why
    (``basis``), who carries it out (``executor``), how (``plan``), when (``period``), and what this
    year's money is for (``arrangement``).
    """

    code: str
    unit: str
    name: str
    category: ProjectCategory
    purpose: str = ""
    nature: ProjectNature | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    total_appropriated: Decimal | None = None
    total_other: Decimal | None = None
    introduced: bool = False
    overview: str = ""
    basis: str = ""
    executor: str = ""
    plan: str = ""
    period: str = ""
    arrangement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An entry of the register of meetings, training and celebrations, amounts in yuan.

    It states its own 基本支出 and 项目支出, because project lines may carry no economic code.
    """

    unit: str
    sequence: int
    kind: EventKind
    name: str
    content: str
    attendance: int
    basic: Decimal
    project: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcurementItem:
    """A planned government purchase, amounts in yuan.

    ``reserved`` is kept for small and medium firms, ``reserved_small`` of it for small ones.
    """

    unit: str
    sequence: int
    kind: ProcurementKind
    name: str
    amount: Decimal
    project: str | None = None
    economic: str | None = None
    reserved: Decimal = ZERO
    reserved_small: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleCount:
    """How many official vehicles of one use a unit holds or plans."""

    unit: str
    holding: Holding
    use: VehicleUse
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentCount:
    """How many pieces of valuable equipment of one kind a unit holds or plans."""

    unit: str
    holding: Holding
    kind: EquipmentKind
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorFigure:
    """Last year's approved amount of one measure, in yuan.

    ``unit`` is None for a figure of the whole department. ``precision`` is the grain, in yuan, to
    which the figure is known; ``origin`` says in Chinese where it was read.
    """

    measure: str
    amount: Decimal
    precision: Decimal
    origin: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutedFigure:
    """What a unit spent last year of appropriated money under one function code, in yuan.

    An executed figure is no budget figure: the two are never compared with each other's words.
    """

    unit: str
    function: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name that a code had before the book's date, and the one that it got for it."""

    code: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Names of codes as of the book's date: all 类, and every code in use with those above it.

    ``funds`` says to which budget a function code belongs; a 类 may hold 款 of another budget.
    ``divided`` are the 款 in use that have 项 of their own, so that no money may stand on them.
    Both are None where the lists that the names were read from do not tell. ``renamings`` are those
    that had happened by then, of codes in use or not; empty where no list of them was read.
    """

    function: Mapping[str, str]
    economic: Mapping[str, str]
    funds: Mapping[str, Fund] | None = None
    divided: tuple[str, ...] | None = None
    renamings: tuple[Renaming, ...] = ()

    def function_name(self, code: str) -> str:
        """Return a function code's name. Raises UnknownCode."""
        return _named(self.function, code, "功能分类")

    def economic_name(self, code: str) -> str:
        """Return a departmental economic code's name. Raises UnknownCode."""
        return _named(self.economic, code, "部门经济分类")


def _named(names: Mapping[str, str], code: str, scheme: str) -> str:
    if code not in names:
        raise UnknownCode(f"{scheme}科目 {code} 在本预算适用的科目表中不存在")
    return names[code]


@dataclass(frozen=True, kw_only=True)
class BudgetBook:
    """All that one document is made from, seen at one scope.

    ``units`` are in official order. ``assets_on`` is the day to which the register of assets holds,
    None for the end of last year. ``parts`` holds what other packages add, by the name under
    which they registered it (performance adds its goals).
    """

    year: int
    scope: Scope
    department: Department
    units: tuple[Unit, ...]
    catalogue: Catalogue
    lines: tuple[Line, ...]
    estimates: tuple[RevenueEstimate, ...] = ()
    projects: tuple[Project, ...] = ()
    events: tuple[Event, ...] = ()
    procurement: tuple[ProcurementItem, ...] = ()
    vehicles: tuple[VehicleCount, ...] = ()
    equipment: tuple[EquipmentCount, ...] = ()
    prior: tuple[PriorFigure, ...] = ()
    executions: tuple[ExecutedFigure, ...] = ()
    assets_on: date | None = None
    parts: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of whom the document speaks for."""
        return self.department.code if self.scope is Scope.DEPARTMENT else self.units[0].code

    @property
    def name(self) -> str:
        """The full name of whom the document speaks for."""
        return self.department.name if self.scope is Scope.DEPARTMENT else self.units[0].name

    @property
    def budget_units(self) -> tuple[Unit, ...]:
        """The units that have a budget of their own."""
        return tuple(unit for unit in self.units if not unit.merged)

    @cached_property
    def ledger(self) -> Ledger:
        """The lines added up; transfers among this book's units count on neither side."""
        return Ledger(self.lines, {unit.code: unit.type for unit in self.units})

    @cached_property
    def prior_figures(self) -> Mapping[str, PriorFigure]:
        """Last year's figures of this scope by measure; a measure not known is not there."""
        return _prior_of_scope(self)

    def part(self, kind: type[Part], name: str) -> Part:
        """Return what another package added under this name.

        Raises KeyError when the book was made without it, TypeError when it is something else.
        """
        found = self.parts[name]
        if not isinstance(found, kind):
            raise TypeError(f"part {name!r} of the book is a {type(found).__name__}")
        return found

    def seen_by(self, unit_code: str) -> BudgetBook:
        """Return the book of one unit: the same lines, its own only.

        Raises UnknownUnit, also for a unit that is merged and has no budget of its own.
        """
        units = tuple(unit for unit in self.units if unit.code == unit_code)
        if not units:
            raise UnknownUnit(f"部门 {self.department.code} 没有编码为 {unit_code} 的预算单位")
        if units[0].merged:
            raise UnknownUnit(f"{units[0].name}不单列预算，并入本级，没有自己的预算文件")
        return replace(
            self,
            scope=Scope.UNIT,
            units=units,
            lines=_of_unit(self.lines, unit_code),
            estimates=_of_unit(self.estimates, unit_code),
            projects=_of_unit(self.projects, unit_code),
            events=_of_unit(self.events, unit_code),
            procurement=_of_unit(self.procurement, unit_code),
            vehicles=_of_unit(self.vehicles, unit_code),
            equipment=_of_unit(self.equipment, unit_code),
            prior=_prior_of_unit(self, unit_code),
            executions=_of_unit(self.executions, unit_code),
            parts={name: _part_of_unit(part, unit_code) for name, part in self.parts.items()},
        )


class OfUnits(Protocol):
    """A part of the book that can be seen by one unit."""

    def of_unit(self, unit_code: str) -> OfUnits:
        """Return what of the part belongs to the unit."""


class _HasUnit(Protocol):
    @property
    def unit(self) -> str: ...


Owned = TypeVar("Owned", bound=_HasUnit)


def _of_unit(rows: Iterable[Owned], unit_code: str) -> tuple[Owned, ...]:
    return tuple(row for row in rows if row.unit == unit_code)


def _prior_of_unit(book: BudgetBook, unit_code: str) -> tuple[PriorFigure, ...]:
    """The unit's own figures; the only unit of a department also has the department's."""
    alone = len(book.units) == 1
    return tuple(
        replace(figure, unit=unit_code)
        for figure in book.prior
        if figure.unit == unit_code or (alone and figure.unit is None)
    )


def _prior_of_scope(book: BudgetBook) -> dict[str, PriorFigure]:
    """A department's own figures, and the sums of those that each of its units states."""
    if book.scope is Scope.UNIT:
        return {figure.measure: figure for figure in book.prior}
    by_measure: dict[str, list[PriorFigure]] = {}
    for figure in book.prior:
        by_measure.setdefault(figure.measure, []).append(figure)
    everyone = {unit.code for unit in book.budget_units}
    found = {}
    for measure, figures in by_measure.items():
        own = [figure for figure in figures if figure.unit is None]
        if own:
            found[measure] = own[0]
        elif {figure.unit for figure in figures} == everyone:
            found[measure] = _added(figures)
    return found


def _added(figures: list[PriorFigure]) -> PriorFigure:
    return replace(
        figures[0],
        unit=None,
        amount=total(figure.amount for figure in figures),
        precision=max(figure.precision for figure in figures),
        origin="；".join(dict.fromkeys(figure.origin for figure in figures)),
    )


def _part_of_unit(part: object, unit_code: str) -> object:
    return cast(OfUnits, part).of_unit(unit_code)
