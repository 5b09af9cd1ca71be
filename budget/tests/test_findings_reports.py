"""Reports of findings: words, places, and files that are the same each time."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from openpyxl import load_workbook

from budget.document import Disclosure
from budget.render.findings import html, json, text, xlsx
from budget.render.findings.places import anchor, anchors, place_name, place_names
from budget.render.findings.view import MOST_PLACES, View, view
from budget.rules.answers import Answer
from budget.rules.checking import Found, Report, Unchecked
from budget.rules.finding import Finding, Fix, Side
from budget.rules.registry import RULES
from budget.rules.settings import SetBy
from budget.terms import Severity
from budget.tests.altering import with_sections, without_row, without_table
from budget.tests.samples import declared, sample_disclosure

CELL = "summary/revenue_total/revenue"
SAID = "revenue-budget/revenue_total"
ANSWER = Answer(rule="AGR002", reason="已核实", by="张某", at=datetime(2023, 1, 2, tzinfo=UTC))


def a_report(*places: str) -> Report:
    """Return an error with both sides, a warning that was answered, and a rule left out."""
    declared()
    error = Finding(
        places or (CELL, "summary/spending_total/spending"),
        Side("收入总计", "50.00", "万元", CELL),
        Side("<支出总计>", "40.00", "万元"),
        difference="10.00",
        advice="先核对“收入总计”",
        fix=Fix(CELL, "40.00"),
    )
    warning = Finding((SAID,), Side("收入预算", "50.00", "万元"))
    return Report(
        (
            Found(RULES["BAL001"], Severity.ERROR, error, ("FOT002",)),
            Found(RULES["AGR002"], Severity.WARNING, warning),
        ),
        (Unchecked(RULES["BAL003"], "没有明细数据"),),
        (RULES["FOT001"],),
    )


def told(report: Report | None = None, document: Disclosure | None = None) -> View:
    return view(report or a_report(), document or sample_disclosure(), (ANSWER,))


class TestPlaces:
    """What places are called, and where on a page they are."""

    def test_a_cell_is_told_by_table_row_and_column(self) -> None:
        names = place_names(sample_disclosure())
        assert names["spending/2010301/basic"] == "部门支出总表“行政运行”基本支出"

    def test_each_side_of_a_table_has_its_own_row_names(self) -> None:
        names = place_names(sample_disclosure())
        assert names["summary/basic_spending/spending"] == "部门收支总表“一、基本支出”支出/本年预算"

    def test_a_figure_of_a_sentence_is_told_by_its_paragraph(self) -> None:
        assert place_names(sample_disclosure())[SAID] == "说明“（一）收入预算”中的“1561.09”"

    def test_every_address_of_the_document_has_an_id_that_its_page_has(self) -> None:
        document = sample_disclosure()
        page = html.render(told(document=document), document)["157-2023-findings.html"].decode()
        there = set(re.findall(r' id="([^"]+)"', page))
        ids = anchors(document)
        assert set(ids) >= {address for table in document.tables for address in table.cells}
        assert set(ids.values()) <= there

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            (CELL, CELL),
            (SAID, SAID),
            ("three-publics/note", "table-three-publics"),
            ("revenue-budget/nothing", "paragraph-revenue-budget"),
            ("nowhere/at/all", ""),
        ],
    )
    def test_a_place_without_an_id_leads_to_what_it_stands_in(
        self, address: str, expected: str
    ) -> None:
        assert anchor(address, anchors(sample_disclosure())) == expected


class TestView:
    """What a report tells."""

    def test_findings_are_grouped_and_numbered(self) -> None:
        groups = told().groups
        assert [(each.severity, len(each.items)) for each in groups] == [
            (Severity.ERROR, 1),
            (Severity.WARNING, 1),
            (Severity.NOTICE, 0),
        ]
        assert [item.number for item in told().items] == [1, 2]
        assert told().counted == "错误 1，需说明 1，提示 0；通过 1 条规则，未核对 1 条"

    def test_both_sides_and_the_difference_are_told(self) -> None:
        assert told().items[0].statement == (
            "收入总计：50.00万元；<支出总计>：40.00万元；相差 10.00万元"
        )

    def test_an_answer_stands_with_its_finding(self) -> None:
        assert told().items[0].answer is None
        assert told().items[1].answer == ANSWER

    def test_many_places_are_counted_and_not_listed(self) -> None:
        item = told(a_report(*(f"summary/{n}/revenue" for n in range(MOST_PLACES + 3)))).items[0]
        assert (len(item.places), item.more) == (MOST_PLACES, 3)

    def test_files_are_named_without_a_code_where_none_is_known(self) -> None:
        assert told().file_stem == "157-2023-findings"
        assert told(document=replace(sample_disclosure(), code="")).file_stem == "2023-findings"

    def test_where_a_cell_stands_in_a_workbook_comes_first(self) -> None:
        spots = {CELL: "工作表“甲”B5"}
        shown = view(a_report(), sample_disclosure(), spots=spots)
        assert shown.items[0].places[0].name == (
            "工作表“甲”B5，部门收支总表“收入总计”收入/本年预算"
        )


class TestFiles:
    """The same report as text, JSON, page and workbook."""

    def test_text_tells_all(self) -> None:
        said = "\n".join(text.lines(told()))
        assert "1. BAL001 收入总计等于支出总计（同一原因还违反 FOT002）" in said
        assert "   更正：部门收支总表“收入总计”收入/本年预算改为 40.00" in said
        assert "   已说明：已核实" in said
        assert "【未核对】\nBAL003 每个功能科目的收入" in said

    def test_json_tells_all(self) -> None:
        plain = json.plain(told())
        assert plain["counts"]["error"] == 1
        assert plain["findings"][0]["also"] == ["FOT002"]
        assert plain["findings"][1]["answer"] == "已核实"
        assert plain["not_checked"][0]["reason"] == "没有明细数据"

    def test_the_page_links_to_the_very_cell_and_escapes_words(self) -> None:
        page = html.render(told(), sample_disclosure())["157-2023-findings.html"].decode()
        assert f'<a href="#{CELL}">' in page
        assert f' id="{CELL}"' in page
        assert "&lt;支出总计&gt;" in page
        assert "<支出总计>" not in page
        assert "src=" not in page
        assert "<script" not in page

    def test_the_workbook_has_a_row_for_each_finding_and_each_rule_left_out(self) -> None:
        [content] = xlsx.render(told(), sample_disclosure()).values()
        book = load_workbook(io.BytesIO(content))
        first, second = (list(sheet.values) for sheet in book.worksheets)
        assert [row[0] for row in first if str(row[0]).isdigit()] == ["1", "2"]
        assert any("收入总计：50.00万元；<支出总计>：40.00万元" in str(row) for row in first)
        assert any("没有明细数据" in str(row) for row in second)

    def test_a_report_without_findings_can_be_written_too(self) -> None:
        quiet = told(Report((), (), ()))
        assert quiet.counted == "错误 0，需说明 0，提示 0；通过 0 条规则，未核对 0 条"
        assert xlsx.render(quiet, sample_disclosure())
        assert (
            "没有。" in html.render(quiet, sample_disclosure())["157-2023-findings.html"].decode()
        )

    def test_the_same_report_gives_the_same_bytes(self) -> None:
        document = sample_disclosure()
        assert html.render(told(), document) == html.render(told(), document)
        assert xlsx.render(told(), document) == xlsx.render(told(), document)


class TestNames:
    """What rows and places go by."""

    @pytest.mark.parametrize(
        ("address", "name"),
        [
            # Each side of a table by its own words, without the blanks that set them wide.
            ("summary/revenue_total/revenue", "部门收支总表“收入总计”收入/本年预算"),
            ("summary/spending_total/spending", "部门收支总表“支出总计”支出/本年预算"),
            # An indicator's row goes by the indicator: not by its sign, its value or 定性.
            (
                "overall-goals/157001.output-quantity-3/target",
                "部门整体支出绩效目标表“《驻京信息》为我市优质参谋服务数量”"
                "部门整体支出年度绩效目标/指标值",
            ),
            (
                "project-goals/157001-01.output-quality-1/weight",
                "项目支出绩效目标表“做好协调、接待联络和服务工作”绩效指标/备注",
            ),
            # An indicator that only says 无 goes by what stands left of it.
            (
                "project-goals/157001-01.cost-environmental-1/weight",
                "项目支出绩效目标表“生态环境成本指标”绩效指标/备注",
            ),
            ("summary/title", "部门收支总表的标题"),
            ("spending/unit", "部门支出总表的金额单位"),
            ("spending/subject", "部门支出总表的名称行"),
            ("cover", "封面"),
            ("narrative", "“第一部分部门预算公开说明”"),
        ],
    )
    def test_a_place_goes_by_its_own_words(self, address: str, name: str) -> None:
        document = sample_disclosure()
        assert place_name(address, place_names(document), document) == name

    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("spending/2019999/basic", "部门支出总表“2019999”基本支出"),
            ("spending/total/basic", "部门支出总表“合计”基本支出"),
            ("nowhere/at/all", "全文"),
            ("nowhere", "全文"),
        ],
    )
    def test_what_is_missing_has_a_name_too(self, address: str, name: str) -> None:
        document = without_row(sample_disclosure(), "spending", "total")
        assert place_name(address, place_names(document), document) == name

    @pytest.mark.parametrize(
        ("key", "name"), [("mandate", "“（1）职能职责”（缺少）"), ("appendix", "全文")]
    )
    def test_a_section_that_is_missing_goes_by_the_title_of_the_edition(
        self, key: str, name: str
    ) -> None:
        document = with_sections(
            sample_disclosure(), lambda each: None if each.key == key else each
        )
        assert place_name(key, place_names(document), document) == name

    def test_a_table_that_is_missing_goes_by_its_name_in_the_contents(self) -> None:
        document = without_table(sample_disclosure(), "spending")
        names = place_names(document)
        assert place_name("spending", names, document) == "“部门支出总表”（缺少）"


class TestSwitchedOff:
    """Rules that are off are listed with who did it and when, in every form."""

    def report(self) -> View:
        declared()
        off = (RULES["ECO002"], RULES["PLA004"], RULES["BAL005"])
        # 16:30 UTC of the first is half past midnight of the second in China.
        at = datetime(2023, 1, 1, 16, 30, tzinfo=UTC)
        set_by = {"ECO002": SetBy("版式 changsha-2023"), "PLA004": SetBy("张三", at)}
        return view(replace(a_report(), off=off), sample_disclosure(), set_by=set_by)

    def test_they_are_counted_and_told_as_text(self) -> None:
        assert self.report().counted.endswith("未核对 1 条，停用 3 条")
        said = list(text.lines(self.report()))
        first = said.index("【停用】") + 1
        assert [line.partition(" ")[0] for line in said[first:]] == ["ECO002", "PLA004", "BAL005"]
        assert said[first].endswith("：版式 changsha-2023")
        assert said[first + 1].endswith("：张三，2023-01-02 00:30")
        assert said[first + 2].endswith("：设定人未记录")

    def test_they_are_listed_for_programs(self) -> None:
        plain = json.plain(self.report())
        assert plain["counts"]["off"] == 3
        assert plain["off"][1] == {
            "rule": "PLA004",
            "title": RULES["PLA004"].title,
            "by": "张三",
            "at": "2023-01-02 00:30",
        }
        assert plain["off"][0]["at"] is None

    def test_they_stand_on_the_page_and_in_the_workbook(self) -> None:
        document = sample_disclosure()
        [page] = html.render(self.report(), document).values()
        assert f"PLA004 {RULES['PLA004'].title}：张三，2023-01-02 00:30" in page.decode()
        [content] = xlsx.render(self.report(), document).values()
        book = load_workbook(io.BytesIO(content))
        cells = [cell.value for row in book.worksheets[2].iter_rows() for cell in row]
        assert {"PLA004", "张三", "2023-01-02 00:30"} <= set(cells)

    def test_without_any_nothing_is_said_of_it(self) -> None:
        assert "停用" not in "\n".join(text.lines(told()))
        [content] = xlsx.render(told(), sample_disclosure()).values()
        assert len(load_workbook(io.BytesIO(content)).worksheets) == 2
