"""Any set of units summed in any table, over HTTP: who, which versions, what is told."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from budget.book import BudgetBook
from budget.load import read_book
from budget.load.several import read_ledgers
from budget.models import BudgetYear, DepartmentBudget, UnitBudget
from budget.roles import Role
from budget.terms import Nature, Round, State, UnitType
from budget.tests.filling import code_lists
from budget.tests.people import signed_in, someone_with
from budget.tests.plainly import plain
from budget.tests.stored import YEAR, a_budget, a_line, a_project, a_unit, a_year, passed_on

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]
SUMS = "/review/sums/"


def wan(number: int) -> Decimal:
    return Decimal(number * 10000)


@pytest.fixture
def budgets() -> dict[str, DepartmentBudget]:
    """801: an office with 10 万元 and a school with 5, of which it got 2; 802: 3, still a draft."""
    code_lists()
    office, school = a_unit(is_head=True), a_unit("801002", type=UnitType.PUBLIC_SERVICE_ONE)
    first = a_budget(office, school, state=State.SIGNED)
    a_line(first, office, amount=wan(8))
    a_line(first, school, amount=wan(3))
    passed_on(first, office, school, wan(2), sequence=2)
    other = a_unit("802001", is_head=True)
    second = a_budget(other)
    a_line(second, other, amount=wan(3))
    BudgetYear.objects.update(edition="changsha-2023")
    stored = DepartmentBudget.objects.select_related("department", "year")
    return {each.department_id: each for each in stored}


@pytest.fixture
def bureau() -> Client:
    return signed_in(someone_with(Role.BUDGET_REVIEWER))


def total(client: Client, **wish: str | list[str]) -> str:
    """Return what the page says of the 合计 row of 部门支出总表."""
    data: dict[str, str | list[str]] = {"go": "1", "year": str(YEAR), "table": "spending"}
    page = client.get(SUMS, {**data, **wish})
    assert page.status_code == 200, plain(page)
    words = plain(page)
    return words[words.index("合计 ", words.index("一般公共服务支出") - 60) :].split(" ")[1]


@pytest.mark.usefixtures("budgets")
def test_only_what_one_may_read_is_summed_and_the_rest_is_told(bureau: Client) -> None:
    # 8 + 3 + 2 that the school spends; giving 2 to it is no spending of the whole.
    assert total(bureau) == "13.00"
    words = plain(bureau.get(SUMS, {"go": "1", "year": str(YEAR)}))
    assert "1个部门的预算还在编制或审签，没有计入：测试局" in words


def test_departments_are_added_up(budgets: dict[str, DepartmentBudget], bureau: Client) -> None:
    DepartmentBudget.objects.update(state=State.SIGNED)
    assert total(bureau) == "16.00"
    assert total(bureau, d=["802"]) == "3.00"
    assert total(bureau, d=["801", "802"]) == "16.00"
    assert total(bureau, u=["801002", "802001"]) == "8.00"
    assert len(budgets) == 2


@pytest.mark.usefixtures("budgets")
def test_without_a_year_it_is_the_newest_with_something_to_add_up(bureau: Client) -> None:
    chosen = f'<option value="{YEAR}" selected>'
    a_year(YEAR + 1)
    BudgetYear.objects.update(edition="changsha-2023")
    assert chosen in bureau.get(SUMS).content.decode()
    DepartmentBudget.objects.update(state=State.DRAFT)
    assert chosen not in bureau.get(SUMS).content.decode()


@pytest.mark.usefixtures("budgets")
def test_a_single_unit_has_nothing_eliminated(bureau: Client) -> None:
    # The office alone spends 8 and gives 2 away.
    assert total(bureau, u=["801001"]) == "10.00"
    assert total(bureau, type=UnitType.PUBLIC_SERVICE_ONE.value) == "5.00"


@pytest.mark.usefixtures("budgets")
def test_the_departments_of_a_division_can_be_summed(bureau: Client) -> None:
    DepartmentBudget.objects.update(state=State.SIGNED)
    reviewer = someone_with(Role.DIVISION_REVIEWER, "802")
    assert total(bureau, division=str(reviewer.pk)) == "3.00"
    assert total(signed_in(reviewer)) == "3.00"


def test_a_newer_version_takes_the_place_and_only_approved_ones_can_be_asked_for(
    budgets: dict[str, DepartmentBudget], bureau: Client
) -> None:
    first = budgets["801"]
    DepartmentBudget.objects.filter(pk=first.pk).update(state=State.APPROVED)
    office = first.unit_budgets.get(unit__code="801001").unit
    newer = DepartmentBudget.objects.create(
        department=first.department, year=first.year, version=2, state=State.SIGNED
    )
    UnitBudget.objects.create(budget=newer, unit=office)
    a_line(newer, office, amount=wan(1))
    assert total(bureau) == "1.00"
    assert total(bureau, stage="approved") == "13.00"


def test_what_is_in_force_counts_while_its_correction_is_drafted(
    budgets: dict[str, DepartmentBudget], bureau: Client
) -> None:
    first = budgets["801"]
    DepartmentBudget.objects.filter(pk=first.pk).update(state=State.PUBLISHED)
    office = first.unit_budgets.get(unit__code="801001").unit
    newer = DepartmentBudget.objects.create(department=first.department, year=first.year, version=2)
    UnitBudget.objects.create(budget=newer, unit=office)
    a_line(newer, office, amount=wan(1))
    assert total(bureau) == "13.00"
    assert "第1版，已公开" in plain(bureau.get(SUMS, {"year": str(YEAR)}))
    # Who drafts the correction reads it, and sums it.
    assert total(signed_in(someone_with(Role.DEPARTMENT_FINANCE, "801"))) == "1.00"
    # What was withdrawn is not in force, nor is 一上 once 二上 is there.
    DepartmentBudget.objects.filter(pk=first.pk).update(state=State.WITHDRAWN)
    assert "1个部门的预算还在编制或审签" not in plain(bureau.get(SUMS, {"year": str(YEAR)}))
    assert "2个部门的预算还在编制或审签" in plain(bureau.get(SUMS, {"year": str(YEAR)}))
    DepartmentBudget.objects.filter(pk=first.pk).update(
        state=State.REVIEWED, round=Round.FIRST_SUBMISSION
    )
    assert "2个部门的预算还在编制或审签" in plain(bureau.get(SUMS, {"year": str(YEAR)}))


@pytest.mark.usefixtures("budgets")
def test_the_names_of_reviewers_are_the_bureau_s_own(bureau: Client) -> None:
    someone_with(Role.DIVISION_REVIEWER, "801", "reviewer")
    assert "姓名reviewer" in plain(bureau.get(SUMS))
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "802"))
    page = finance.get(SUMS, {"go": "1", "year": str(YEAR)})
    assert page.status_code == 200
    assert "reviewer" not in plain(page)


@pytest.mark.usefixtures("budgets")
def test_a_departments_finance_office_sums_its_own_units(bureau: Client) -> None:
    finance = signed_in(someone_with(Role.DEPARTMENT_FINANCE, "802"))
    assert total(finance) == "3.00"
    assert finance.get(SUMS, {"go": "1", "year": str(YEAR), "d": "801"}).status_code == 422


@pytest.mark.usefixtures("budgets")
def test_nothing_chosen_is_refused_and_no_such_table_is_not_found(bureau: Client) -> None:
    page = bureau.get(SUMS, {"go": "1", "year": str(YEAR), "d": "999"})
    assert page.status_code == 422
    assert "没有选中任何单位，请放宽条件" in plain(page)
    assert bureau.get(SUMS, {"go": "1", "table": "nothing"}).status_code == 404
    assert bureau.get(f"{SUMS}table.xlsx", {"d": "999"}).status_code == 404


@pytest.mark.usefixtures("budgets")
def test_the_file_holds_the_same_and_says_what_it_is(bureau: Client) -> None:
    answer = bureau.get(f"{SUMS}table.xlsx", {"year": str(YEAR), "table": "spending"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    [row] = [row for row in values if "合计" in row]
    assert 13.0 in [float(value) for value in row if isinstance(value, (int, float))]
    note = str(values[-1][0])
    assert "汇总范围：1个部门，2个单位；阶段：各部门最新的版本；汇总时间：" in note
    assert "内部资料，不得外传" in note


def ledger_of(book: BudgetBook) -> tuple[object, ...]:
    return (book.units, book.lines, book.projects, book.department, book.catalogue)


def test_ledgers_read_together_are_those_read_one_by_one(
    budgets: dict[str, DepartmentBudget],
) -> None:
    unit = budgets["801"].unit_budgets.get(unit__code="801002").unit
    project = a_project(budgets["801"], unit)
    a_line(
        budgets["801"],
        unit,
        sequence=3,
        nature=Nature.PROJECT,
        upkeep=None,
        project=project,
        function="2010302",
    )
    together = read_ledgers(list(budgets.values()))
    for budget, book in zip(budgets.values(), together, strict=True):
        alone = read_book(budget)
        assert ledger_of(book)[:4] == ledger_of(alone)[:4]
        assert dict(alone.catalogue.function).items() <= dict(book.catalogue.function).items()


@pytest.mark.usefixtures("budgets")
def test_the_number_of_queries_does_not_grow_with_departments(bureau: Client) -> None:
    DepartmentBudget.objects.update(state=State.SIGNED)
    bureau.get(SUMS)
    wish = {"go": "1", "year": str(YEAR), "table": "spending"}
    with CaptureQueriesContext(connection) as few:
        bureau.get(SUMS, wish)
    for number in range(803, 809):
        unit = a_unit(f"{number}001", is_head=True)
        a_line(a_budget(unit, state=State.SIGNED), unit, amount=wan(1))
    with CaptureQueriesContext(connection) as many:
        page = bureau.get(SUMS, wish)
    assert len(many) == len(few)
    assert "8个部门，9个单位" in plain(page)
