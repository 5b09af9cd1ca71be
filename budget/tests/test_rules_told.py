"""What rules tell: the places, both sides as printed, the difference; and whom they leave alone."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from budget.book import ProcurementItem
from budget.document import Disclosure, RowKind
from budget.edition import EDITIONS
from budget.imports.sample_files import read_sample
from budget.rules.checking import check
from budget.rules.finding import Finding
from budget.rules.registry import RULES
from budget.terms import Nature, ProcurementKind, Severity, Source, UnitType
from budget.tests.altering import (
    resaid,
    retyped,
    reworded,
    with_table,
    without_row,
    without_table,
)
from budget.tests.books import (
    CATALOGUE,
    OFFICE,
    PROJECT,
    SCHOOL,
    a_book,
    basic,
    last_year,
    other_use,
    project,
    published,
    running,
    wan,
)
from budget.tests.cases_of_books import CODES, expecting, transfer
from budget.tests.judging import a_subject, found
from budget.tests.samples import CODES as CODE_LISTS
from budget.tests.samples import FIXTURES, declared, sample, sample_disclosure

UNITS = (OFFICE, SCHOOL)
NUMBERS = ("AGR001", "AGR002", "BAL001", "BAL002", "BAL003", "BAL004", "FOT001", "FOT002")


def sides(finding: Finding) -> tuple[str, str]:
    assert finding.right is not None
    return finding.left.text, finding.right.text


def in_numbers(document: Disclosure) -> list[Finding]:
    """Return what the rules on sums and agreement find together."""
    off = {code: Severity.OFF for code in RULES if code not in NUMBERS}
    return [each.finding for each in check(a_subject(document), off).found]


class TestCleanDocuments:
    """The invented departments are clean: no error, no warning, in any edition."""

    @pytest.mark.parametrize("name", ["501-2026", "502-2026"])
    @pytest.mark.parametrize(
        "edition", ["changsha-2023", "national-2016", "shanghai-district-2026"]
    )
    def test_an_invented_department_raises_nothing_of_sums_and_forms(
        self, name: str, edition: str
    ) -> None:
        declared()
        read = read_sample(FIXTURES / "sample" / name, CODE_LISTS)
        off = {code: Severity.OFF for code in RULES if code[:3] in ("CHG", "WRD", "PRF")}
        off["TPB002"] = Severity.OFF  # one of them buys a vehicle: its “三公” do rise
        book, remarks = read.book, read.remarks
        for unit in (None, book.budget_units[-1].code):
            subject = a_subject(
                book.seen_by(unit) if unit else book,
                EDITIONS[edition],
                remarks=remarks.seen_by(unit) if unit else remarks,
            )
            grave = [e for e in check(subject, off).found if e.severity is not Severity.NOTICE]
            assert grave == []


class TestSums:
    """Sums within tables, between tables, and in sentences."""

    def test_a_digit_in_a_class_is_told_with_both_sides(self) -> None:
        # 302 is 78.49 in print; its own column 合计 = 人员类 + 公用经费 breaks too.
        document = retyped(sample_disclosure(), "general-public-basic/302/total", "87.49")
        [finding] = in_numbers(document)
        assert finding.where[0] == "general-public-basic/302/total"
        assert finding.fix is not None
        assert (finding.fix.address, finding.fix.text) == (finding.where[0], "78.49")
        assert finding.difference == "9.00"

    def test_a_dropped_row_is_missed_by_the_row_above(self) -> None:
        [finding] = in_numbers(without_row(sample_disclosure(), "general-public-basic", "30231"))
        assert sides(finding) == ("78.49", "30231")
        assert finding.remark == "缺少的金额 9.00万元"
        assert finding.where == (
            "general-public-basic/302/total",
            "general-public-basic/302/operating",
        )

    def test_a_dropped_class_is_one_finding_of_all_rules(self) -> None:
        document = without_row(sample_disclosure(), "general-public-basic", "302")
        off = {code: Severity.OFF for code in RULES if code[:3] in ("WRD", "PRF", "ECO", "PLA")}
        new = [e for e in check(a_subject(document), off).found if e.severity is Severity.ERROR]
        assert [each.rule.code for each in new] == ["FOT002"]

    def test_a_wrong_sentence_is_blamed_and_not_the_tables(self) -> None:
        document = resaid(
            sample_disclosure(), "general-public-basic/general_public_basic", "665.38"
        )
        [finding] = in_numbers(document)
        assert finding.where[0] == "general-public-basic/general_public_basic"

    def test_yuan_for_wan_is_one_finding(self) -> None:
        document = retyped(sample_disclosure(), "spending/2010301/basic", "6,563,800.00")
        [finding] = in_numbers(document)
        assert finding.where[0] == "spending/2010301/basic"


class TestCodes:
    """Codes of the right fund, of the year, at the lowest level, in order."""

    def test_a_fund_s_code_paid_by_another_fund_is_told_where_it_stands(self) -> None:
        book = a_book(basic("1.00"), project("2.00", function="2120804"), catalogue=CODES)
        [finding] = found("CLS001", book)
        assert sides(finding) == ("一般公共预算拨款", "政府性基金预算")
        assert "general-public-spending/2120804/total" in finding.where

    def test_other_money_may_use_any_code(self) -> None:
        own = project("2.00", function="2120804", source=Source.OTHER)
        assert found("CLS001", a_book(own, catalogue=CODES)) == []

    def test_a_section_without_items_may_hold_money(self) -> None:
        names = {**CATALOGUE.function, "21901": "一般公共服务"}
        catalogue = replace(CODES, function=names)
        assert found("CLS002", a_book(basic("1.00", function="21901"), catalogue=catalogue)) == []

    def test_a_row_without_the_one_above_it_is_found(self) -> None:
        unsummed = with_table(sample_disclosure(), "spending", footings=())
        [finding] = found("CLS005", without_row(unsummed, "spending", "20103"))
        assert sides(finding) == ("201-03-01", "201-03")

    def test_both_styles_of_code_columns_pass(self) -> None:
        declared()
        for edition in EDITIONS.values():
            assert found("CLS006", published(a_book(basic("1.00")), edition), edition) == []

    def test_contributions_by_function_are_not_asked_where_the_place_does_not(self) -> None:
        assert found("ECO002", sample_disclosure()) == []

    def test_the_share_of_other_is_told(self) -> None:
        first, second = found("ECO003", sample_disclosure())
        # 155.04 / 536.96 = 28.874 %; 17.84 / 78.49 = 22.729 %
        assert first.remark == "占 28.87%，最高一般为 20%"
        assert second.remark == "占 22.73%，最高一般为 20%"


class TestForms:
    """Tables, sections, empty forms, heads."""

    def test_a_zero_made_an_amount_in_an_empty_row_is_found(self) -> None:
        document = retyped(sample_disclosure(), "government-fund-spending/empty/basic", "5.00")
        [finding] = found("EMP001", document)
        assert finding.where == ("government-fund-spending/empty/basic",)
        assert finding.left.text == "5.00"

    def test_a_sentence_that_denies_money_is_told_with_the_amount(self) -> None:
        book = a_book(project("2.00", function="2120804", source=Source.GOVERNMENT_FUND))
        denied = published(a_book(basic("1.00")))
        document = with_table(
            denied,
            "government-fund-spending",
            rows=published(book).tables_by_code["government-fund-spending"].rows,
            is_empty=False,
        )
        [finding] = found("EMP003", document)
        assert sides(finding) == ("无", "2.00")

    def test_a_class_outside_the_fixed_list_is_a_warning_by_its_name(self) -> None:
        [finding] = found("CMP004", a_book(basic("3.00", function="2030603")))
        assert sides(finding) == ("3.00", "没有 203")
        assert RULES["CMP004"].severity is Severity.WARNING

    def test_state_capital_money_has_its_own_column_and_needs_no_row(self) -> None:
        names = {
            **CATALOGUE.function,
            "223": "国有资本经营预算支出",
            "22301": "解决历史遗留问题及改革成本支出",
            "2230105": "国有企业退休人员社会化管理补助支出",
        }
        line = project("3.00", function="2230105", source=Source.STATE_CAPITAL)
        assert found("CMP004", a_book(line, catalogue=replace(CATALOGUE, function=names))) == []

    def test_a_missing_table_is_named(self) -> None:
        [finding] = found("CMP001", without_table(sample_disclosure(), "three-publics"))
        assert sides(finding) == ("一般公共预算“三公”经费支出表", "没有")

    def test_another_unit_s_name_over_a_table_is_found(self) -> None:
        document = with_table(sample_disclosure(), "spending", subject="部门名称：某局")
        [finding] = found("HED001", document)
        assert sides(finding) == ("部门名称：某局", "部门名称：长沙市人民政府驻北京联络处")
        assert finding.where == ("spending/subject",)

    def test_yuan_in_the_head_of_a_table_in_wan_is_found(self) -> None:
        [finding] = found("HED001", with_table(sample_disclosure(), "spending", unit="元"))
        assert sides(finding) == ("元", "万元")

    def test_last_year_on_the_cover_is_found(self) -> None:
        document = sample_disclosure()
        changed = replace(document, cover=(document.cover[0], "2022年部门预算公开"))
        [finding] = found("HED001", changed)
        assert sides(finding) == ("2022年部门预算公开", "2023年部门预算公开")

    @pytest.mark.parametrize(
        ("part", "text"),
        [
            ("title", "2023 年部门支出总体情况表"),
            ("title", "2023年 部门支出总体情况表"),
            ("subject", "部门名称:长沙市人民政府驻北京联络处"),
            ("subject", "部门名称： 长沙市人民政府驻北京联络处"),
        ],
    )
    def test_blanks_and_narrow_signs_are_no_finding(self, part: str, text: str) -> None:
        assert found("HED001", with_table(sample_disclosure(), "spending", **{part: text})) == []

    def test_last_year_s_titles_are_one_finding_that_names_every_table(self) -> None:
        document = sample_disclosure()
        for table in document.tables[:3]:
            document = with_table(document, table.code, title=table.title.replace("2023", "2022"))
        [finding] = found("HED001", document)
        assert finding.where == ("summary/title", "revenue/title", "spending/title")
        assert finding.remark == "3张表如此：“部门收支总表”、“部门收入总表”、“部门支出总表”"

    def test_titles_that_are_wrong_each_in_its_way_are_told_each(self) -> None:
        document = with_table(sample_disclosure(), "spending", title="2022年部门支出总体情况表")
        document = with_table(document, "revenue", title="2023年部门收入总表")
        assert len(found("HED001", document)) == 2

    def test_a_place_s_name_that_only_a_book_knows_is_no_finding(self) -> None:
        edition = EDITIONS["shanghai-district-2026"]
        book = a_book(basic("1.00"))
        somewhere = replace(book, department=replace(book.department, region="某区"))
        assert found("HED001", published(somewhere, edition), edition) == []


class TestUnits:
    """The list of units, and transfers among them."""

    def test_a_unit_that_the_text_leaves_out_is_named(self) -> None:
        document = published(a_book(basic("1.00"), units=UNITS))
        [finding] = found("UNT001", reworded(document, "units", "某校", "某院"))
        assert finding.remark == "文字没有写到某校"
        assert {"units", "three-publics"} <= set(finding.where)

    def test_units_that_only_tables_tell_are_not_told_to_be_right(self) -> None:
        whole = published(a_book(basic("1.00"), units=UNITS))
        [finding] = found("UNT001", reworded(whole, "units", "共2个", "共3个"))
        assert finding.right is not None
        assert finding.right.label == "表中的预算单位"

    def test_a_grant_that_the_other_side_states_otherwise_is_told_by_name(self) -> None:
        document = a_subject(transfer("20.00", "20.00")).document
        [finding] = found("PRC001", a_subject(transfer("20.00", "18.00"), document=document))
        assert finding.left.label == "某局对附属单位补助支出（2010301）"
        assert sides(finding) == ("200,000.00", "180,000.00")
        assert finding.difference == "20,000.00"

    def test_transfers_to_outsiders_need_no_other_side(self) -> None:
        outside = other_use("5.00", Nature.REMITTANCE_TO_SUPERIOR, Source.OTHER)
        assert found("PRC001", a_book(outside)) == []

    def test_money_that_pays_for_another_source_s_use_is_found(self) -> None:
        [finding] = found("PRC002", expecting("9000.00")())
        assert sides(finding) == ("9,000.00", "10,000.00")

    def test_running_costs_of_a_school_are_no_agency_costs(self) -> None:
        # 5.00 of the office and 3.00 of the school: 机关运行经费 5.00 of 8.00 公用经费.
        book = a_book(running("5.00"), running("3.00", unit=SCHOOL.code), units=UNITS)
        assert found("PLA005", book) == []

    def test_all_running_costs_of_offices_are_agency_costs(self) -> None:
        document = published(a_book(running("5.00")))
        key = "agency-operating-costs/agency_operating_costs"
        low = a_subject(a_book(running("5.00")), document=resaid(document, key, "4.00"))
        [finding] = found("PLA005", low)
        assert {finding.left.text, finding.right.text if finding.right else ""} == {"5.00", "4.00"}


class TestRegisters:
    """Vehicles, procurement, “三公”."""

    def test_money_for_vehicles_that_nobody_plans_is_a_warning(self) -> None:
        [finding] = found("VEH002", a_book(project("9.00", economic="31013")))
        assert sides(finding) == ("0", "9.00")

    def test_purchases_of_one_project_count_together(self) -> None:
        item = ProcurementItem(
            unit=OFFICE.code,
            sequence=1,
            kind=ProcurementKind.GOODS,
            name="设备",
            amount=wan("6.00"),
            project=PROJECT.code,
        )
        both = (item, replace(item, sequence=2, name="家具"))
        [finding] = found("PRO003", a_book(project("10.00"), procurement=both))
        assert sides(finding) == ("120,000.00", "100,000.00")
        assert finding.difference == "20,000.00"

    def test_project_money_without_an_economic_code_may_pay_for_any(self) -> None:
        item = ProcurementItem(
            unit=OFFICE.code,
            sequence=1,
            kind=ProcurementKind.GOODS,
            name="设备",
            amount=wan("6.00"),
            project=PROJECT.code,
            economic="31002",
        )
        assert found("PRO003", a_book(project("10.00"), procurement=(item,))) == []

    def test_a_unit_s_row_of_three_publics_is_held_against_its_own_lines(self) -> None:
        book = a_book(
            running("2.00", economic="30217"),
            running("1.00", economic="30217", unit=SCHOOL.code),
            units=UNITS,
        )
        exchanged = retyped(published(book), "three-publics/900001/hospitality", "1.00")
        exchanged = retyped(exchanged, "three-publics/900002/hospitality", "2.00")
        findings = found("TPB003", a_subject(book, document=exchanged))
        assert [sides(each) for each in findings] == [
            ("1.00", "20,000.00"),
            ("2.00", "10,000.00"),
        ]

    def test_people_who_are_not_registered_are_found(self) -> None:
        read = sample()
        said = resaid(sample_disclosure(), "general-expenses/meetings.attendance", "400")
        [finding] = found("REG002", a_subject(read.book, remarks=read.remarks, document=said))
        assert sides(finding) == ("400", "4000")

    def test_an_item_that_rises_while_the_whole_falls_is_told(self) -> None:
        book = a_book(
            running("2.00", economic="30217"),
            prior=(last_year("three_publics", "9.00"), last_year("hospitality", "1.00")),
        )
        [finding] = found("TPB002", book)
        assert finding.left.text == "公务接待费"

    def test_performance_pay_of_an_office_is_told_with_the_unit(self) -> None:
        catalogue = replace(CATALOGUE, economic={**CATALOGUE.economic, "30107": "绩效工资"})
        book = a_book(basic("12.00", economic="30107"), catalogue=catalogue)
        [finding] = found("ECO004", book)
        assert sides(finding) == (UnitType.ADMINISTRATIVE.label, "120,000.00")

    def test_the_standard_is_the_bureau_s(self) -> None:
        # 2 万元 for 400 people are 50 yuan each.
        limits = {"training_per_head": Decimal(40)}
        [finding] = found("EVT004", a_subject(sample_disclosure(), thresholds=limits))
        assert finding.right is not None
        assert finding.right.text == "16,000.00"


@pytest.mark.parametrize("code", ["revenue", "spending", "general-public-basic", "three-publics"])
def test_a_table_without_its_total_row_is_told_also_where_no_sum_leads_to_it(code: str) -> None:
    [table] = [table for table in sample_disclosure().tables if table.code == code]
    rows = tuple(row for row in table.rows if row.kind is not RowKind.TOTAL)
    read = with_table(sample_disclosure(), code, rows=rows, footings=())
    [finding] = found("CMP003", read)
    assert finding.where == (code,)
    assert finding.right is not None
    assert finding.right.text == "合计"
