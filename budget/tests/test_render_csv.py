"""CSV files, as a spreadsheet and as a program reads them."""

from __future__ import annotations

import csv
import io

import pytest

from budget.document import CellKind, Column, Table
from budget.render.csv import column_headings, render
from budget.tests.printed import COLUMNS, a_printed_document, a_printed_table, amount, code, word


def a_table() -> Table:
    return a_printed_table(
        (code(""), word("合计"), amount("1,561.09")),
        (code("03"), word("一般公共服务支出"), amount("-9.95")),
        (code("04"), word("外交支出"), amount("")),
    )


def source(table: Table) -> bytes:
    [content] = render(a_printed_document(table)).values()
    return content


def rows(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(source(table).decode("utf-8-sig"), newline="")))


def test_each_table_is_a_file_named_by_number_and_code() -> None:
    other = a_printed_table(number=10, code="overall-goals")
    assert list(render(a_printed_document(a_table(), other))) == [
        "157-2023-03-spending.csv",
        "157-2023-10-overall-goals.csv",
    ]


def test_one_table_alone_keeps_the_name_of_its_file() -> None:
    document = a_printed_document(a_table(), a_printed_table(number=4, code="other"))
    assert list(render(document, document.tables[:1])) == ["157-2023-03-spending.csv"]


def test_the_file_begins_with_the_mark_that_excel_needs() -> None:
    assert source(a_table()).startswith(b"\xef\xbb\xbf")


def test_the_whole_file_reads_so() -> None:
    about = '"3","2023年部门支出总体情况表","万元","2023","某单位"\r\n'
    assert source(a_table()).decode("utf-8-sig") == (
        '"科目/编码","科目/名称","总计","行标识","行类别","表号","表名","金额单位","年度","公开主体"\r\n'
        f'"","合计","1,561.09","r1","合计",{about}'
        f'"03","一般公共服务支出","-9.95","r2","项",{about}'
        f'"04","外交支出","","r3","项",{about}'
    )


def test_a_negative_amount_stays_a_number() -> None:
    assert rows(a_table())[1]["总计"] == "-9.95"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "　=1",
    ],
)
def test_a_text_is_never_a_formula(text: str) -> None:
    table = a_printed_table((code("1"), word(text), amount("")), title=text)
    [row] = rows(table)
    assert row["科目/名称"] == f"'{text}"
    assert row["表名"] == f"'{text}"


@pytest.mark.parametrize("text", ["公务接待费", "≥95%", "1-2", "a=b", "", "—", "'=1"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    [row] = rows(a_printed_table((code("1"), word(text), amount(""))))
    assert row["科目/名称"] == text


def test_quotes_commas_and_line_ends_within_a_text_come_back() -> None:
    text = '甲,"乙"\n丙'
    [row] = rows(a_printed_table((code("1"), word(text), amount(""))))
    assert row["科目/名称"] == text


def test_a_merged_text_is_in_each_row_and_a_merged_number_once() -> None:
    table = a_printed_table(
        (code("a"), word("项目甲", rowspan=2), amount("7.00", rowspan=2)),
        (code("b"), word("项目甲", rowspan=0), amount("7.00", rowspan=0)),
    )
    assert [(row["科目/名称"], row["总计"]) for row in rows(table)] == [
        ("项目甲", "7.00"),
        ("项目甲", ""),
    ]


def test_beside_a_wide_cell_nothing_is_said_again() -> None:
    table = a_printed_table((code("目标", colspan=2), word("目标", colspan=0), amount("1.00")))
    [row] = rows(table)
    assert (row["科目/编码"], row["科目/名称"]) == ("目标", "")


def test_a_table_without_rows_still_says_what_it_is() -> None:
    [row] = rows(a_printed_table())
    assert (row["行类别"], row["表名"], row["金额单位"]) == (
        "空表",
        "2023年部门支出总体情况表",
        "万元",
    )


def test_headings_that_stand_twice_are_told_apart_by_their_keys() -> None:
    columns = (
        *COLUMNS,
        Column("again", ("总计",), CellKind.AMOUNT, 5),
        Column("number", ("表号",), CellKind.TEXT, 5),
    )
    assert column_headings(a_printed_table(columns=columns)) == [
        "科目/编码",
        "科目/名称",
        "总计（total）",
        "总计（again）",
        "表号（number）",
    ]
