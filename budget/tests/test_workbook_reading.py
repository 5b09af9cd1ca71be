"""Workbooks read back: our own to the same document, others' to what they show."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell

from budget.book import BudgetBook
from budget.disclosure import compose
from budget.document import CellKind, Disclosure, Table
from budget.edition import EDITIONS
from budget.imports.sample_files import read_sample
from budget.imports.workbook import UnreadableWorkbook
from budget.tests.samples import (
    CODES,
    DEPARTMENT,
    FIXTURES,
    UNIT,
    declared,
    sample,
    sample_disclosure,
)
from budget.tests.strategies import FEN, HUNDRED_YUAN, REMARKS, books
from budget.tests.workbooks import (
    Change,
    cells,
    changed,
    known,
    put,
    read,
    report_on,
    report_on_tables,
    shown,
    told,
    xlsx_of,
)

pytestmark = pytest.mark.long

known()
REVENUE_TOTAL = "summary/revenue_total/revenue"


def invented(name: str, unit: str | None) -> Disclosure:
    declared()
    found = read_sample(FIXTURES / "sample" / name, CODES)
    book, remarks = found.book, found.remarks
    if unit:
        book, remarks = book.seen_by(unit), remarks.seen_by(unit)
    return compose(book, remarks, EDITIONS[found.head.edition])


def in_national_format() -> Disclosure:
    return compose(sample().book, sample().remarks, EDITIONS["national-2016"])


def assert_same(document: Disclosure) -> None:
    """Hold the document read back to the one that was written, and what rules say of both."""
    back = read(xlsx_of(document), document.edition)
    assert shown(back.document) == shown(document)
    for mine, theirs in zip(document.tables, back.document.tables, strict=True):
        for name in ("number", "title", "subject", "unit", "note", "is_empty", "columns", "head"):
            assert getattr(theirs, name) == getattr(mine, name), (mine.code, name)
        assert len(theirs.footings) == len(mine.footings), mine.code
        assert [row.kind for row in theirs.rows] == [row.kind for row in mine.rows], mine.code
    assert (back.document.year, back.document.name, back.document.scope) == (
        document.year,
        document.name,
        document.scope,
    )
    assert told(report_on(back)) == told(report_on_tables(document))


def shows_zeros_only(table: Table) -> bool:
    """Return whether a table has figures and all that it prints of them are zeros."""
    return not table.is_empty and not any(
        cell.value for cell in table.cells.values() if cell.kind is CellKind.AMOUNT
    )


class TestOurOwn:
    """What we write is read back to the same figures and the same findings."""

    @pytest.mark.parametrize("code", [DEPARTMENT, UNIT])
    def test_the_sample_is_read_back_with_all_its_addresses(self, code: str) -> None:
        document = sample_disclosure(code)
        assert_same(document)
        back = read(xlsx_of(document)).document
        goals = {"project-goals", "overall-goals"}
        for table in document.tables:
            if table.code not in goals:
                theirs = back.tables_by_code[table.code]
                assert theirs.cells == table.cells
                assert theirs.footings == table.footings
                assert {a: c.questions for a, c in theirs.cells.items()} == {
                    a: c.questions for a, c in table.cells.items()
                }

    @pytest.mark.parametrize(
        ("name", "unit"),
        [("501-2026", None), ("501-2026", "501001"), ("502-2026", None), ("502-2026", "502001")],
    )
    def test_a_district_s_document_is_read_back_with_a_sheet_per_project(
        self, name: str, unit: str | None
    ) -> None:
        assert_same(invented(name, unit))

    def test_the_national_format_is_read_back(self) -> None:
        assert_same(in_national_format())

    @pytest.mark.parametrize(
        ("document", "edition"),
        [
            (sample_disclosure, "changsha-2023"),
            (in_national_format, "national-2016"),
            (lambda: invented("501-2026", None), "shanghai-district-2026"),
        ],
    )
    def test_the_edition_is_seen_in_the_workbook(self, document: Any, edition: str) -> None:
        assert read(xlsx_of(document())).edition.code == edition

    @given(book=books(grain=HUNDRED_YUAN))
    @settings(max_examples=15)
    def test_random_documents_are_read_back(self, book: BudgetBook) -> None:
        assert_same(compose(book, REMARKS, EDITIONS["changsha-2023"]))

    @given(book=books(grain=FEN))
    @settings(max_examples=10)
    def test_random_documents_that_were_rounded_are_read_back(self, book: BudgetBook) -> None:
        document = compose(book, REMARKS, EDITIONS["national-2016"])
        # A table of amounts under half a printed unit shows zeros only: it reads as an empty one.
        assume(not any(shows_zeros_only(table) for table in document.tables))
        assert_same(document)

    @pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
    def test_what_libreoffice_saves_is_read_back(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a.xlsx").write_bytes(xlsx_of(sample_disclosure()))
        home = f"-env:UserInstallation=file://{tmp_path}/home"
        subprocess.run(
            ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "out", "in/a.xlsx"],
            cwd=tmp_path,
            check=True,
            capture_output=True,
            timeout=120,
        )
        back = read((tmp_path / "out" / "a.xlsx").read_bytes()).document
        assert shown(back) == shown(sample_disclosure())


def renamed(book: Workbook) -> None:
    for number, sheet in enumerate(book.worksheets):
        sheet.title = f"Sheet{number + 1}"


def as_text(book: Workbook) -> None:
    for cell in cells(book):
        if isinstance(cell.value, (int, float)):
            cell.value, cell.number_format = f" {cell.value:,.2f} ", "@"


def unmerged(book: Workbook) -> None:
    for sheet in book.worksheets:
        for wide in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(wide))


def general(book: Workbook) -> None:
    for cell in cells(book):
        cell.number_format = "General"


def with_blank_rows(book: Workbook) -> None:
    for sheet in book.worksheets[:7]:
        bottom = sheet.max_row
        unmerge = [wide for wide in sheet.merged_cells.ranges if wide.min_row >= bottom]
        for wide in unmerge:
            sheet.unmerge_cells(str(wide))
        sheet.insert_rows(bottom)
        sheet.insert_rows(bottom - 1)


def shuffled(book: Workbook) -> None:
    book.move_sheet(book.worksheets[0], offset=9)


def with_a_cover(book: Workbook) -> None:
    sheet = book.create_sheet("封面", 0)
    sheet["A1"] = "某局部门预算公开表"
    sheet["A2"] = "目录"


def whole_codes(book: Workbook) -> None:
    """Write each code whole into the column of its level, its parents left blank."""
    for number in (2, 3, 5):
        sheet = book.worksheets[number - 1]
        path: list[str] = []
        for row in range(6, sheet.max_row):
            own = [str(sheet.cell(row, column).value or "") for column in (1, 2, 3)]
            if any(own) and own[0][:1] in ("2", ""):
                last = max(place for place in range(3) if own[place])
                path = [own[n] or path[n] for n in range(last + 1)]
                for column in (1, 2, 3):
                    sheet.cell(row, column).value = None
                sheet.cell(row, last + 1).value = "".join(path)


def with_codes_as_numbers(book: Workbook) -> None:
    for cell in cells(book):
        if isinstance(cell.value, str) and cell.value.isdigit() and cell.row > 5:
            cell.value, cell.number_format = int(cell.value), "General"


def amounts(table: Table) -> dict[str, object]:
    return {
        address: cell.value for address, cell in table.cells.items() if cell.kind is CellKind.AMOUNT
    }


class TestOthers:
    """What people do to such files changes nothing of what they state."""

    @pytest.mark.parametrize(
        "change",
        [
            renamed,
            as_text,
            general,
            with_blank_rows,
            shuffled,
            with_a_cover,
            with_codes_as_numbers,
            whole_codes,
            unmerged,
        ],
    )
    def test_the_same_figures_are_read(self, change: Change) -> None:
        mine = sample_disclosure()
        theirs = read(changed(change)).document
        for table in mine.tables:
            assert amounts(theirs.tables_by_code[table.code]) == amounts(table), table.code

    def test_a_dash_is_a_blank(self) -> None:
        blank = "summary/business_revenue/revenue"
        back = read(changed(put(1, "B7", "—"))).document
        assert back.cell(blank).value is None
        assert back.cell(blank).text == ""

    def test_a_number_counts_as_it_is_shown(self) -> None:
        back = read(changed(put(1, "B5", 1561.0949))).document
        assert back.cell("summary/appropriation/revenue").value == Decimal("1561.09")

    def test_a_table_in_yuan_is_read_in_yuan(self) -> None:
        def in_yuan(book: Workbook) -> None:
            sheet = book.worksheets[0]
            for row in sheet.iter_rows(min_row=5):
                for cell in row:
                    if isinstance(cell.value, (int, float)):
                        cell.value = round(cell.value * 10000)
            for row in sheet.iter_rows(max_row=2):
                for cell in row:
                    if cell.value == "单位：万元":
                        cell.value = "金额单位：元"

        table = read(changed(in_yuan)).document.tables_by_code["summary"]
        assert (table.unit, table.unit_exponent) == ("元", 0)
        # 1,561.09 万元 is 15,610,900 元.
        assert table.cells[REVENUE_TOTAL].value == Decimal("15610900.00")

    def test_a_missing_row_of_nothing_is_no_matter(self) -> None:
        def without(book: Workbook) -> None:
            unmerged(book)
            book.worksheets[0].delete_rows(7)

        back = read(changed(without)).document
        assert "summary/business_revenue/revenue" not in back.tables_by_code["summary"].cells
        assert back.cell(REVENUE_TOTAL).value == Decimal("1561.09")

    def test_a_changed_figure_is_found_with_its_cell(self) -> None:
        back = read(changed(put(3, "F7", 700)))
        codes = {found.rule.code for found in report_on(back).found}
        assert codes & {"FOT001", "FOT002", "AGR001"}
        assert back.spots["spending/total/total"].startswith("工作表“3 部门支出总表”")

    def test_a_row_that_fell_out_is_found(self) -> None:
        def without(book: Workbook) -> None:
            unmerged(book)
            sheet = book.worksheets[5]
            [row] = [r for r in range(1, sheet.max_row) if sheet.cell(r, 1).value == "30101"]
            sheet.delete_rows(row)

        codes = {found.rule.code for found in report_on(read(changed(without))).found}
        assert "FOT002" in codes


ANYTHING = st.one_of(
    st.none(),
    st.integers(-(10**16), 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
    st.sampled_from(
        ["合计", "201", "20103", "2010301", "30101", "157001", "一、其他", "产出指标", "—", "100%"]
    ),
)


class TestAnything:
    """Whatever stands in a cell, the workbook is read or refused in words, nothing else."""

    @settings(max_examples=15)
    @given(
        sheet=st.integers(1, 10),
        row=st.integers(1, 40),
        column=st.integers(1, 20),
        value=ANYTHING,
    )
    def test_any_value_in_any_cell(self, sheet: int, row: int, column: int, value: Any) -> None:
        def change(book: Workbook) -> None:
            cell = book.worksheets[sheet - 1].cell(row, column)
            if not isinstance(cell, MergedCell):
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else cell.data_type

        with suppress(UnreadableWorkbook):
            report_on(read(changed(change), "changsha-2023"))
