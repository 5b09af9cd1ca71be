"""Random books stored, downloaded as workbooks, and sent back: nothing differs."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget.book import BudgetBook
from budget.imports.storing import store
from budget.models import DepartmentBudget, EconomicCode, FunctionCode, Project, UnitBudget
from budget.money import YUAN
from budget.sheets.part import Part
from budget.sheets.planning import plan
from budget.sheets.plans import Verdict
from budget.sheets.spec import SheetSpec, sheets_of
from budget.terms import Fund
from budget.tests.entry_workbooks import edited, told
from budget.tests.filling import Accountant, an_accountant
from budget.tests.pasting import confirmed, offered
from budget.tests.storing_samples import stored_sample
from budget.tests.strategies import ECONOMIC_NAMES, FUNCTION_NAMES, books
from budget.workbook.layout import HEAD
from budget.workbook.opening import opened
from budget.workbook.reading import returned
from budget.workbook.writing import workbook

pytestmark = [pytest.mark.one_engine, pytest.mark.long]
DAY = date(2031, 1, 1)
FEN = Decimal("0.01")
FEW = 8
"""A workbook takes long to write and to read."""
WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=40
)


def stored(book: BudgetBook) -> DepartmentBudget:
    """Store a random book with the codes that it may use."""
    for code, name in FUNCTION_NAMES.items():
        FunctionCode.objects.get_or_create(
            code=code, valid_from=DAY, defaults={"name": name, "fund": Fund.GENERAL_PUBLIC}
        )
    for code, name in ECONOMIC_NAMES.items():
        EconomicCode.objects.get_or_create(code=code, valid_from=DAY, defaults={"name": name})
    return store(replace(book, parts={}), (), edition="changsha-2023", codes_on=DAY)


def parts(budget: DepartmentBudget) -> list[Part]:
    """Return the parts of a budget's units."""
    found = UnitBudget.objects.filter(budget=budget).select_related("unit").order_by("unit__code")
    return [Part(budget, each.unit) for each in found]


@settings(
    max_examples=FEW,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(book=books(grain=FEN))
def test_a_workbook_sent_back_untouched_changes_nothing(db: None, book: BudgetBook) -> None:
    for part in parts(stored(book)):
        back = returned(opened(workbook(part)), part)
        shown = plan(Part(part.budget, part.unit), back.given, YUAN, notes=back.notes)
        assert told(shown) == {}
        assert shown.notes == ()
        assert all(sheet.left == 0 for sheet in shown.sheets)


@settings(max_examples=FEW, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=1, max_size=6))
def test_any_text_comes_back_as_it_is(accountant: Accountant, texts: list[str]) -> None:
    Project.objects.all().delete()
    for number, text in enumerate(texts):
        accountant.new("projects", code=f"P{number}", name="项目", purpose=text)
    part = accountant.part
    shown = plan(part, returned(opened(workbook(part)), part).given, YUAN)
    assert told(shown) == {}
    assert sum(sheet.same for sheet in shown.sheets) >= len(texts)


@pytest.fixture
def accountant(db: None) -> Accountant:
    return an_accountant()


@pytest.mark.django_db
def test_the_sample_department_comes_back() -> None:
    for part in parts(stored_sample()):
        back = returned(opened(workbook(part)), part)
        shown = plan(Part(part.budget, part.unit), back.given, YUAN, notes=back.notes)
        assert told(shown) == {}


@pytest.mark.django_db
def test_the_sample_is_entered_from_an_empty_workbook() -> None:
    """Every row of the department typed into an empty workbook, and all of it is there again."""
    [part] = parts(stored_sample())
    filled = load_workbook(io.BytesIO(workbook(part)))
    before = {spec.code: rows_of(part, spec) for spec in growing(part)}
    accountant = Accountant(part.budget, part.unit)
    for spec in reversed(growing(part)):
        for row in spec.store.read(accountant.part):
            accountant.remove(spec.code, row.key)
    emptied = accountant.part
    assert all(rows_of(emptied, spec) == [] for spec in growing(part))

    def typed(book: Workbook) -> None:
        for spec in growing(part):
            copied(filled[spec.title], book[spec.title])

    content = edited(workbook(emptied, empty=True), typed)
    shown = plan(emptied, returned(opened(content), emptied).given, YUAN)
    assert shown.count(Verdict.REJECTED) == 0
    assert shown.count(Verdict.NEW) == sum(map(len, before.values())) >= 60
    confirmed(accountant, offered(accountant, shown))
    after = {spec.code: rows_of(accountant.part, spec) for spec in growing(part)}
    assert after == before


def growing(part: Part) -> list[SheetSpec]:
    """Return the sheets to which rows can be added."""
    return [spec for spec in sheets_of(part.scope) if spec.store.grows]


def copied(old: Worksheet, new: Worksheet) -> None:
    """Type what stands below the head of one page into another, all but the keys."""
    for row in old.iter_rows(min_row=HEAD + 1, min_col=2):
        for cell in row:
            if cell.value is not None:
                new.cell(cell.row, cell.column or 0).value = cell.value
                new.cell(cell.row, cell.column or 0).data_type = cell.data_type


def rows_of(part: Part, spec: SheetSpec) -> list[dict[str, object]]:
    """Return the values of a sheet's rows."""
    return [dict(row.values) for row in spec.store.read(part)]
