"""全部明细: every line once, what was asked for beside what was granted, and nothing executable."""

from __future__ import annotations

import time
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from budget.models import (
    AuditEntry,
    BudgetYear,
    DepartmentBudget,
    EconomicMapping,
    GrantedAmount,
    SpendingLine,
)
from budget.roles import Role
from budget.terms import Nature, State, UnitScope, UnitType
from budget.tests.filling import code_lists
from budget.tests.people import a_person, signed_in, someone_with
from budget.tests.stored import YEAR, a_budget, a_line, a_project, a_unit, line_values

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
LINES = f"/review/lines/{YEAR}.xlsx"


@pytest.fixture
def budget() -> DepartmentBudget:
    code_lists()
    unit = a_unit(is_head=True, name="=cmd|' /C calc'!A0")
    made = a_budget(unit, state=State.REVIEWED)
    project = a_project(made, unit)
    a_line(made, unit, amount=Decimal("9007199254740.99"))
    a_line(
        made,
        unit,
        sequence=2,
        nature=Nature.PROJECT,
        upkeep=None,
        economic=None,
        project=project,
        function="2010302",
        amount=Decimal("50.00"),
    )
    GrantedAmount.objects.create(
        budget=made,
        unit=unit,
        row="line:2",
        what="project||2010302||P1|general_public|0|||",
        requested=Decimal("50.00"),
        amount=Decimal("40.00"),
        reason="压减",
        by=a_person("cutter"),
    )
    EconomicMapping.objects.create(
        department_code="30101", government_code="50101", unit_scope=UnitScope.AGENCY
    )
    BudgetYear.objects.update(edition="changsha-2023")
    return made


@pytest.fixture
def bureau() -> Client:
    return signed_in(someone_with(Role.BUDGET_REVIEWER))


def rows(client: Client) -> tuple[str, list[dict[str, Any]]]:
    """Return what the first row says, and each line by its heads."""
    content = b"".join(client.get(LINES).streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    first, heads, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return str(first[0]), [dict(zip(map(str, heads), line, strict=True)) for line in lines]


@pytest.mark.usefixtures("budget")
def test_each_line_is_a_row_with_all_that_tells_it_apart(bureau: Client) -> None:
    told, [wages, works] = rows(bureau)
    assert told.startswith("内部资料，不得外传。1个部门")
    assert (wages["部门编码"], wages["单位编码"], wages["单位类型"]) == (
        "801",
        "801001",
        "行政单位",
    )
    assert (wages["支出性质"], wages["人员公用"]) == ("基本支出", "人员经费")
    assert (wages["功能科目"], wages["功能科目名称"]) == ("2010301", "行政运行")
    assert (wages["部门经济科目"], wages["政府经济科目"]) == ("30101", "50101")
    assert (works["项目编码"], works["政府经济科目"]) == ("P1", None)
    assert (works["轮次"], works["版本"], works["状态"]) == ("二上", 1, "预算科审核中")


@pytest.mark.usefixtures("budget")
def test_what_was_asked_for_stands_beside_what_was_granted(bureau: Client) -> None:
    _, [wages, works] = rows(bureau)
    assert (works["申报数（元）"], works["核定数（元）"], works["计入数（元）"]) == (50, 40, 40)
    assert (wages["核定数（元）"], wages["计入数（元）"]) == (None, 9007199254740.99)


def test_a_grant_for_another_amount_grants_nothing(
    budget: DepartmentBudget, bureau: Client
) -> None:
    SpendingLine.objects.filter(budget=budget, sequence=2).update(amount=Decimal("60.00"))
    _, [_, works] = rows(bureau)
    assert (works["核定数（元）"], works["计入数（元）"]) == (None, 60)


@pytest.mark.usefixtures("budget")
def test_no_text_is_a_formula_and_large_amounts_are_exact(bureau: Client) -> None:
    content = b"".join(bureau.get(LINES).streaming_content)  # type: ignore[attr-defined]
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert sheet["E3"].value == "=cmd|' /C calc'!A0"
    assert sheet["E3"].data_type == "s"
    assert b"9007199254740.99<" in _inside(content)


def _inside(content: bytes) -> bytes:
    return ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_a_draft_that_one_may_not_read_is_not_in_it_and_is_told(
    budget: DepartmentBudget, bureau: Client
) -> None:
    DepartmentBudget.objects.filter(pk=budget.pk).update(state=State.DRAFT)
    told, lines = rows(bureau)
    assert lines == []
    assert "另有1个部门的预算还在编制或审签，没有列入" in told


@pytest.mark.usefixtures("budget")
def test_a_division_gets_its_own_departments_and_the_export_is_recorded() -> None:
    other = a_unit("802001", is_head=True)
    a_line(a_budget(other, state=State.SIGNED), other)
    reviewer = signed_in(someone_with(Role.DIVISION_REVIEWER, "802"))
    _, lines = rows(reviewer)
    assert [line["单位编码"] for line in lines] == ["802001"]
    [entry] = AuditEntry.objects.filter(act="bureau.export_lines")
    assert entry.subject == str(YEAR)


def many(count: int) -> None:
    """Store so many lines of ten departments."""
    for number in range(810, 820):
        unit = a_unit(f"{number}001", is_head=True, type=UnitType.PUBLIC_SERVICE_ONE)
        budget = a_budget(unit, state=State.REVIEWED)
        SpendingLine.objects.bulk_create(
            SpendingLine(budget=budget, unit=unit, **line_values(sequence=place))
            for place in range(1, count // 10 + 1)
        )


@pytest.mark.usefixtures("budget")
def test_the_number_of_queries_does_not_grow_with_the_lines(bureau: Client) -> None:
    rows(bureau)
    with CaptureQueriesContext(connection) as few:
        rows(bureau)
    many(100)
    with CaptureQueriesContext(connection) as more:
        _, lines = rows(bureau)
    assert len(more) == len(few)
    assert len(lines) == 102


@pytest.mark.long
@pytest.mark.usefixtures("budget")
def test_twenty_thousand_lines_take_ten_seconds_at_most(bureau: Client) -> None:
    many(20_000)
    began, used = time.perf_counter(), time.process_time()
    content = b"".join(bureau.get(LINES).streaming_content)  # type: ignore[attr-defined]
    took, used = time.perf_counter() - began, time.process_time() - used
    print(f"20,000 lines: {took:.1f} s, of it {used:.1f} s at work, {len(content):,} bytes")
    assert used <= 10  # others may be at work on the same machine
