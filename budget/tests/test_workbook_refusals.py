"""Workbooks that are refused: with sheet and cell, in words, and never read as zero."""

from __future__ import annotations

import io
import re
import zipfile
from functools import partial
from typing import Any

import pytest
from openpyxl import Workbook

from budget.imports.xlsx import limits
from budget.tests.workbooks import Change, changed, put, refusal, with_part

pytestmark = pytest.mark.long

FIRST = "xl/worksheets/sheet1.xml"
BLANK_RESULT = re.compile(r"<f>1\+1</f><v ?(/>|></v>)")


def plain() -> bytes:
    return changed(lambda book: None)


def a_zip(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def without(*numbers: int) -> Change:
    def change(book: Workbook) -> None:
        for sheet in [book.worksheets[number - 1] for number in numbers]:
            del book[sheet.title]

    return change


class TestFiles:
    """What is no workbook, or one that would harm."""

    def test_the_sample_s_own_file_is_not_refused(self) -> None:
        with pytest.raises(AssertionError, match="was read"):
            refusal(plain())

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"", "文件不是有效的 XLSX 工作簿"),
            (b"<table></table>", "文件不是有效的 XLSX 工作簿"),
            (a_zip(a=b"1"), "文件不是有效的 XLSX 工作簿"),
            (limits.COMPOUND_FILE + b"\0" * 512, "文件已加密，或是旧的 .xls 格式"),
            (b"\0" * (limits.MOST_BYTES + 1), "文件超过10兆字节"),
        ],
    )
    def test_what_is_no_workbook_is_said_to_be_none(self, content: bytes, words: str) -> None:
        assert refusal(content).startswith(words)

    def test_a_truncated_file_is_refused(self) -> None:
        content = plain()
        assert "文件不是有效的 XLSX 工作簿" in refusal(content[: len(content) // 2])

    def test_damaged_bytes_are_refused(self) -> None:
        content = bytearray(plain())
        with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
            start = archive.getinfo(FIRST).header_offset + 200
        content[start : start + 50] = bytes(50)
        assert "工作簿已损坏" in refusal(bytes(content))

    def test_a_sheet_that_is_no_xml_is_refused(self) -> None:
        assert f"（{FIRST} 已损坏）" in refusal(with_part(plain(), FIRST, lambda xml: xml[:-20]))

    @pytest.mark.parametrize("part", [FIRST, "xl/workbook.xml", "xl/styles.xml"])
    def test_a_document_type_is_refused(self, part: str) -> None:
        def with_entities(xml: str) -> str:
            declared = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
            start = xml.index("?>") + 2 if xml.startswith("<?xml") else 0
            return xml[:start] + declared + xml[start:]

        assert refusal(with_part(plain(), part, with_entities)) == (
            f"工作簿含有不允许的内容（{part} 中的 DOCTYPE）"
        )

    def test_a_bomb_is_refused_before_it_is_unpacked(self) -> None:
        bomb = with_part(plain(), FIRST, lambda xml: xml + " " * 30_000_000)
        assert len(bomb) < 200_000
        assert refusal(bomb) == "工作簿的压缩比异常，不能读取"

    def test_too_many_parts_are_refused(self) -> None:
        parts = {f"part{number}": b"" for number in range(limits.MOST_ENTRIES + 1)}
        assert "部件过多或重名" in refusal(a_zip(**parts))

    def test_a_part_that_is_there_twice_is_refused(self) -> None:
        written = io.BytesIO(plain())
        with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(FIRST, "<worksheet/>")
        assert "部件过多或重名" in refusal(written.getvalue())

    def test_a_directory_that_lies_about_sizes_is_refused(self) -> None:
        content = bytearray(plain())
        with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
            size = archive.getinfo(FIRST).file_size
        stated = size.to_bytes(4, "little")
        place = content.rindex(stated, 0, content.rindex(FIRST.encode()))
        content[place : place + 4] = (size - 100).to_bytes(4, "little")
        assert "工作簿已损坏" in refusal(bytes(content))

    def test_a_cell_at_the_end_of_the_world_costs_nothing_and_is_named(self) -> None:
        far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        content = with_part(plain(), FIRST, lambda xml: xml.replace("</sheetData>", far))
        assert "XFD1048576 超出可读取的范围" in refusal(content)

    def test_a_merge_over_the_whole_sheet_costs_nothing(self) -> None:
        def merged(xml: str) -> str:
            return xml.replace("<mergeCell ", '<mergeCell ref="A900:XFD1048576"/><mergeCell ', 1)

        with pytest.raises(AssertionError, match="was read"):
            refusal(with_part(plain(), FIRST, merged))

    def test_too_many_cells_are_refused(self) -> None:
        cells = "<row>" + "<c/>" * (limits.MOST_CELLS + 1) + "</row></sheetData>"
        content = plain()
        padded = with_part(content, FIRST, lambda xml: xml.replace("</sheetData>", cells))
        with zipfile.ZipFile(io.BytesIO(padded)) as archive:
            assert archive.testzip() is None
        assert refusal(padded) in (
            "工作簿超过500,000个单元格，不能读取",
            "工作簿的压缩比异常，不能读取",
        )


def formula(book: Workbook) -> None:
    book.worksheets[0]["B5"] = "=1+1"


def with_cached(value: str, kind: str = "") -> bytes:
    """Return a workbook whose B5 is a formula with a stored result."""

    def cached(xml: str) -> str:
        return BLANK_RESULT.sub(f"<f>1+1</f><v>{value}</v>", xml)

    content = with_part(changed(formula), FIRST, cached)
    if not kind:
        return content
    of_kind = partial(re.compile(r'(<c r="B5"[^>]*?)( t="[a-z]+")?>').sub, rf'\1 t="{kind}">')
    return with_part(content, FIRST, of_kind)


class TestCells:
    """What stands in a cell and is no amount."""

    def test_a_formula_without_a_result_is_named(self) -> None:
        without_any = partial(BLANK_RESULT.sub, "<f>1+1</f>")
        content = with_part(changed(formula), FIRST, without_any)
        assert refusal(content) == (
            "工作表“1 部门收支总表”B5 是没有计算结果的公式，请在表格软件中打开并保存，或改为数字"
        )

    def test_a_formula_with_an_empty_result_is_named(self) -> None:
        assert "B5 是没有计算结果的公式" in refusal(changed(formula))

    def test_a_formula_with_a_result_counts_by_it(self) -> None:
        with pytest.raises(AssertionError, match="was read"):
            refusal(with_cached("1561.09"))

    @pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#N/A"])
    def test_an_error_is_named(self, error: str) -> None:
        assert refusal(with_cached(error, "e")) == (
            f"工作表“1 部门收支总表”B5 是错误值 {error}，请更正后重试"
        )

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ("约100", "B5 应为金额，而填的是“约100”"),
            ("1,56.09", "B5 应为金额，而填的是“1,56.09”"),
            ("12亿元", "B5 应为金额，而填的是“12亿元”"),
            ("无", "B5 应为金额，而填的是“无”"),
            (True, "B5 应为金额，而填的是“是”"),
            (1e15, "B5 的金额 1000000000000000 超出可核对的范围"),
        ],
    )
    def test_what_is_no_amount_is_named(self, value: Any, words: str) -> None:
        assert refusal(changed(put(1, "B5", value))) == f"工作表“1 部门收支总表”{words}"

    @pytest.mark.parametrize("code", ["0.00%", "yyyy-mm-dd", "0!.0000", "#,##0.00,"])
    def test_a_format_that_shows_another_number_is_named(self, code: str) -> None:
        def formatted(book: Workbook) -> None:
            book.worksheets[0]["B5"].number_format = code

        assert "B5 的数字格式显示的不是所存的数（1561.09）" in refusal(changed(formatted))

    @pytest.mark.parametrize("cell", ["H5", "D5", "A40", "C1"])
    def test_a_number_outside_of_all_cells_is_named(self, cell: str) -> None:
        def unmerged(book: Workbook) -> None:
            sheet = book.worksheets[0]
            for wide in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(wide))
            sheet["C5"], sheet["D5"] = None, None
            sheet[cell] = 12.5

        said = refusal(changed(unmerged))
        assert said.startswith("工作表“1 部门收支总表”")
        assert cell in said or cell == "D5"
        assert "有金额" in said or "不属于" in said

    def test_a_code_that_is_none_is_named(self) -> None:
        assert "工作表“6 一般公共预算基本支出表”A8 的“3O1”不是科目编码" in refusal(
            changed(put(6, "A8", "3O1"))
        )

    def test_a_code_of_a_level_that_the_table_does_not_have_is_named(self) -> None:
        assert "工作表“6 一般公共预算基本支出表”A8 的“3010101”不是科目编码" in refusal(
            changed(put(6, "A8", "3010101"))
        )

    def test_a_code_that_is_not_below_its_parents_is_named(self) -> None:
        # 201-03-01 stands in three columns; its last becomes the whole of another code.
        assert "C9 的“2050201”与上级科目编码 20103 不符" in refusal(
            changed(put(3, "C9", "2050201"))
        )

    def test_money_without_a_code_is_named(self) -> None:
        assert "工作表“6 一般公共预算基本支出表”A8 有金额而没有科目编码" in refusal(
            changed(put(6, "A8", None))
        )

    def test_a_code_that_stands_twice_is_named(self) -> None:
        assert "是同一行，列了两次" in refusal(changed(put(6, "A9", "301")))

    def test_an_entry_that_the_table_does_not_have_is_named(self) -> None:
        assert refusal(changed(put(1, "A5", "一、彩票收入"))) == (
            "工作表“1 部门收支总表”A5 “一、彩票收入”不是“部门收支总表”的项目，而该行有金额"
        )


class TestLayouts:
    """Which table is missing, or has another head."""

    def test_a_missing_table_is_named(self) -> None:
        said = refusal(changed(without(3, 6)))
        assert "工作簿中缺少“部门支出总表”、“一般公共预算基本支出表”" in said
        assert "现有工作表：“1 部门收支总表”" in said

    def test_an_empty_workbook_lacks_everything(self) -> None:
        written = io.BytesIO()
        Workbook().save(written)
        assert "工作簿中缺少" in refusal(written.getvalue())
        assert "现有工作表：（无）" in refusal(written.getvalue())

    def test_a_head_of_another_layout_is_named(self) -> None:
        said = refusal(changed(put(3, "F3", "基础支出")), "changsha-2023")
        assert said.startswith("工作表“3 部门支出总表”A1起是“部门支出总表”，但表头与版式")
        assert said.endswith("没有“基本支出”栏")

    def test_numbers_on_a_sheet_that_is_no_table_are_named(self) -> None:
        def calculated(book: Workbook) -> None:
            book.create_sheet("测算")["B2"] = 100

        assert refusal(changed(calculated), "changsha-2023") == (
            "工作表“测算”B2 有数字，但认不出这是版式中的哪张表"
        )

    def test_two_tables_of_one_head_and_no_name_are_refused(self) -> None:
        def nameless(book: Workbook) -> None:
            for number in (5, 8):
                book.worksheets[number - 1]["A1"] = None
                book.worksheets[number - 1].title = f"Sheet{number}"

        assert refusal(changed(nameless), "changsha-2023") == (
            "工作表“Sheet5”的表头同时符合“一般公共预算支出表”、“政府性基金预算支出表”，"
            "请在表头上方写明表名"
        )

    def test_tables_without_a_year_need_one(self) -> None:
        def yearless(book: Workbook) -> None:
            for sheet in book.worksheets:
                sheet["A1"] = str(sheet["A1"].value).replace("2023年", "")

        assert refusal(changed(yearless)).startswith("各表的标题都没有写年度，请用 --year 指明")
