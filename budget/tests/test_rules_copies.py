"""Tables that a workbook holds twice: what differs is found, by both cells, once.

Every workbook here is the sample's own, with its second set of sheets in 元, edited by hand.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from budget.render.findings.view import Item, view
from budget.tests.samples import sample_disclosure
from budget.tests.workbooks import read, report_on, xlsx_of

Change = Callable[[Workbook], None]
SPENDING, SPENDING_IN_YUAN = "3 部门支出总表", "3(元) 部门支出总表"
BASIC, BASIC_IN_YUAN = "6 一般公共预算基本支出表", "6(元) 一般公共预算基本支出表"
GOALS, GOALS_IN_YUAN = "9 项目支出绩效目标表", "9(元) 项目支出绩效目标表"


@cache
def sample_workbook() -> bytes:
    return xlsx_of(sample_disclosure())


def items(content: bytes) -> list[Item]:
    """Return what a report tells of a workbook."""
    found = read(content)
    told = view(report_on(found), found.document, spots=found.spots, copies=found.copies)
    return list(told.items)


@cache
def usual() -> frozenset[tuple[str, str]]:
    """What the sample's own workbook raises."""
    return frozenset((item.code, item.statement) for item in items(sample_workbook()))


def new(change: Change) -> list[Item]:
    """Return what a report tells of the edited workbook and not of the sample's own."""
    book = load_workbook(io.BytesIO(sample_workbook()))
    change(book)
    written = io.BytesIO()
    book.save(written)
    return [
        item for item in items(written.getvalue()) if (item.code, item.statement) not in usual()
    ]


def put(sheet: str, cell: str, value: Any) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def without(sheet: str, row: int) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].delete_rows(row)

    return change


def test_the_samples_own_copies_are_alike() -> None:
    assert not {code for code, _ in usual()} & {"AGR004", "AGR005"}


class TestCells:
    """A cell that was edited in one of two copies."""

    def test_a_cell_edited_in_the_table_is_told_with_its_copy(self) -> None:
        # 行政运行 is 656.38 万元.
        [item] = new(put(SPENDING, "F9", 656.83))
        assert item.code == "AGR004"
        assert {"FOT001", "FOT002"} <= set(item.also)
        assert item.left == "部门支出总表“行政运行”基本支出：656.83万元"
        assert item.right == "部门支出总表（另一份，单位：元）“行政运行”基本支出：6,563,800.00元"
        assert item.difference == "0.45万元"
        assert [place.name.partition("，")[0] for place in item.places[:2]] == [
            f"工作表“{SPENDING}”F9",
            f"工作表“{SPENDING_IN_YUAN}”F9",
        ]
        assert item.fix.endswith("改为 656.38")

    def test_a_cell_edited_in_the_copy_is_told_first_since_sums_bear_the_table_out(self) -> None:
        [item] = new(put(SPENDING_IN_YUAN, "F9", 6568301))
        assert (item.code, item.also) == ("AGR004", ())
        assert item.left.endswith("6,568,301.00元")
        assert item.right.endswith("656.38万元")
        assert item.difference == "4,501.00元"
        assert item.places[0].name.startswith(f"工作表“{SPENDING_IN_YUAN}”F9")

    def test_one_yuan_is_too_much_in_a_copy_that_was_converted(self) -> None:
        [item] = new(put(SPENDING_IN_YUAN, "F9", 6563801))
        assert item.difference == "1.00元"

    def test_words_are_held_too_and_the_unusual_ones_told_first(self) -> None:
        [item] = new(put(SPENDING_IN_YUAN, "D9", "行政运营"))
        assert item.code == "AGR004"
        assert item.left.endswith("：行政运营")
        assert item.right.endswith("：行政运行")
        assert item.difference == ""

    def test_a_name_that_other_tables_contradict_is_told_once(self) -> None:
        assert [item.code for item in new(put(SPENDING, "D9", "行政运营"))] == ["WRD011"]

    def test_an_indicator_edited_in_the_copy_is_told(self) -> None:
        [item] = new(put(GOALS_IN_YUAN, "G7", "做好协调工作"))
        assert item.code == "AGR004"
        assert item.left.endswith("：做好协调、接待联络和服务工作")
        assert item.right.endswith("：做好协调工作")

    def test_a_copy_of_other_amounts_is_one_finding(self) -> None:
        def tenfold(book: Workbook) -> None:
            for row in book[SPENDING_IN_YUAN].iter_rows(min_row=6):
                for cell in row:
                    if isinstance(cell.value, int | float):
                        cell.value = cell.value * 10

        [item] = new(tenfold)
        assert item.code == "AGR004"
        assert "格不同" in item.remark
        assert item.more

    def test_a_title_of_another_year_above_the_copy_is_told(self) -> None:
        def change(book: Workbook) -> None:
            cell = book[SPENDING_IN_YUAN]["A1"]
            cell.value = str(cell.value).replace("2023", "2022")

        [item] = new(change)
        assert item.code == "AGR004"
        assert item.places[0].name.startswith(f"工作表“{SPENDING_IN_YUAN}”A1")

    def test_another_name_above_one_of_them_is_told_there_alone(self) -> None:
        other = "部门名称：长沙市人民政府驻上海联络处"
        [item] = new(put(SPENDING, "A2", other))
        assert (item.code, len(item.places)) == ("HED001", 1)
        [item] = new(put(SPENDING_IN_YUAN, "A2", other))
        assert item.code == "AGR004"
        assert item.places[0].name.startswith(f"工作表“{SPENDING_IN_YUAN}”A2")


class TestRows:
    """A row that was dropped in one of two copies. Row 12 is 职工基本医疗保险缴费, 12.03 万元."""

    def test_a_row_that_the_table_lacks_is_told_once_with_its_sums(self) -> None:
        found = [item for item in new(without(BASIC, 12)) if item.severity.value == "error"]
        [item] = found
        assert item.code == "AGR005"
        assert "FOT002" in item.also
        assert item.left == "一般公共预算基本支出表“职工基本医疗保险缴费”：没有这一行"
        assert item.right.endswith("120,300.00元")
        assert item.places[0].name.startswith(f"工作表“{BASIC}”")
        assert item.places[1].name.startswith(f"工作表“{BASIC_IN_YUAN}”A12")

    def test_a_row_that_the_copy_lacks_is_told_with_the_tables_amount(self) -> None:
        [item] = new(without(BASIC_IN_YUAN, 12))
        assert (item.code, item.also) == ("AGR005", ())
        assert "（另一份，单位：元）“职工基本医疗保险缴费”：没有这一行" in item.left
        assert item.right.endswith("12.03万元")
        assert item.places[1].name.startswith(f"工作表“{BASIC}”A12")

    @pytest.mark.parametrize("row", [9, 12])
    def test_an_indicator_that_the_copy_lacks_shifts_none_below_it(self, row: int) -> None:
        def drop(book: Workbook) -> None:
            sheet = book[GOALS_IN_YUAN]
            merged = [str(each) for each in sheet.merged_cells.ranges]
            for each in merged:  # as a spreadsheet program shortens merged cells
                sheet.unmerge_cells(each)
            sheet.delete_rows(row)

        found = [item for item in new(drop) if item.code.startswith("AGR")]
        [item] = found
        assert item.code == "AGR005"
        assert "没有这一行" in item.left
