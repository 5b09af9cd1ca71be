"""Every cell of the budget tables of the invented departments, in three formats.

The expected bodies are worked out from the CSV files by ``golden_district``, which knows nothing of
the system; some totals are typed here with their sums, so that the two cannot go wrong together.
"""

import pytest

from budget.document import Table
from budget.tests.golden_district.adding import Body
from budget.tests.golden_district.forms import SHEETS
from budget.tests.golden_district.places import (
    BODIES,
    CITY,
    DISTRICT,
    EDITION_CODES,
    FIVE_UNITS,
    NATIONAL,
    ONE_UNIT,
    STYLES,
    TAIL_NOTE,
    document,
    rows,
)

DEPARTMENT = Body(FIVE_UNITS)
INSTITUTE = Body(ONE_UNIT)
PERFORMANCE_TABLES = ("project-goals", "overall-goals", "project-goal-sheet")


def budget_tables(body: Body, edition: str) -> list[Table]:
    tables = document(body, edition).tables
    return [table for table in tables if not table.code.startswith(PERFORMANCE_TABLES)]


def cell(body: Body, edition: str, address: str) -> str:
    return document(body, edition).cell(address).text


@pytest.mark.parametrize("edition", EDITION_CODES)
@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_every_body_cell_is_as_worked_out(body: Body, edition: str) -> None:
    tables = budget_tables(body, edition)
    assert len(tables) == (9 if edition == DISTRICT else 8)
    for table in tables:
        style = STYLES[edition][table.code]
        assert rows(table) == SHEETS[table.code](body, style).printed(style), table.code


@pytest.mark.parametrize("edition", EDITION_CODES)
@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_a_table_tells_of_tails_exactly_when_its_print_does_not_add_up(
    body: Body, edition: str
) -> None:
    told = {table.code: TAIL_NOTE in table.note for table in budget_tables(body, edition)}
    assert told == {
        code: not SHEETS[code](body, style).adds_up(style)
        for code, style in STYLES[edition].items()
        if code in told
    }


def test_the_departments_reach_tables_with_tails_and_without() -> None:
    # Else the test before this one could not fail.
    for edition in EDITION_CODES:
        told = {TAIL_NOTE in t.note for body in BODIES for t in budget_tables(body, edition)}
        assert told == {True, False}


@pytest.mark.parametrize("edition", EDITION_CODES)
@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_a_table_is_empty_exactly_when_no_money_belongs_in_it(body: Body, edition: str) -> None:
    for table in budget_tables(body, edition):
        style = STYLES[edition][table.code]
        assert table.is_empty == SHEETS[table.code](body, style).is_empty, table.code


DISTRICT_ORDER = (
    "财务收支预算总表",
    "收入预算总表",
    "支出预算总表",
    "财政拨款收支预算总表",
    "一般公共预算支出功能分类预算表",
    "政府性基金预算支出功能分类预算表",
    "国有资本经营预算支出功能分类预算表",
    "一般公共预算基本支出部门预算经济分类预算表",
    "“三公”经费和机关运行经费预算表",
)
NATIONAL_ORDER = (
    "收支总体情况表",
    "收入总体情况表",
    "支出总体情况表",
    "财政拨款收支总体情况表",
    "一般公共预算支出情况表",
    "一般公共预算基本支出情况表",
    "一般公共预算“三公”经费支出情况表",
    "政府性基金预算支出情况表",
)


@pytest.mark.parametrize(("unit", "word"), [(None, "部门"), ("501003", "预算单位")])
def test_the_districts_tables_stand_in_the_order_and_under_the_titles_of_the_form(
    unit: str | None, word: str
) -> None:
    tables = budget_tables(Body(FIVE_UNITS, unit), DISTRICT)
    assert [table.title for table in tables] == [f"2026年{word}{title}" for title in DISTRICT_ORDER]
    assert [table.unit for table in tables] == ["元"] * 8 + ["万元"]
    assert [table.number for table in tables] == list(range(1, 10))


@pytest.mark.parametrize(("unit", "word"), [(None, "部门"), ("501003", "单位")])
def test_the_national_tables_stand_in_the_order_and_under_the_titles_of_the_procedure(
    unit: str | None, word: str
) -> None:
    tables = budget_tables(Body(FIVE_UNITS, unit), NATIONAL)
    titles = [*(f"{word}{title}" for title in NATIONAL_ORDER[:3]), *NATIONAL_ORDER[3:]]
    assert [table.title for table in tables] == [f"2026年{title}" for title in titles]
    assert {table.unit for table in tables} == {"万元"}


@pytest.mark.parametrize(("unit", "word"), [(None, "编制部门"), ("501004", "编制单位")])
def test_the_line_above_each_district_table_names_who_made_it(unit: str | None, word: str) -> None:
    body = Body(FIVE_UNITS, unit)
    assert {table.subject for table in budget_tables(body, DISTRICT)} == {f"{word}：{body.name}"}


def test_totals_of_the_five_unit_department_are_those_added_up_by_hand() -> None:
    # 15,772,097.79 + 4,112,521.68 + 5,384,200.35 + 4,156,577.02 + 2,121,781.87
    assert cell(DEPARTMENT, DISTRICT, "accounts-by-function/revenue_total/revenue") == (
        "31,547,178.71"
    )
    # 27,971,516.78 of it appropriated: 24,232,631.36 + 3,570,445.85 + 168,439.57
    for row, text in (
        ("appropriation", "27,971,516.78"),
        ("general_public_appropriation", "24,232,631.36"),
        ("government_fund_appropriation", "3,570,445.85"),
        ("state_capital_appropriation", "168,439.57"),
        # 68,437.25 + 327,684.92 + 286,437.58 + 11,436.85 + 52,429.59 + 215,738.46 (事业收入)
        # + 176,843.92 + 58,362.71 (财政专户)
        ("all_public_service_revenue", "1,197,371.28"),
        ("business_revenue", "2,059,243.39"),
        # 15,327.66 + 153,826.74 + 87,354.38 + 62,538.48
        ("all_other_revenue", "319,047.26"),
    ):
        assert cell(DEPARTMENT, DISTRICT, f"accounts-by-function/{row}/revenue") == text


def test_three_publics_are_paid_from_the_general_public_budget_only() -> None:
    # Overseas 127,351.20; reception 24,863.37 + 12,583.44 + 9,856.28 + 4,927.41 + 1,843.29
    # = 54,073.79; bought 179,863.45; run 68,254.91 + 126,548.35 + 42,865.73 + 23,684.57
    # = 261,353.56; agencies run for 1,324,595.36 + 426,870.23 = 1,751,465.59.
    # Vehicles 441,217.01 print as 44.12, not as 17.99 + 26.14; all of it is 622,642.00.
    [row] = rows(document(DEPARTMENT, DISTRICT).tables_by_code["three-publics-and-agency-costs"])
    assert row == ("62.26", "12.74", "5.41", "44.12", "17.99", "26.14", "175.15")


def test_running_costs_of_agencies_hold_what_the_place_counts_under_them() -> None:
    # 186,432.18 + 42,618.45 + 215,976.33 + 96,387.27 + 58,643.62 + 37,251.84 + 24,863.37
    # + 61,439.56 + 68,254.91 + 412,376.00 of 302, 46,832.15 of 303 and 73,519.68 of 310.
    table = "general-public-basic-by-section"
    office = Body(FIVE_UNITS, "501001")
    assert cell(office, DISTRICT, f"{table}/302/operating") == "1,204,243.53"
    assert cell(office, DISTRICT, f"{table}/303/operating") == "46,832.15"
    assert cell(office, DISTRICT, f"{table}/310/operating") == "73,519.68"
    assert cell(office, DISTRICT, f"{table}/total/operating") == "1,324,595.36"


def test_one_item_holds_basic_and_project_money_of_several_sources() -> None:
    # 2070104, general public: 912,438.65 + 1,486,372.54 + 27,846.91 + 83,465.72 + 164,832.38
    # + 327,548.16 + 75,684.43 + 1,843.29 + 28,675.84 = 3,108,707.92 basic, 728,463.55 + 46,385.27
    # = 774,848.82 project; 事业收入: 68,437.25 basic; 其他收入: 153,826.74 + 87,354.38
    # = 241,181.12 project.
    library = Body(FIVE_UNITS, "501003")
    of_item = [row for row in rows(table(library, "spending-by-nature")) if row[2] == "04"]
    assert of_item == [
        ("207", "01", "04", "图书馆", "4,193,175.11", "3,177,145.17", "1,016,029.94")
    ]
    of_item = [row for row in rows(table(library, "revenue-by-source")) if row[2] == "04"]
    assert of_item == [
        ("207", "01", "04", "图书馆", "4,193,175.11", "3,883,556.74", "68,437.25", "", "241,181.12")
    ]


def table(body: Body, code: str) -> Table:
    return document(body, DISTRICT).tables_by_code[code]


def test_a_category_is_paid_by_two_funds() -> None:
    # 18,293,992.70 of the general public budget and 486,315.62 + 6,274.85 of 政府性基金
    body = rows(table(DEPARTMENT, "appropriation-accounts"))
    [row] = [row for row in body if row[2].endswith("文化旅游体育与传媒支出")]
    assert row[2:] == (
        "二、文化旅游体育与传媒支出",
        "18,786,583.17",
        "18,293,992.70",
        "492,590.47",
        "",
    )


def test_an_agency_spends_on_people_running_and_projects() -> None:
    # 501002, 207: 738,652.47 + 865,413.92 + 427,386.55 + 15,864.83 = 2,047,317.77 on people;
    # 64,387.74 + 53,826.19 + 18,437.46 + 4,927.41 + 126,548.35 + 158,743.08 = 426,870.23 running;
    # 318,746.52 + 42,865.73 + 179,863.45 + 57,384.66 = 598,860.36 on its project.
    body = rows(table(Body(FIVE_UNITS, "501002"), "accounts-by-function-of-unit"))
    assert body[0] == (
        *("一、财政拨款收入", "4,112,521.68", "一、文化旅游体育与传媒支出"),
        *("3,073,048.36", "2,047,317.77", "426,870.23", "598,860.36"),
    )
    assert body[-1] == (
        *("收入总计", "4,112,521.68", "支出总计"),
        *("4,112,521.68", "3,086,791.09", "426,870.23", "598,860.36"),
    )


NOTHING_OF = {
    "general-public-spending": "一般公共预算财政拨款安排的预算",
    "government-fund-spending": "政府性基金预算财政拨款安排的预算",
    "state-capital-spending": "国有资本经营预算财政拨款安排的预算",
    "general-public-basic-by-section": "一般公共预算安排的基本支出",
    "three-publics-and-agency-costs": "“三公”经费和机关运行经费预算",
}


def test_an_institute_on_its_own_income_has_empty_tables_that_say_of_what() -> None:
    notes = {t.code: t.note for t in budget_tables(INSTITUTE, DISTRICT) if t.code in NOTHING_OF}
    assert notes == {
        code: f"注：本部门2026年无{what}，故本表为空表。" for code, what in NOTHING_OF.items()
    }
    for code in ("general-public-spending", "government-fund-spending", "state-capital-spending"):
        assert rows(table(INSTITUTE, code)) == (("", "", "", "合计", "", "", ""),)


@pytest.mark.parametrize("edition", EDITION_CODES)
@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_a_filled_table_never_says_that_it_is_empty(body: Body, edition: str) -> None:
    for table in budget_tables(body, edition):
        if not table.is_empty:
            assert "空表" not in table.note


def test_a_budget_in_whole_yuan_is_printed_without_decimals() -> None:
    # 206: 1,284,650 + 2,136,748 + 18,425 + 86,354 + 142,867 + 64,385 + 12,746 = 3,746,175 basic
    # and 738,564 of its project; 208: 547,423 + 273,712; 210: 342,139; 221: 478,994.
    body = rows(table(INSTITUTE, "accounts-by-function"))
    assert body == (
        ("一、财政拨款收入", "", "一、科学技术支出", "4,484,739"),
        ("1. 一般公共预算", "", "二、社会保障和就业支出", "821,135"),
        ("2. 政府性基金预算", "", "三、卫生健康支出", "342,139"),
        ("3. 国有资本经营预算", "", "四、住房保障支出", "478,994"),
        ("二、事业收入", "6,127,007", "", ""),
        ("三、事业单位经营收入", "", "", ""),
        ("四、其他收入", "", "", ""),
        ("收入总计", "6,127,007", "支出总计", "6,127,007"),
    )


def test_the_city_prints_a_category_that_its_list_forgets() -> None:
    # 国有资本经营预算支出 is not among the 22 类 that the form fixes.
    table = document(DEPARTMENT, CITY).tables_by_code["appropriation-summary"]
    [row] = [row for row in rows(table) if "国有资本经营预算支出" in row[2]]
    assert row == ("", "", "23、国有资本经营预算支出", "16.84", "", "", "16.84")


def test_the_same_money_is_the_same_in_all_three_places() -> None:
    # 31,547,178.71 元 = 3,154.72 万元; 24,232,631.36 元 = 2,423.26 万元
    for edition in (NATIONAL, CITY):
        assert cell(DEPARTMENT, edition, "summary/revenue_total/revenue") == "3,154.72"
        assert cell(DEPARTMENT, edition, "general-public-spending/total/total") == "2,423.26"
