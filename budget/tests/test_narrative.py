"""What the narrative says of departments unlike the sample (domain §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from budget.book import Event, ProcurementItem, UnknownUnit, VehicleCount
from budget.document import Figure, Paragraph
from budget.terms import (
    EventKind,
    Holding,
    Nature,
    ProcurementKind,
    Source,
    UnitType,
    VehicleUse,
)
from budget.tests.books import (
    OFFICE,
    SCHOOL,
    a_book,
    basic,
    chart,
    figures,
    last_year,
    other_use,
    project,
    published,
    running,
    sentence,
    wan,
)
from budget.tests.samples import sample_edition


def test_a_rise_says_amount_and_percentage() -> None:
    # 120 - 100 = 20; 20 / 100 = 20.00%
    document = published(a_book(basic("120"), prior=[last_year("revenue_total", "100")]))
    assert sentence(document, "revenue-budget").endswith("收入较去年增加20.00万元，上升20.00%。")


def test_a_fall_says_so() -> None:
    # 100 - 85.5 = 14.5; 14.5 / 100 = 14.50%
    document = published(a_book(basic("85.5"), prior=[last_year("revenue_total", "100")]))
    assert sentence(document, "revenue-budget").endswith("收入较去年减少14.50万元，下降14.50%。")


def test_the_same_amount_is_unchanged() -> None:
    document = published(a_book(basic("100"), prior=[last_year("revenue_total", "100")]))
    assert sentence(document, "revenue-budget").endswith("收入与2022年持平。")


def test_amounts_that_print_the_same_are_unchanged() -> None:
    # 100.004 and 100.0049 万元 both print as 100.00
    book = a_book(basic("100.004"), prior=[last_year("revenue_total", "100.0049")])
    assert sentence(published(book), "revenue-budget").endswith("收入与2022年持平。")


def test_change_and_percentage_follow_from_the_printed_amounts() -> None:
    # Printed 0.19 and 0.15: difference 0.04, 0.04 / 0.15 = 26.67%, though exactly 34.32%.
    book = a_book(basic("0.1949"), prior=[last_year("revenue_total", "0.1451")])
    assert sentence(published(book), "revenue-budget").endswith(
        "收入较去年增加0.04万元，上升26.67%。"
    )


def test_a_year_without_a_prior_has_no_percentage() -> None:
    assert sentence(published(a_book(basic("100"))), "revenue-budget").endswith(
        "收入上年无可比数据。"
    )


def test_a_prior_of_zero_is_said_in_words() -> None:
    document = published(a_book(basic("100"), prior=[last_year("revenue_total", "0")]))
    assert sentence(document, "revenue-budget").endswith(
        "收入较去年增加100.00万元，上年无此项预算。"
    )


def test_what_falls_to_zero_falls_by_all_of_it() -> None:
    book = a_book(basic("1"), prior=[last_year("three_publics", "5")])
    assert "较去年减少5.00万元，下降100.00%" in sentence(published(book), "three-publics")


def test_a_reason_is_said_once_with_one_full_stop() -> None:
    document = published(a_book(basic("1")), revenue_change="人员增加。")
    assert sentence(document, "revenue-budget").endswith("主要是人员增加。")


def test_income_is_listed_by_fund_then_by_other_sources() -> None:
    document = published(
        a_book(
            other_use("3", Nature.BUSINESS, Source.BUSINESS),
            project("2", source=Source.GOVERNMENT_FUND, function="2120804"),
            basic("1"),
            basic("4", carried_over=True),
            project("5", source=Source.REMITTANCES_FROM_AFFILIATES),
        )
    )
    assert (
        "收入预算15.00万元，其中，一般公共预算拨款1.00万元，政府性基金预算拨款2.00万元，"
        "事业单位经营服务收入3.00万元，其它收入5.00万元，上年结转4.00万元。"
    ) in sentence(document, "revenue-budget")


def test_uses_are_listed_by_category_and_closed_by_what_is_kept() -> None:
    document = published(
        a_book(
            basic("1"),
            project("2", function="2050202"),
            other_use("3", Nature.SURPLUS_DISTRIBUTION, Source.OTHER),
            other_use("4", Nature.CARRYOVER_OUT, Source.GENERAL_PUBLIC),
        )
    )
    assert (
        "支出预算10.00万元，其中：一般公共服务支出1.00万元，教育支出2.00万元，"
        "结余分配3.00万元，结转下年4.00万元。"
    ) in sentence(document, "spending-budget")


def test_shares_of_three_thirds_add_up_to_a_hundred() -> None:
    document = published(
        a_book(basic("1"), project("1", function="2050202"), project("1", function="2030603"))
    )
    assert (
        "其中：一般公共服务支出1.00万元，占33.34%；国防支出1.00万元，占33.33%；"
        "教育支出1.00万元，占33.33%。"
    ) in sentence(document, "general-public-spending")


def test_a_department_without_general_public_money_says_so() -> None:
    document = published(a_book(project("1", source=Source.OTHER)))
    assert sentence(document, "general-public-spending") == (
        "2023年本单位无一般公共预算拨款安排的支出。"
    )
    keys = [
        block.key
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    ]
    assert "general-public-basic" not in keys
    assert "general-public-project" not in keys


def test_a_fund_budget_is_told_by_category_and_nature() -> None:
    fund = project("2", source=Source.GOVERNMENT_FUND, function="2120804")
    document = published(
        a_book(fund, prior=[last_year("government_fund_spending", "4")]),
        government_fund_purpose="农村道路",
    )
    assert sentence(document, "government-fund-spending") == (
        "2023年本单位政府性基金预算支出2.00万元，其中：城乡社区支出2.00万元；按支出性质分，"
        "项目支出2.00万元。支出较去年减少2.00万元，下降50.00%。主要用于农村道路。"
    )


def test_each_project_category_has_its_own_purpose() -> None:
    document = published(
        a_book(project("1"), project("2", function="2050202")),
        **{"project_purpose.201": "办公系统", "project_purpose.205": "校舍维修"},
    )
    assert sentence(document, "general-public-project").endswith(
        "其中：一般公共服务支出1.00万元，主要用于办公系统；教育支出2.00万元，主要用于校舍维修。"
    )


def test_only_agencies_have_running_costs_of_agencies() -> None:
    document = published(
        a_book(
            running("2"),
            running("7", unit=SCHOOL.code, function="2050202"),
            units=(OFFICE, SCHOOL),
        )
    )
    assert figures(document, "agency-operating-costs") == {"agency_operating_costs": "2.00"}


def test_a_department_of_schools_has_none() -> None:
    school = replace(OFFICE, type=UnitType.PUBLIC_SERVICE_TWO)
    document = published(a_book(running("2"), units=(school,)))
    assert sentence(document, "agency-operating-costs") == (
        "本单位没有行政单位和参照公务员法管理的事业单位，无机关运行经费。"
    )


def test_three_publics_of_nothing_are_said_as_zeros() -> None:
    document = published(a_book(basic("1"), prior=[last_year("three_publics", "0")]))
    assert sentence(document, "three-publics") == (
        "2023年某局“三公”经费预算数为0.00万元，其中，公务接待费0.00万元，"
        "公务用车购置及运行费0.00万元（其中，公务用车购置费0.00万元，"
        "公务用车运行费0.00万元），因公出国（境）费0.00万元。"
        "2023年“三公”经费预算与2022年持平。"
    )


def test_three_publics_count_projects_too_but_only_general_public_money() -> None:
    document = published(
        a_book(
            running("1", economic="30217"),
            project("2", economic="30231"),
            project("30", economic="31013"),
            project("400", economic="30217", source=Source.OTHER),
        )
    )
    assert figures(document, "three-publics") == {
        "three_publics": "33.00",
        "hospitality": "1.00",
        "vehicles": "32.00",
        "vehicle_purchase": "30.00",
        "vehicle_running": "2.00",
        "overseas_visits": "0.00",
    }


def test_items_of_three_publics_are_compared_where_last_year_is_known() -> None:
    book = a_book(
        running("1", economic="30217"),
        prior=[last_year("three_publics", "2"), last_year("hospitality", "2")],
    )
    assert sentence(published(book), "three-publics").endswith(
        "其中，公务接待费较去年减少1.00万元，下降50.00%。"
    )


def test_several_units_are_counted_by_type_and_listed() -> None:
    merged = replace(SCHOOL, code="900003", name="某站", merged=True)
    document = published(a_book(basic("1"), units=(OFFICE, SCHOOL, merged)))
    assert sentence(document, "units") == (
        "纳入2023年部门预算编制范围的预算单位共2个（行政单位1个，公益一类事业单位1个），包括："
        "1.某局本级；2.某校。某站不单列预算，并入本级。"
    )


def test_a_unit_speaks_for_itself_only() -> None:
    book = a_book(
        basic("1"),
        basic("5", unit=SCHOOL.code, function="2050202"),
        units=(OFFICE, SCHOOL),
    ).seen_by(SCHOOL.code)
    document = published(book)
    assert document.title == "某校2023年单位预算公开"
    assert figures(document, "revenue-budget")["revenue_total"] == "5.00"
    assert sentence(document, "units") == "纳入2023年单位预算编制范围的只有某校。"


def test_meetings_of_several_entries_are_added_up() -> None:
    events = (
        Event(
            unit=OFFICE.code,
            sequence=number,
            kind=EventKind.MEETING,
            name=name,
            content=f"研究{name}",
            attendance=attendance,
            basic=wan(base),
            project=wan(more),
        )
        for number, name, attendance, base, more in (
            (1, "春季会", 30, "1.5", "0"),
            (2, "秋季会", 12, "0", "2"),
        )
    )
    document = published(a_book(basic("1"), events=tuple(events)))
    assert sentence(document, "general-expenses") == (
        "2023年本单位会议费预算3.50万元（其中：基本支出1.50万元，项目支出2万元），"
        "拟召开春季会，秋季会等会议，人数42人，内容为研究春季会；研究秋季会；"
        "培训费预算0万元；未举办节庆、晚会、论坛、赛事等活动。"
    )


def test_a_celebration_is_told_with_its_cost() -> None:
    event = Event(
        unit=OFFICE.code,
        sequence=1,
        kind=EventKind.CELEBRATION,
        name="运动会",
        content="职工体育",
        attendance=200,
        basic=wan("0"),
        project=wan("6"),
    )
    assert sentence(published(a_book(basic("1"), events=(event,))), "general-expenses").endswith(
        "；节庆、晚会、论坛、赛事等活动经费预算6万元，拟举办运动会等活动，"
        "人数200人，内容为职工体育。"
    )


def test_procurement_is_added_up_by_class() -> None:
    items = tuple(
        ProcurementItem(unit=OFFICE.code, sequence=number, kind=kind, name="某", amount=wan(amount))
        for number, (kind, amount) in enumerate(
            [
                (ProcurementKind.GOODS, "1.25"),
                (ProcurementKind.GOODS, "2"),
                (ProcurementKind.SERVICES, "3"),
            ],
            start=1,
        )
    )
    assert sentence(published(a_book(basic("1"), procurement=items)), "procurement") == (
        "2023年本单位政府采购预算总额6.25万元，其中，货物类采购预算3.25万元；"
        "工程类采购预算0万元；服务类采购预算3万元。"
    )


def test_uses_that_the_edition_does_not_tell_apart_are_other_vehicles() -> None:
    vehicles = tuple(
        VehicleCount(unit=OFFICE.code, holding=Holding.STOCK, use=use, count=number)
        for use, number in ((VehicleUse.EMERGENCY, 2), (VehicleUse.RETIRED, 1))
    )
    said = sentence(published(a_book(basic("1"), vehicles=vehicles)), "assets")
    assert said.startswith(
        "截至2022年12月底，本单位共有公务用车3辆，其中，机要通信用车0辆，应急保障用车2辆，"
        "执法执勤用车0辆，特种专业技术用车0辆，其他按照规定配备的公务用车1辆；"
    )


def test_an_empty_budget_is_still_a_document() -> None:
    document = published(a_book())
    assert "收入预算0.00万元。收入上年无可比数据。" in sentence(document, "revenue-budget")
    assert all(table.is_empty for table in document.tables)
    assert document.charts == ()


def test_charts_show_what_the_tables_say() -> None:
    document = published(a_book(basic("1"), project("2", source=Source.OTHER)))
    assert [(s.label, s.amount_text, s.share_text) for s in chart(document, "revenue").slices] == [
        ("本级财政拨款收入", "1.00", "33.33"),
        ("其它收入", "2.00", "66.67"),
    ]


def test_a_chart_tells_in_words_what_it_shows() -> None:
    shown = chart(published(a_book(basic("1"))), "spending")
    assert shown.description == "支出预算图：一般公共服务支出1.00万元，占100.00%。"
    assert f"<title>{shown.description}</title>" in shown.svg


@pytest.mark.parametrize("code", ["revenue-budget", "spending-budget", "three-publics"])
def test_every_figure_of_a_sentence_has_its_address(code: str) -> None:
    document = published(a_book(basic("1")))
    assert figures(document, code)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                shown = [run for run in block.text if isinstance(run, Figure)]
                written = block.key.split(".")[0]
                assert [run.address for run in shown] == [f"{written}/{run.key}" for run in shown]


def test_an_edition_may_group_thousands_in_sentences() -> None:
    edition = replace(sample_edition(), text_grouped=True)
    assert figures(published(a_book(basic("12345.6")), edition), "revenue-budget") == {
        "revenue_total": "12,345.60",
        "general_public_appropriation": "12,345.60",
    }


def test_assets_are_told_at_the_day_of_their_register() -> None:
    book = a_book(basic("1"), assets_on=date(2022, 8, 31))
    assert sentence(published(book), "assets").startswith(
        "截至2022年8月31日，本单位共有公务用车0辆"
    )


def test_a_merged_unit_has_no_document_of_its_own() -> None:
    merged = replace(SCHOOL, merged=True)
    book = a_book(basic("1"), units=(OFFICE, merged))
    with pytest.raises(UnknownUnit, match="某校不单列预算，并入本级，没有自己的预算文件"):
        book.seen_by(SCHOOL.code)
