"""The command: what it says of a workbook, and with which exit code."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from budget.tests.samples import sample_disclosure
from budget.tests.workbooks import changed, put, xlsx_of

pytestmark = pytest.mark.one_engine

NATIONAL = "national-2016"


def a_file(folder: Path, content: bytes) -> str:
    file = folder / "公开表.xlsx"
    file.write_bytes(content)
    return str(file)


def said(*arguments: str) -> tuple[str, int]:
    """Run the command and return what it printed and its exit code."""
    printed = StringIO()
    try:
        call_command("checkworkbook", *arguments, stdout=printed)
    except SystemExit as ended:
        return printed.getvalue(), int(str(ended.code))
    return printed.getvalue(), 0


def refused(*arguments: str) -> tuple[str, int]:
    with pytest.raises(CommandError) as error:
        call_command("checkworkbook", *arguments)
    return str(error.value), error.value.returncode


def codes(text: str) -> set[str]:
    return {finding["rule"] for finding in json.loads(text)["findings"]}


def test_no_database_is_asked(tmp_path: Path) -> None:
    # No test here has the mark that lets it reach one.
    text, code = said(a_file(tmp_path, xlsx_of(sample_disclosure())))
    assert text.startswith("长沙市人民政府驻北京联络处2023年部门预算公开（版式 changsha-2023）")
    assert code in (0, 1)


def test_a_clean_table_raises_nothing_and_a_wrong_one_is_told_by_its_cell(tmp_path: Path) -> None:
    clean, _ = said(a_file(tmp_path, changed(lambda book: None)), "--json")
    # 行政运行 of the table of spending: 656.38 becomes 656.83.
    wrong, code = said(a_file(tmp_path, changed(put(3, "F9", 656.83))), "--json")
    assert code == 1
    [found] = [
        finding
        for finding in json.loads(wrong)["findings"]
        if finding["rule"] in codes(wrong) - codes(clean)
    ]
    assert {"FOT001", "FOT002"} <= {found["rule"], *found["also"]}
    assert found["where"][0]["name"] == "工作表“3 部门支出总表”F9，部门支出总表“行政运行”基本支出"


def test_rules_that_want_more_than_tables_are_not_checked(tmp_path: Path) -> None:
    text, _ = said(a_file(tmp_path, xlsx_of(sample_disclosure())), "--json")
    told = json.loads(text)
    assert told["counts"]["not_checked"] > 0
    reasons = {each["rule"]: each["reason"] for each in told["not_checked"]}
    assert "没有明细数据" in reasons.values()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--edition", "nowhere"), "没有名为 'nowhere' 的版式"),
        (("--edition", NATIONAL), "公开表.xlsx：工作表"),
    ],
)
def test_an_edition_that_is_not_or_does_not_fit_is_refused_with_two(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    text, code = refused(a_file(tmp_path, xlsx_of(sample_disclosure())), *arguments)
    assert words in text
    assert code == 2


def test_what_is_no_workbook_is_refused_with_two(tmp_path: Path) -> None:
    text, code = refused(a_file(tmp_path, b"no workbook"))
    assert text.startswith("公开表.xlsx：文件不是有效的 XLSX 工作簿")
    assert code == 2


def test_a_file_that_is_not_there_is_refused_with_two(tmp_path: Path) -> None:
    text, code = refused(str(tmp_path / "none.xlsx"))
    assert text.startswith("none.xlsx：不能读取文件")
    assert code == 2


def test_the_year_can_be_told_where_no_title_says_it(tmp_path: Path) -> None:
    def yearless(book: Any) -> None:
        for sheet in book.worksheets:
            sheet["A1"] = str(sheet["A1"].value).replace("2023年", "")

    file = a_file(tmp_path, changed(yearless))
    assert "请用 --year 指明" in refused(file)[0]
    assert json.loads(said(file, "--year", "2023", "--json")[0])["year"] == 2023


def test_reports_are_written_and_name_sheets_and_cells(tmp_path: Path) -> None:
    file = a_file(tmp_path, changed(put(3, "F9", 656.83)))
    _, code = said(file, "--out", str(tmp_path / "report"))
    assert code == 1
    [page, book] = sorted((tmp_path / "report").iterdir())
    assert (page.suffix, book.suffix) == (".html", ".xlsx")
    text = page.read_text(encoding="utf-8")
    assert "工作表“3 部门支出总表”F9，" in text
    assert '<a href="#spending/2010301/basic">' in text
    assert ' id="spending/2010301/basic"' in text


class TestPlaces:
    """Where in the workbook things stand that are no cells of the body."""

    def found(self, tmp_path: Path, change: Any, code: str) -> dict[str, Any]:
        text, _ = said(a_file(tmp_path, changed(change)), "--json")
        return next(each for each in json.loads(text)["findings"] if each["rule"] == code)

    @pytest.mark.parametrize(
        ("cell", "words", "place"),
        [
            ("A1", "2022年支出总体情况表", "A1，部门支出总表的标题"),
            ("A2", "部门名称：长沙市某某局", "A2，部门支出总表的名称行"),
        ],
    )
    def test_titles_and_names_above_a_table(
        self, tmp_path: Path, cell: str, words: str, place: str
    ) -> None:
        def change(book: Any) -> None:
            sheet = book.worksheets[2]
            old = str(sheet[cell].value)
            sheet[cell] = old.replace("2023", "2022") if cell == "A1" else words

        found = self.found(tmp_path, change, "HED001")
        assert found["where"][0]["name"] == f"工作表“3 部门支出总表”{place}"

    def test_the_unit_above_a_table(self, tmp_path: Path) -> None:
        def change(book: Any) -> None:
            sheet = book.worksheets[2]
            [unit] = [each for each in sheet[2] if each.value == "单位：万元"]
            unit.value = "单位：元"

        found = self.found(tmp_path, change, "HED001")
        assert found["also"] == ["AGR003"]
        assert re.fullmatch(
            "工作表“3 部门支出总表”[A-Z]2，部门支出总表的金额单位", found["where"][0]["name"]
        )

    @pytest.mark.parametrize(
        ("code", "places"),
        [
            ("WRD004", ["A7，一般公共预算“三公”经费支出表的表注"]),
            ("WRD010", ["A1，一般公共预算“三公”经费支出表的标题"]),
        ],
    )
    def test_notes_and_titles_that_are_the_editions_own(
        self, tmp_path: Path, code: str, places: list[str]
    ) -> None:
        found = self.found(tmp_path, lambda book: None, code)
        sheet = "工作表“7 一般公共预算“三公”经费支出表”"
        assert [place["name"] for place in found["where"]][:1] == [sheet + each for each in places]
