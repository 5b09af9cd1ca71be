"""Entry workbooks in tests: downloaded, changed by hand, sent back."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from budget.imports.xlsx.refusal import UnreadableWorkbook
from budget.money import YUAN
from budget.sheets.changes import Answer
from budget.sheets.planning import Mine, plan
from budget.sheets.plans import Plan, RowPlan, SheetPlan
from budget.sheets.spec import SHEETS
from budget.terms import BatchKind
from budget.tests.filling import Accountant
from budget.tests.pasting import confirmed, offered
from budget.workbook.layout import HEAD
from budget.workbook.opening import opened
from budget.workbook.reading import returned
from budget.workbook.writing import workbook

ByHand = Callable[[Workbook], None]


def downloaded(accountant: Accountant, *, empty: bool = False) -> bytes:
    """Return the workbook of the accountant's part."""
    return workbook(accountant.part, empty=empty)


def edited(content: bytes, *changes: ByHand) -> bytes:
    """Return a workbook after changes by hand."""
    book = load_workbook(io.BytesIO(content))
    for change in changes:
        change(book)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def page(book: Workbook, sheet: str) -> Worksheet:
    """Return the page of a sheet by its code."""
    found: Worksheet = book[SHEETS[sheet].title]
    return found


def column(page: Worksheet, title: str) -> int:
    """Return the number of the column under a heading, without what stands beside the title."""
    for cell in page[HEAD]:
        if str(cell.value or "").rstrip("*").removesuffix("（元）") == title:
            return int(cell.column or 0)
    raise AssertionError(f"no column {title}")


def put(sheet: str, row: int, **cells: Any) -> ByHand:
    """Return the change that fills cells of a row by column; rows count from 1 below the head."""

    def change(book: Workbook) -> None:
        at = page(book, sheet)
        for name, value in cells.items():
            title = SHEETS[sheet].by_key[name].title if name != "remove" else "删除"
            at.cell(HEAD + row, column(at, title)).value = value

    return change


def planned(accountant: Accountant, content: bytes, name: str = "") -> Plan:
    """Return what a workbook would do."""
    part = accountant.part
    back = returned(opened(content, name), part)
    return plan(accountant.part, back.given, YUAN, notes=back.notes)


def refusal(accountant: Accountant, content: bytes, name: str = "") -> str:
    """Return why a workbook is refused; one that is read fails the test."""
    try:
        planned(accountant, content, name)
    except UnreadableWorkbook as error:
        return str(error)
    raise AssertionError("the workbook was read")


def imported(accountant: Accountant, content: bytes, mine: Mine = ()) -> list[Answer]:
    """Plan and confirm a workbook."""
    shown = planned(accountant, content)
    return confirmed(accountant, offered(accountant, shown, BatchKind.WORKBOOK), mine)


def of_sheet(shown: Plan, sheet: str) -> SheetPlan:
    """Return what would become of one sheet."""
    [found] = [each for each in shown.sheets if each.spec.code == sheet]
    return found


def told(shown: Plan) -> dict[str, list[RowPlan]]:
    """Return the rows that do not simply stay, by sheet."""
    return {each.spec.code: list(each.told) for each in shown.sheets if each.told}


def saved_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """Return a workbook as LibreOffice saves it."""
    given, out = folder / "given.xlsx", folder / "out"
    given.write_bytes(content)
    home = f"-env:UserInstallation=file://{folder}/home"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = ["soffice", home, "--headless", "--convert-to", kind, "--outdir", str(out)]
    subprocess.run([*command, str(given)], check=True, capture_output=True, timeout=240)
    return (out / "given.xlsx").read_bytes()
