"""A book that is stored and loaded again is the same book, whatever it holds."""

from collections.abc import Iterable
from dataclasses import MISSING, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from budget import book as values
from budget.book import BudgetBook, Catalogue
from budget.imports.storing import OtherYear, store
from budget.lines import Line, RevenueEstimate
from budget.load import load_book, load_remarks
from budget.models import DepartmentBudget, EconomicCode, FunctionCode, SpendingLine
from budget.remarks import Remark
from budget.terms import (
    Allotment,
    EquipmentKind,
    EventKind,
    Fund,
    Holding,
    Nature,
    ProcurementKind,
    ProjectCategory,
    ProjectNature,
    Scope,
    Source,
    UnitType,
    Upkeep,
    VehicleUse,
)
from budget.tests.strategies import books

pytestmark = pytest.mark.django_db

DAY = date(2030, 1, 1)
FULL = BudgetBook(
    year=2030,
    scope=Scope.DEPARTMENT,
    department=values.Department(code="801", name="测试局"),
    units=(
        values.Unit(
            code="801002",
            name="测试局机关",
            type=UnitType.ADMINISTRATIVE,
            is_head=True,
            complete=False,
            offices=("办公室",),
            authorised_staff=3,
            actual_staff=2,
            retired_staff=1,
        ),
        values.Unit(code="801001", name="测试站", type=UnitType.BUSINESS, merged=True),
    ),
    catalogue=Catalogue(
        {"201": "类", "20103": "款", "2010301": "项", "2010302": "另一项"},
        {"301": "工资福利支出", "30101": "基本工资"},
        funds=dict.fromkeys(("201", "20103", "2010301", "2010302"), Fund.GENERAL_PUBLIC),
        divided=("20103",),
    ),
    lines=(
        Line(
            unit="801002",
            sequence=1,
            nature=Nature.BASIC,
            upkeep=Upkeep.PERSONNEL,
            function="2010301",
            economic="30101",
            source=Source.GENERAL_PUBLIC,
            allotment=Allotment.NONTAX,
            amount=Decimal("0.01"),
        ),
        Line(
            unit="801002",
            sequence=2,
            nature=Nature.PROJECT,
            project="P1",
            function="2010301",
            source=Source.GRANTS_FROM_SUPERIOR,
            received_from="801001",
            carried_over=True,
            amount=Decimal("-9999999999999.99"),
        ),
        Line(
            unit="801001",
            sequence=1,
            nature=Nature.REMITTANCE_TO_SUPERIOR,
            paid_to="801002",
            function="2010301",
            source=Source.BUSINESS,
            amount=Decimal("9999999999999.99"),
        ),
    ),
    estimates=(
        RevenueEstimate(unit="801002", source=Source.OTHER, amount=Decimal(5)),
        RevenueEstimate(unit="801002", source=Source.OTHER, amount=Decimal(6), carried_over=True),
    ),
    projects=(
        values.Project(
            code="P1",
            unit="801002",
            name="项目",
            category=ProjectCategory.SPECIAL_FUNDS,
            purpose="用途",
            nature=ProjectNature.STAGED,
            starts_on=date(2029, 1, 1),
            ends_on=date(2031, 12, 31),
            total_appropriated=Decimal("7.01"),
            total_other=Decimal("8.02"),
            introduced=True,
            overview="概述",
            basis="依据",
            executor="主体",
            plan="方案",
            period="周期",
            arrangement="安排",
        ),
    ),
    events=(
        values.Event(
            unit="801002",
            sequence=4,
            kind=EventKind.TRAINING,
            name="培训",
            content="内容",
            attendance=9,
            basic=Decimal("1.5"),
            project=Decimal("2.5"),
        ),
    ),
    procurement=(
        values.ProcurementItem(
            unit="801002",
            sequence=1,
            kind=ProcurementKind.WORKS,
            name="修缮",
            amount=Decimal(30),
            project="P1",
            economic="30101",
            reserved=Decimal(20),
            reserved_small=Decimal(10),
        ),
    ),
    vehicles=(
        values.VehicleCount(
            unit="801002", holding=Holding.ADDITION, use=VehicleUse.EMERGENCY, count=1
        ),
    ),
    equipment=(
        values.EquipmentCount(
            unit="801001", holding=Holding.STOCK, kind=EquipmentKind.OVER_1M, count=2
        ),
    ),
    prior=(
        values.PriorFigure(
            measure="revenue_total", amount=Decimal(1), precision=Decimal(100), origin="表"
        ),
        values.PriorFigure(
            measure="revenue_total",
            amount=Decimal(2),
            precision=Decimal(100),
            origin="表",
            unit="801001",
        ),
    ),
    executions=(values.ExecutedFigure(unit="801002", function="2010302", amount=Decimal("3.03")),),
    assets_on=date(2029, 8, 31),
)


NOTHING_ELSE: dict[str, Any] = dict.fromkeys(
    (
        *("estimates", "projects", "events", "procurement", "vehicles"),
        *("equipment", "prior", "executions"),
    ),
    (),
)


def name_codes(catalogue: Catalogue) -> None:
    for code, name in catalogue.function.items():
        FunctionCode.objects.create(code=code, name=name, fund=Fund.GENERAL_PUBLIC)
    for code, name in catalogue.economic.items():
        EconomicCode.objects.create(code=code, name=name)


def stored(book: BudgetBook, remarks: Iterable[Remark] = ()) -> DepartmentBudget:
    return store(book, remarks, edition="test", codes_on=DAY)


def is_left_out(value: Any, name: str) -> bool:
    """Return whether a field holds its default, so that losing it would not be noticed."""
    field = {each.name: each for each in fields(value)}[name]
    default = field.default if field.default_factory is MISSING else field.default_factory()
    return bool(getattr(value, name) == default)


def test_the_book_of_these_tests_uses_every_field_of_every_value() -> None:
    """A field that is added to a book and not to the database fails here or below."""
    whole: list[tuple[Any, ...]] = [
        *(FULL.units, FULL.lines, FULL.estimates, FULL.projects, FULL.events, FULL.procurement),
        *(FULL.vehicles, FULL.equipment, FULL.prior, FULL.executions),
    ]
    for rows in whole:
        for field in fields(rows[0]):
            if field.name == "requested":  # the bureau's, kept beside the lines
                continue
            assert not all(is_left_out(row, field.name) for row in rows), field
    assert {each.name for each in fields(FULL) if is_left_out(FULL, each.name)} == {"parts"}


def test_a_stored_book_comes_back_equal() -> None:
    name_codes(FULL.catalogue)
    stored(FULL)
    assert replace(load_book("801", 2030), parts={}) == FULL


def test_storing_replaces_what_was_there() -> None:
    name_codes(FULL.catalogue)
    first = stored(FULL)
    smaller = replace(
        FULL,
        units=FULL.units[:1],
        lines=FULL.lines[:1],
        equipment=(),
        prior=FULL.prior[:1],
        assets_on=None,
    )
    assert stored(smaller) == first
    assert replace(load_book("801", 2030), parts={}) == smaller


def test_the_budgets_of_others_are_left_alone() -> None:
    name_codes(FULL.catalogue)
    stored(FULL)
    other = replace(
        FULL,
        department=values.Department(code="802", name="另一局"),
        units=(replace(FULL.units[0], code="802001"),),
        lines=(replace(FULL.lines[0], unit="802001"),),
        **NOTHING_ELSE,
    )
    stored(other)
    assert SpendingLine.objects.count() == 4
    assert replace(load_book("801", 2030), parts={}) == FULL


def test_remarks_are_stored_for_whom_they_are() -> None:
    stored(
        FULL,
        [
            Remark(key="mandate", text="部门的"),
            Remark(key="mandate", text="单位的", unit="801001"),
        ],
    )
    assert load_remarks("801", 2030)["mandate"] == "部门的"
    assert load_remarks("801001", 2030)["mandate"] == "单位的"


def test_a_year_of_another_edition_is_refused() -> None:
    stored(FULL)
    with pytest.raises(OtherYear, match="2030年已设定版式 test"):
        store(FULL, (), edition="other", codes_on=DAY)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(book=books(grain=Decimal("0.01")))
def test_every_book_comes_back_equal(db: None, book: BudgetBook) -> None:
    stored(replace(book, parts={}))
    back = load_book(book.code, book.year)
    assert in_one_order(replace(back, catalogue=book.catalogue)) == in_one_order(book)


def in_one_order(book: BudgetBook) -> BudgetBook:
    """Return a book without parts, its rows in an order that says nothing."""
    return replace(
        book,
        lines=tuple(sorted(book.lines, key=str)),
        projects=tuple(sorted(book.projects, key=str)),
        prior=tuple(sorted(book.prior, key=str)),
        parts={},
    )
