"""The workbook, read back by another program than the one that wrote it."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from budget.document import CellKind, Column, Disclosure, Table
from budget.render.errors import RenderError
from budget.render.xlsx import render
from budget.tests.printed import (
    COLUMNS,
    a_printed_document,
    a_printed_table,
    amount,
    code,
    head_cell,
    word,
)

ROOT = Path(__file__).resolve().parents[2]


def a_table() -> Table:
    return a_printed_table(
        (code(""), word("合计"), amount("1,561.09")),
        (code("201"), word("一般公共服务支出"), amount("-9.95")),
        (code("03"), word("政府办公厅（室）及相关机构事务"), amount("")),
    )


def content(document: Disclosure, tables: tuple[Table, ...] | None = None) -> bytes:
    [written] = render(document, tables).values()
    return written


def workbook(*tables: Table) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content(a_printed_document(*tables))))


def sheet(table: Table) -> Worksheet:
    return workbook(table).worksheets[0]


def sheet_source(table: Table, number: int = 1) -> str:
    with zipfile.ZipFile(io.BytesIO(content(a_printed_document(table)))) as archive:
        return archive.read(f"xl/worksheets/sheet{number}.xml").decode()


def test_the_file_is_named_after_code_and_year() -> None:
    assert list(render(a_printed_document(a_table()))) == ["157-2023.xlsx"]


def test_one_table_alone_is_a_workbook_of_its_own() -> None:
    other = a_printed_table(number=4, code="other", contents_title="别的表")
    document = a_printed_document(other, a_table())
    [(name, written)] = render(document, (a_table(),)).items()
    assert name == "157-2023-03-spending.xlsx"
    names = openpyxl.load_workbook(io.BytesIO(written)).sheetnames
    assert names == ["3 部门支出总表", "3(元) 部门支出总表"]


def test_each_table_is_a_sheet_and_those_with_amounts_again_in_yuan() -> None:
    texts = a_printed_table(
        (code("1"), word("目标"), amount("")), number=9, contents_title="绩效目标表"
    )
    assert workbook(a_table(), texts).sheetnames == [
        "3 部门支出总表",
        "9 绩效目标表",
        "3(元) 部门支出总表",
    ]


def test_a_table_in_yuan_is_not_repeated() -> None:
    table = a_printed_table((code(""), word("合计"), amount("5.00")), unit="元", unit_exponent=0)
    assert workbook(table).sheetnames == ["3 部门支出总表"]


def test_above_the_table_stand_title_subject_and_unit() -> None:
    page = sheet(a_table())
    assert page["A1"].value == "2023年部门支出总体情况表"
    assert page["A2"].value == "部门名称：某单位"
    assert page["C2"].value == "单位：万元"
    assert page["C2"].alignment.horizontal == "right"


def test_heads_are_merged_as_printed() -> None:
    page = sheet(a_table())
    merged = {str(wide) for wide in page.merged_cells.ranges}
    # title A1:C1, subject A2:B2, 科目 over two columns, 总计 over two rows, note in row 8
    assert merged == {"A1:C1", "A2:B2", "A3:B3", "C3:C4", "A8:C8"}
    assert [page[place].value for place in ("A3", "C3", "A4", "B4")] == [
        "科目",
        "总计",
        "编码",
        "名称",
    ]


def test_amounts_are_numbers_that_read_as_printed() -> None:
    cell = sheet(a_table())["C5"]
    assert (cell.data_type, Decimal(str(cell.value))) == ("n", Decimal("1561.09"))
    assert cell.number_format == "#,##0.00"


def test_amounts_are_spelled_digit_by_digit() -> None:
    # 9.95 goes through "%.16g" as 9.949999999999999.
    assert "<v>-9.95</v>" in sheet_source(a_table())


def test_an_ungrouped_number_has_an_ungrouped_format() -> None:
    cell = sheet(a_printed_table((code(""), word("分值"), amount("1561"))))["C5"]
    assert (cell.value, cell.number_format) == (1561, "0")


def test_a_blank_amount_stays_blank() -> None:
    assert sheet(a_table())["C7"].value is None


def test_codes_are_text_with_their_zeros() -> None:
    cell = sheet(a_table())["A7"]
    assert (cell.data_type, cell.value, cell.number_format) == ("s", "03", "@")


def test_the_note_stands_below() -> None:
    assert sheet(a_table())["A8"].value == "注：本表反映部门本年度各项支出情况。"


def test_in_yuan_the_point_moves_and_nothing_else() -> None:
    page = workbook(a_table()).worksheets[1]
    assert page["C2"].value == "单位：元"
    # 1,561.09 万元 = 15,610,900.00 元; -9.95 万元 = -99,500.00 元
    assert [page[place].value for place in ("C5", "C6", "C7")] == [15610900, -99500, None]
    assert page["C5"].number_format == "#,##0.00"
    assert "不含比所印数字更细的金额" in page["A8"].value


def test_tall_cells_are_merged_and_what_they_cover_is_empty() -> None:
    table = a_printed_table(
        (code(""), word("合计"), amount("7.00")),
        (code("a"), word("项目甲", rowspan=2), amount("7.00", rowspan=2)),
        (code("b"), word("项目甲", rowspan=0), amount("7.00", rowspan=0)),
    )
    page = sheet(table)
    merged = {str(wide) for wide in page.merged_cells.ranges}
    assert {"B6:B7", "C6:C7"} <= merged
    source = sheet_source(table)
    assert source.count("项目甲") == 1
    assert source.count("<v>7.00</v>") == 2  # 合计 and 项目甲, not the covered place


def test_a_long_text_in_a_tall_cell_gets_its_height_from_the_rows_it_covers() -> None:
    # 部门名称列 30 of 54 wide on 84 digits: 46 digits, 22 hanzi a line.
    # 440 hanzi = 880 digits / 44 = 20 lines of 15 points + 6 = 306 points over two rows.
    table = a_printed_table(
        (code("a"), word("绩" * 440, rowspan=2), amount("1.00")),
        (code("b"), word("绩" * 440, rowspan=0), amount("1.00")),
    )
    page = sheet(table)
    heights = [page.row_dimensions[number].height for number in (5, 6)]
    assert sum(heights) >= 306
    assert max(heights) <= 160


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "＝1",
        '=HYPERLINK("http://x","y")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_text_never_becomes_a_formula(text: str) -> None:
    table = a_printed_table((code(text), word(text), amount("1.00")), subject=text, note=text)
    page = sheet(table)
    assert (page["B5"].value, page["B5"].data_type) == (text, "s")
    assert not re.search(r"<f[ />]", sheet_source(table))


def test_marks_of_xml_and_of_escapes_are_kept_as_they_are() -> None:
    table = a_printed_table((code("1"), word('甲<&>"乙 _x0041_'), amount("1.00")))
    source = sheet_source(table)
    assert '甲&lt;&amp;&gt;"乙 _x005F_x0041_' in source


def test_a_control_character_is_refused_with_its_place() -> None:
    with pytest.raises(RenderError, match=r"第3表 B5 的文字含有不可见的控制字符"):
        content(a_printed_document(a_printed_table((code("1"), word("甲\x07"), amount("1.00")))))


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    longest, longer = "长" * 32_767, "长" * 32_768
    assert sheet(a_printed_table((code("1"), word(longest), amount(""))))["B5"].value == longest
    with pytest.raises(RenderError, match=r"超过 32,767 个字符"):
        sheet(a_printed_table((code("1"), word(longer), amount(""))))


def test_characters_beyond_the_basic_plane_count_twice_as_in_excel() -> None:
    with pytest.raises(RenderError, match=r"超过 32,767 个字符"):
        sheet(a_printed_table((code("1"), word("𠮷" * 16_384), amount(""))))


def test_more_digits_than_excel_keeps_are_refused() -> None:
    with pytest.raises(RenderError, match="超过 15 位有效数字"):
        sheet(a_printed_table((code("1"), word("甲"), amount("12,345,678,901,234.56"))))


def test_zeros_at_the_end_are_no_digits_to_lose() -> None:
    # 2,000,000,000.00 万元 = 20,000,000,000,000.00 元: 16 digits, one that counts
    page = workbook(a_printed_table((code("1"), word("甲"), amount("2,000,000,000.00"))))
    assert page.worksheets[1]["C5"].value == 20_000_000_000_000


def test_the_largest_amount_in_yuan_is_kept_exactly() -> None:
    table = a_printed_table(
        (code("1"), word("甲"), amount("9,999,999,999,999.99")), unit="元", unit_exponent=0
    )
    assert "<v>9999999999999.99</v>" in sheet_source(table)


def test_a_text_that_is_not_its_number_is_refused() -> None:
    wrong = replace(amount("1.00"), value=Decimal("2.00"))
    with pytest.raises(RenderError, match=r"所印“1\.00”与其数值 2\.00 不一致"):
        sheet(a_printed_table((code("1"), word("甲"), wrong)))


def test_sheet_names_keep_within_the_limits_of_excel() -> None:
    title = "一般公共预算[机关]支出:明细/汇总?*\\表" + "长" * 30
    [name] = workbook(a_printed_table(contents_title=title)).sheetnames
    assert len(name) == 31
    assert not set(name) & set("[]:*?/\\'")
    assert name.startswith("3 一般公共预算［机关］支出：明细／汇总？＊＼表")


def test_an_apostrophe_in_a_sheet_name_leaves_the_print_titles_whole() -> None:
    page = sheet(a_printed_table(contents_title="'表'"))
    assert page.title == "3 ’表’"
    assert page.print_title_rows == "$1:$4"


def test_two_sheets_of_one_name_are_refused() -> None:
    with pytest.raises(RenderError, match="工作表名同为“3 部门支出总表”"):
        workbook(a_table(), a_table())


def test_the_sheet_is_ready_to_print() -> None:
    page = sheet(a_table())
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "portrait")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr == PageSetupProperties(fitToPage=True)
    assert page.print_title_rows == "$1:$4"
    assert page.print_options.horizontalCentered
    assert "<oddFooter>&amp;C— &amp;P —</oddFooter>" in sheet_source(a_table())
    assert page.freeze_panes == "A5"


def test_a_wide_table_is_printed_across() -> None:
    assert sheet(a_printed_table(landscape=True)).page_setup.orientation == "landscape"


def test_columns_share_the_page_by_their_widths() -> None:
    page = sheet(a_table())
    # 84 digits for 10 + 30 + 14 = 54
    assert [page.column_dimensions[letter].width for letter in "ABC"] == [15, 46, 21]


def test_a_column_has_room_for_its_longest_number_and_code() -> None:
    columns = tuple(
        replace(column, width=width) for column, width in zip(COLUMNS, (1, 98, 1), strict=True)
    )
    table = a_printed_table(
        (code("157001-01"), word("甲"), amount("1,234,567.89")), columns=columns
    )
    page = sheet(table)
    # 9 and 12 characters, and 2 for the margins
    assert [page.column_dimensions[letter].width for letter in "AC"] == [11, 14]


def test_the_unit_has_room_in_a_table_of_narrow_columns() -> None:
    # Eight columns share 84 digits, 10 each; 单位 takes the last two.
    columns = tuple(Column(f"c{n}", (f"列{n}",), CellKind.TEXT, 1) for n in range(8))
    head = (tuple(head_cell(f"列{n}") for n in range(8)),)
    assert sheet(a_printed_table(columns=columns, head=head))["G2"].value == "单位：万元"


def test_beside_a_single_column_the_unit_stands_outside() -> None:
    page = sheet(a_printed_table(columns=COLUMNS[:1], head=((head_cell("编码"),),)))
    assert (page["A2"].value, page["B2"].value) == ("部门名称：某单位", "单位：万元")


def test_properties_say_what_and_whose_it_is_with_a_fixed_date() -> None:
    properties = workbook(a_table()).properties
    assert properties.title == "某单位2023年部门预算公开"
    assert properties.creator == "某单位"
    assert str(properties.created) == str(properties.modified) == "2023-01-01 00:00:00"


@pytest.mark.parametrize("before", ["", "import sys; sys.modules['lxml'] = None"])
def test_another_process_writes_the_same_bytes(before: str) -> None:
    # openpyxl uses lxml where it is installed, and writes other bytes with it.
    program = (
        f"{before}\n"
        "import hashlib\n"
        "from budget.tests.test_render_xlsx import a_printed_document, a_table, content\n"
        "print(hashlib.sha256(content(a_printed_document(a_table()))).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "budget.config.settings"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {hashlib.sha256(content(a_printed_document(a_table()))).hexdigest()}


def test_lxml_is_left_aside_wherever_it_is_installed() -> None:
    assert openpyxl.LXML is False


def test_a_later_day_writes_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    today = content(a_printed_document(a_table()))
    monkeypatch.setattr(time, "time", lambda: 4_102_444_800.0)  # 2100-01-01
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(4_102_444_800))
    assert content(a_printed_document(a_table())) == today


def test_codes_of_digits_get_no_mark_of_a_number_stored_as_text() -> None:
    source = sheet_source(a_table())
    assert source.endswith('numberStoredAsText="1"/></ignoredErrors></worksheet>')


def test_a_document_of_no_tables_is_refused() -> None:
    with pytest.raises(RenderError, match="没有表"):
        content(a_printed_document())


@pytest.mark.parametrize("text", ["#N/A", "  ", " 甲 ", "1561.09", "2023-01-01", "TRUE"])
def test_a_text_stays_what_it_is(text: str) -> None:
    cell = sheet(a_printed_table((code("1"), word(text), amount("1.00"))))["B5"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_no_clock_is_in_the_container() -> None:
    with zipfile.ZipFile(io.BytesIO(content(a_printed_document(a_table())))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
