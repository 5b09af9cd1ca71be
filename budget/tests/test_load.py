"""From the database to a book: what is read, in how many queries, and what is refused."""

import time
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budget import book, models
from budget.book import UnknownUnit
from budget.lines import Line, RevenueEstimate
from budget.load import UnknownDepartment, UnknownYear, load_book, load_remarks
from budget.models import DepartmentBudget, SpendingLine
from budget.terms import (
    Allotment,
    EventKind,
    Fund,
    Holding,
    Nature,
    ProjectCategory,
    Scope,
    Source,
    UnitType,
    Upkeep,
    VehicleUse,
)
from budget.tests.stored import (
    YEAR,
    a_budget,
    a_function,
    a_line,
    a_project,
    a_unit,
    line_values,
)

pytestmark = pytest.mark.django_db


def many_lines(budget: DepartmentBudget, count: int) -> None:
    units = [part.unit for part in budget.unit_budgets.all()]
    SpendingLine.objects.bulk_create(
        SpendingLine(
            budget=budget,
            unit=units[number % len(units)],
            **line_values(sequence=number + 1, amount=Decimal(number)),
        )
        for number in range(count)
    )


def test_a_line_is_read_whole() -> None:
    head, branch = a_unit(), a_unit("801002", type=UnitType.PUBLIC_SERVICE_ONE)
    budget = a_budget(head, branch)
    project = a_project(budget, branch)
    a_line(
        budget,
        branch,
        sequence=7,
        nature=Nature.PROJECT,
        upkeep=None,
        project=project,
        function="201-03-02",
        economic=None,
        source=Source.GRANTS_FROM_SUPERIOR,
        received_from=head,
        carried_over=True,
        amount=Decimal("0.01"),
    )
    a_line(budget, head, allotment=Allotment.REGULAR)
    assert load_book("801", YEAR).lines == (
        Line(
            unit="801001",
            sequence=1,
            nature=Nature.BASIC,
            upkeep=Upkeep.PERSONNEL,
            function="2010301",
            economic="30101",
            source=Source.GENERAL_PUBLIC,
            allotment=Allotment.REGULAR,
            amount=Decimal("100.00"),
        ),
        Line(
            unit="801002",
            sequence=7,
            nature=Nature.PROJECT,
            project="P1",
            function="2010302",
            source=Source.GRANTS_FROM_SUPERIOR,
            received_from="801001",
            carried_over=True,
            amount=Decimal("0.01"),
        ),
    )


def test_words_come_back_as_terms() -> None:
    unit = a_unit()
    a_line(a_budget(unit), unit)
    [line] = load_book("801", YEAR).lines
    assert type(line.nature) is Nature
    assert type(line.source) is Source
    assert type(line.upkeep) is Upkeep


def test_units_stand_in_official_order_with_what_is_known_of_them() -> None:
    last = a_unit("801001", position=2)
    first = a_unit("801002", position=1, is_head=True)
    budget = a_budget(last, first)
    budget.unit_budgets.filter(unit=first).update(complete=True)
    budget.unit_budgets.filter(unit=last).update(offices=["办公室", "财务科"], authorised_staff=9)
    read = load_book("801", YEAR)
    assert [unit.code for unit in read.units] == ["801002", "801001"]
    assert read.units[1] == book.Unit(
        code="801001",
        name="单位801001",
        type=UnitType.ADMINISTRATIVE,
        complete=False,
        offices=("办公室", "财务科"),
        authorised_staff=9,
    )
    assert read.units[0].complete


def test_a_unit_that_takes_no_part_is_not_in_the_book() -> None:
    a_unit("801002")
    a_budget(a_unit())
    assert [unit.code for unit in load_book("801", YEAR).units] == ["801001"]


def test_the_registers_are_read() -> None:
    unit = a_unit()
    budget = a_budget(unit)
    of_unit = {"budget": budget, "unit": unit}
    models.RevenueLine.objects.create(**of_unit, source=Source.OTHER, amount=Decimal("5.5"))
    models.Event.objects.create(
        **of_unit,
        sequence=1,
        kind=EventKind.MEETING,
        name="例会",
        attendance=40,
        basic=3,
        project=0,
    )
    for use in (VehicleUse.OTHER, VehicleUse.MINISTERIAL):
        models.VehicleCount.objects.create(**of_unit, holding=Holding.STOCK, use=use, count=2)
    models.PriorFigure.objects.create(
        **of_unit, measure="revenue_total", amount=7, precision=100, origin="上年公开表"
    )
    read = load_book("801", YEAR)
    assert read.estimates == (
        RevenueEstimate(unit="801001", source=Source.OTHER, amount=Decimal("5.50")),
    )
    assert [(event.name, event.basic) for event in read.events] == [("例会", Decimal(3))]
    assert [count.use for count in read.vehicles] == [VehicleUse.MINISTERIAL, VehicleUse.OTHER]
    [prior] = read.prior
    assert (prior.unit, prior.amount, prior.precision) == ("801001", Decimal(7), Decimal(100))


def test_projects_are_read_with_their_unit() -> None:
    unit = a_unit()
    a_project(a_budget(unit), unit, "P-2")
    assert load_book("801", YEAR).projects == (
        book.Project(code="P-2", unit="801001", name="P-2", category=ProjectCategory.OTHER_PURPOSE),
    )


def test_names_are_those_of_the_book_s_date() -> None:
    unit = a_unit()
    a_line(a_budget(unit), unit)  # codes are taken as of 1 January 2030
    a_function("201", "旧类名", valid_to=date(2029, 12, 31))
    a_function("201", "类名", valid_from=date(2030, 1, 1))
    a_function("20103", "款名")
    a_function("2010301", "项名", valid_from=date(2020, 1, 1))
    a_function("2010302", "没有用到的项")
    a_function("202", "没有用到的类")
    a_function("203", "以后才有的类", valid_from=date(2030, 3, 29))
    a_function("204", "停用的类", is_active=False)
    assert load_book("801", YEAR).catalogue.function == {
        "201": "类名",
        "20103": "款名",
        "2010301": "项名",
        "202": "没有用到的类",
    }


def test_codes_say_their_budget_and_whether_they_are_divided() -> None:
    unit = a_unit()
    a_line(a_budget(unit), unit)
    a_function("201", "类名")
    a_function("20103", "款名", fund=Fund.GOVERNMENT_FUND)
    a_function("2010301", "项名")
    a_function("21901", "没有用到的款")
    catalogue = load_book("801", YEAR).catalogue
    assert catalogue.funds is not None
    assert (catalogue.funds["201"], catalogue.funds["20103"]) == (
        Fund.GENERAL_PUBLIC,
        Fund.GOVERNMENT_FUND,
    )
    assert catalogue.divided == ("20103",)


def test_the_later_of_two_names_counts() -> None:
    a_budget(a_unit())
    a_function("201", "从前")
    a_function("201", "后来", valid_from=date(2025, 1, 1))
    assert load_book("801", YEAR).catalogue.function == {"201": "后来"}


def test_government_codes_do_not_name_departmental_ones() -> None:
    a_budget(a_unit())
    models.EconomicCode.objects.create(scheme="government_economic", code="501", name="政府")
    models.EconomicCode.objects.create(scheme="department_economic", code="301", name="部门")
    assert load_book("801", YEAR).catalogue.economic == {"301": "部门"}


def test_the_code_of_a_unit_gives_the_book_seen_by_it() -> None:
    head, branch = a_unit(), a_unit("801002")
    budget = a_budget(head, branch)
    a_line(budget, head)
    a_line(budget, branch, sequence=2)
    seen = load_book("801002", YEAR)
    assert seen.scope is Scope.UNIT
    assert [line.unit for line in seen.lines] == ["801002"]


def test_the_latest_version_is_read_unless_one_is_named() -> None:
    unit = a_unit()
    for version in (1, 2):
        budget = a_budget(unit, version=version)
        a_line(budget, unit, amount=Decimal(version))
    assert load_book("801", YEAR).lines[0].amount == Decimal(2)
    assert load_book("801", YEAR, version=1).lines[0].amount == Decimal(1)


def test_remarks_are_read_for_whom_they_are_asked() -> None:
    head, branch = a_unit(), a_unit("801002")
    budget = a_budget(head, branch)
    models.Remark.objects.create(budget=budget, key="mandate", text="部门的")
    models.Remark.objects.create(budget=budget, unit=branch, key="mandate", text="单位的")
    assert load_remarks("801", YEAR)["mandate"] == "部门的"
    assert load_remarks("801002", YEAR)["mandate"] == "单位的"
    assert load_remarks("801001", YEAR).get("mandate") is None


@pytest.mark.parametrize(
    ("code", "year", "error", "words"),
    [
        ("802", YEAR, UnknownDepartment, "没有编码为 802 的部门"),
        ("802001", YEAR, UnknownDepartment, "没有编码为 802 的部门"),
        ("801009", YEAR, UnknownUnit, "没有编码为 801009 的预算单位"),
        ("801", 2031, UnknownYear, "部门 801 没有2031年的预算"),
        ("80", YEAR, UnknownDepartment, "“80”不是部门编码"),
        ("8011", YEAR, UnknownDepartment, "“8011”不是部门编码"),
    ],
)
@pytest.mark.parametrize("load", [load_book, load_remarks])
def test_what_is_not_there_is_refused_in_chinese(
    load: object, code: str, year: int, error: type[Exception], words: str
) -> None:
    a_budget(a_unit())
    with pytest.raises(error, match=words):
        load(code, year)  # type: ignore[operator]


def test_a_unit_outside_this_budget_is_refused() -> None:
    a_unit("801002")
    a_budget(a_unit())
    with pytest.raises(UnknownUnit, match="801002"):
        load_book("801002", YEAR)


def test_ten_thousand_lines_take_as_many_queries_as_a_hundred() -> None:
    budget = a_budget(*(a_unit(f"801{number:03}") for number in range(1, 51)))
    many_lines(budget, 100)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert len(load_book("801", YEAR).lines) == 100
    SpendingLine.objects.all().delete()
    many_lines(budget, 10_000)
    with CaptureQueriesContext(connection) as many:
        assert len(load_book("801", YEAR).lines) == 10_000
    assert len(many) == len(few)


def test_ten_thousand_lines_are_read_in_under_six_hundred_milliseconds() -> None:
    budget = a_budget(*(a_unit(f"801{number:03}") for number in range(1, 51)))
    many_lines(budget, 10_000)
    spent = []
    for _ in range(3):
        started = time.process_time()
        load_book("801", YEAR)
        spent.append(time.process_time() - started)
    assert min(spent) < 0.6
