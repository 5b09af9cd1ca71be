"""Every spelling of the table, by paste and by workbook: read as the table says, or refused."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from budget.money import WAN, YUAN
from budget.sheets.pasting import Anchor, pasted
from budget.sheets.planning import plan
from budget.sheets.plans import RowPlan, Verdict
from budget.sheets.spec import SHEETS
from budget.sheets.texts import Texts
from budget.tests.entry_workbooks import downloaded, edited, page, planned, told
from budget.tests.filling import Accountant, an_accountant
from budget.tests.pasting import reasons
from budget.tests.spelled import SPELLINGS, Spelling
from budget.workbook.layout import HEAD

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

AMOUNTS = [each for each in SPELLINGS if each.kind == "amount"]
COUNTS = [each for each in SPELLINGS if each.kind == "count"]
DAYS = [each for each in SPELLINGS if each.kind == "day"]
IN_A_CELL = re.compile(r"[\t\r\n]")
UNITS = {unit.label: unit for unit in (YUAN, WAN)}


@pytest.fixture
def accountant() -> Accountant:
    return an_accountant()


def value_of(accountant: Accountant, row: RowPlan, sheet: str, field: str) -> str:
    """Return the exact text that is read from a cell of a row that would be taken."""
    texts = Texts(accountant.part, accountant.money)
    return texts.exact(SHEETS[sheet], SHEETS[sheet].by_key[field], row.texts.get(field, ""))


def shown(spelling: Spelling) -> str:
    """Return the value of the table as cells show it."""
    return f"{Decimal(spelling.value):,.2f}" if spelling.value else ""


def judged(accountant: Accountant, row: RowPlan, spelling: Spelling) -> None:
    """Hold one row to the table: its amount is the table's, or it is rejected for the reason."""
    if spelling.reason:
        assert row.verdict is Verdict.REJECTED
        assert spelling.reason in reasons(row)["amount"]
    elif not spelling.value:
        # Nothing is meant, and an amount must be there: refused, and never zero.
        assert reasons(row) == {"amount": "请填写金额"}
    else:
        assert row.verdict is Verdict.NEW
        assert value_of(accountant, row, "basic", "amount") == shown(spelling)


def test_the_table_is_long_enough() -> None:
    assert len(AMOUNTS) >= 60


@pytest.mark.parametrize("spelling", AMOUNTS, ids=str)
def test_pasted(accountant: Accountant, spelling: Spelling) -> None:
    accountant.money = UNITS[spelling.unit]
    typed = f'"{spelling.typed}"' if IN_A_CELL.search(spelling.typed) else spelling.typed
    part, spec = accountant.part, SHEETS["basic"]
    given = pasted(spec, part, f"2010301\t30101\t{typed}\r\n", Anchor(), accountant.money)
    [sheet] = plan(part, [given], accountant.money).sheets
    judged(accountant, sheet.rows[0], spelling)


def test_in_a_workbook_as_texts(accountant: Accountant) -> None:
    spelled = [each for each in AMOUNTS if each.unit == "元" and is_storable(each.typed)]
    assert len(spelled) >= 60

    def change(book: Workbook) -> None:
        basic = page(book, "basic")
        for row, spelling in enumerate(spelled, start=HEAD + 1):
            for number, text in enumerate(("2010301", "30101", spelling.typed), start=2):
                basic.cell(row, number).value = text
                basic.cell(row, number).data_type = "s"

    rows = told(planned(accountant, edited(downloaded(accountant), change)))["basic"]
    assert len(rows) == len(spelled)
    for row, spelling in zip(rows, spelled, strict=True):
        judged(accountant, row, spelling)


def is_storable(text: str) -> bool:
    """True where a cell of a workbook can hold a text."""
    try:
        Workbook().worksheets[0]["A1"].value = text
    except IllegalCharacterError:
        return False
    return True


def test_counts_and_days_in_a_workbook(accountant: Accountant) -> None:
    counts = [each for each in COUNTS if is_storable(each.typed)]
    days = [each for each in DAYS if is_storable(each.typed)]

    def change(book: Workbook) -> None:
        vehicles, projects = page(book, "events"), page(book, "projects")
        for row, spelling in enumerate(counts, start=HEAD + 1):
            texts = ((2, "会议"), (3, f"会{row}"), (5, spelling.typed), (6, "1"), (7, "0"))
            for number, text in texts:
                vehicles.cell(row, number).value = text
                vehicles.cell(row, number).data_type = "s"
        for row, spelling in enumerate(days, start=HEAD + 1):
            for number, text in ((2, f"P{row}"), (3, "项目"), (7, spelling.typed)):
                projects.cell(row, number).value = text
                projects.cell(row, number).data_type = "s"

    by_sheet = told(planned(accountant, edited(downloaded(accountant), change)))
    for row, spelling in zip(by_sheet["events"], counts, strict=True):
        if spelling.reason:
            assert spelling.reason in reasons(row)["attendance"]
        elif spelling.value:
            assert value_of(accountant, row, "events", "attendance") == spelling.value
        else:
            assert reasons(row) == {"attendance": "请填写人数"}
    for row, spelling in zip(by_sheet["projects"], days, strict=True):
        if spelling.reason:
            assert spelling.reason in reasons(row)["starts_on"]
        else:
            assert value_of(accountant, row, "projects", "starts_on") == spelling.value


LEADS = ("=", "+", "-", "@", "\t=", "\n=", "＝", "＋", "=cmd|' /C calc'!A0", "%=", '"=', "'=")


@pytest.mark.parametrize("lead", LEADS)
def test_no_lead_makes_a_formula_of_a_text(accountant: Accountant, lead: str) -> None:
    text = f"{lead}HYPERLINK(1)"
    accountant.new("projects", code="P1", name=text)
    content = downloaded(accountant)
    [cell] = [each for each in told_cells(content) if each[0] == "项目" and "HYPERLINK" in each[1]]
    assert cell == ("项目", text.strip(), "s")
    assert told(planned(accountant, content)) == {}


def told_cells(content: bytes) -> list[tuple[str, str, str]]:
    """Return the page, text and type of each cell of a workbook."""
    return [
        (sheet.title, str(cell.value), cell.data_type)
        for sheet in load_workbook(BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
