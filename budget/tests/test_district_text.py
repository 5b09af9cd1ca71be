"""What sentences of the invented departments say, recomputed from what they print.

Amounts are read out of the printed text by pattern; last year's come from prior.csv, rounded once.
"""

import re
from decimal import Decimal

import pytest

from budget.tests.golden_district.adding import (
    AGENCIES,
    APPROPRIATIONS,
    YEAR,
    Body,
    added,
    both,
    code_names,
    in_wan,
    of,
    percent,
)
from budget.tests.golden_district.places import (
    BODIES,
    DISTRICT,
    FIVE_UNITS,
    ONE_UNIT,
    document,
    says,
)
from budget.tests.golden_district.sentences import (
    AMOUNT,
    number,
    printed_before,
    printed_now,
)

DEPARTMENT = Body(FIVE_UNITS)
INSTITUTE = Body(ONE_UNIT)
COMPARABLE = [body for body in BODIES if body.folder == FIVE_UNITS]

AGAINST = rf"，(?:比2025年预算(增加|减少){AMOUNT}|与2025年预算(持平))"


# The district: a change in amount against last year's budget, for sources, funds and “三公”.


def test_the_covers_of_department_and_unit_say_that_they_are_invented() -> None:
    assert [document(body, DISTRICT).cover for body in (INSTITUTE, Body(FIVE_UNITS, "501003"))] == [
        (
            "示范区2026年区级部门预算",
            "预算主管部门：示范区工艺技术研究所",
            "虚构的部门，仅供演示",
        ),
        (
            "示范区2026年区级单位预算",
            "预算主管部门：示范区文化和旅游局",
            "预算单位：示范区图书馆",
            "虚构的单位，仅供演示",
        ),
    ]


DISTRICT_LABELS = {
    "revenue-by-source": {
        "appropriation": "财政拨款收入",
        "all_public_service_revenue": "事业收入",
        "business_revenue": "事业单位经营收入",
        "all_other_revenue": "其他收入",
    },
    "spending-by-fund": {
        "appropriation_spending": "其中：财政拨款支出预算",
        "general_public_spending": "一般公共预算拨款支出预算",
        "government_fund_spending": "政府性基金拨款支出预算",
        "state_capital_spending": "国有资本经营预算拨款支出预算",
    },
    "three-publics-by-item": {
        "three_publics": "“三公”经费预算数为",
        "overseas_visits": "1.因公出国（境）费",
        "hospitality": "2.公务接待费",
        "vehicles": "3.公务用车购置及运行费",
        "vehicle_purchase": "其中：公务用车购置费",
        "vehicle_running": "；公务用车运行费",
    },
}


@pytest.mark.parametrize("paragraph", DISTRICT_LABELS)
@pytest.mark.parametrize("body", COMPARABLE, ids=lambda body: body.code)
def test_each_amount_and_change_of_the_district_can_be_recomputed(
    body: Body, paragraph: str
) -> None:
    text = says(document(body, DISTRICT), paragraph)
    for measure, label in DISTRICT_LABELS[paragraph].items():
        [(now, word, change, flat)] = re.findall(f"{label}{AMOUNT}{AGAINST}", text)
        before = printed_before(body, measure)
        assert number(now) == printed_now(body, measure)
        if flat:
            assert number(now) == before
        else:
            moved = number(change) if word == "增加" else -number(change)
            assert moved
            assert number(now) - before == moved


def test_the_department_reaches_every_way_of_moving() -> None:
    # 收入 up, 事业收入 down, 国有资本 unchanged to the cent, 经营收入 unchanged in print only
    # (205.92 both years), 公务用车购置费 from nothing.
    document_ = document(DEPARTMENT, DISTRICT)
    revenue, vehicles = (
        says(document_, "revenue-by-source"),
        says(document_, "three-publics-by-item"),
    )
    assert "财政拨款收入2,797.15万元，比2025年预算增加321.51万元" in revenue
    assert "事业收入119.74万元，比2025年预算减少12.82万元" in revenue
    assert "事业单位经营收入205.92万元，与2025年预算持平" in revenue
    assert "国有资本经营预算拨款支出预算16.84万元，与2025年预算持平" in says(
        document_, "spending-by-fund"
    )
    assert "公务用车购置费17.99万元，比2025年预算增加17.99万元" in vehicles
    assert "1.因公出国（境）费12.74万元，与2025年预算持平" in vehicles


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_reasons_stand_beside_items_that_moved_and_beside_no_others(body: Body) -> None:
    text = says(document(body, DISTRICT), "three-publics-by-item")
    for measure in ("overseas_visits", "hospitality", "vehicle_purchase", "vehicle_running"):
        reason = body.remark(f"{measure}_change")
        moved = printed_now(body, measure) != printed_before(body, measure)
        if reason and body.folder == FIVE_UNITS:
            assert (f"主要原因是{reason}。" in text) == moved


@pytest.mark.parametrize("body", [INSTITUTE, Body(ONE_UNIT, "502001")], ids=lambda body: body.code)
def test_without_last_years_figures_nothing_is_compared(body: Body) -> None:
    for paragraph in DISTRICT_LABELS:
        text = says(document(body, DISTRICT), paragraph)
        assert "上年无可比数据" in text
        assert not re.search("增加|减少|持平|2025年预算", text)


# 财政拨款支出主要内容: an item for each 项 with appropriated money.


def item(body: Body, place: int, code: str) -> str:
    """Return what the item of a 项 must say."""
    names = code_names("function_codes")
    path = "".join(
        f"{names[code[:length]]}（{level}）" for length, level in ((3, "类"), (5, "款"), (7, "项"))
    )
    now = in_wan(added(body.lines, both(of(source=APPROPRIATIONS), of(function=code))))
    return (
        f"{place}.“{path}”{now:,}万元，主要用于{body.remark(f'purpose.{code}')}"
        f"{execution(body, code, now)}。"
    )


def execution(body: Body, code: str, now: Decimal) -> str:
    """Return what must be said of last year's execution, nothing where none is known."""
    known = [row for row in body.records("executions.csv") if row["function"] == code]
    if not known:
        return ""
    before = in_wan(added(known))
    if before == 0:
        return f"，{YEAR - 1}年无执行数"
    if before == now:
        moved = "与上年执行数持平"
    else:
        word = "增长" if now > before else "下降"
        moved = f"{word}{percent(abs(now - before), before)}%"
    reason = body.remark(f"execution_change.{code}")
    why = f"，主要原因是{reason}" if reason else ""
    return f"，{YEAR - 1}年执行数{before:,}万元，{moved}{why}"


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_each_item_with_appropriated_money_is_told_about_in_code_order(body: Body) -> None:
    codes = sorted({line["function"] for line in body.lines if line["source"] in APPROPRIATIONS})
    expected = [item(body, place, code) for place, code in enumerate(codes, start=1)]
    none = f"{'本单位' if body.unit else '本部门'}2026年无财政拨款安排的支出。"
    said = says(document(body, DISTRICT), "appropriation-items")
    assert said == ("\n".join(expected) or none)


def test_items_reach_every_way_of_standing_to_execution() -> None:
    text = says(document(DEPARTMENT, DISTRICT), "appropriation-items")
    # 2070101 of two agencies: people 5,303,525.54 + 2,047,317.77, running 1,277,763.21
    # + 426,870.23 = 9,055,476.75 → 905.55; last year 6,245,318.72 + 2,398,754.61
    # = 8,644,073.33 → 864.41; 41.14 ÷ 864.41 = 4.7593 %
    assert "2025年执行数864.41万元，增长4.76%，主要原因是人员工资和社会保障缴费基数调整。" in text
    # 2296003: 71.999047 → 72.00; 84.321695 → 84.32; 12.32 ÷ 84.32 = 14.6110 %
    assert "2025年执行数84.32万元，下降14.61%" in text
    # 2070108: 185.959509 and 185.96425 both print 185.96
    assert "2025年执行数185.96万元，与上年执行数持平" in text
    # 2120803: nothing was executed
    assert "文化广场及周边设施的改造，2025年无执行数。" in text


# The other paragraphs of the district, worked out by hand for the department.


def test_income_and_spending_are_said_with_every_source_and_fund() -> None:
    revenue = says(document(DEPARTMENT, DISTRICT), "revenue-by-source")
    spending = says(document(DEPARTMENT, DISTRICT), "spending-by-fund")
    assert revenue.startswith("2026年，示范区文化和旅游局收入预算3,154.72万元，其中：")
    assert spending.startswith("支出预算3,154.72万元，其中：财政拨款支出预算2,797.15万元，")
    assert spending.endswith(
        "财政拨款收入支出增加的主要原因是文化广场改造项目新列入政府性基金预算，"
        "机关和图书馆人员经费按政策调整。"
    )


def test_running_costs_name_the_units_that_they_cover() -> None:
    # 1,324,595.36 + 426,870.23 = 1,751,465.59
    said = says(document(DEPARTMENT, DISTRICT), "agency-costs-covered")
    assert said.endswith("下属1家机关和1家参公事业单位财政拨款的机关运行经费预算为175.15万元。")
    none = "本部门没有机关和参照公务员法管理的事业单位，无机关运行经费。"
    assert says(document(INSTITUTE, DISTRICT), "agency-costs-covered").endswith(none)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.code)
def test_running_costs_are_said_for_agencies_and_denied_for_all_others(body: Body) -> None:
    said = says(document(body, DISTRICT), "agency-costs-covered")
    costs = f"财政拨款的机关运行经费预算为{printed_now(body, 'agency_operating_costs'):,}万元。"
    agencies = [unit for unit in body.units if unit["type"] in AGENCIES]
    assert said.endswith(costs if agencies else "，无机关运行经费。")


def test_procurement_is_said_with_what_is_reserved() -> None:
    # Goods 73,519.68 + 179,863.45 + 882,290.29 + 635,427.18 = 1,771,100.60; works 2,357,864.91
    # + 654,364.30 = 3,012,229.21; services 680,000.00 + 215,976.33 = 895,976.33; all 5,679,306.14.
    # Reserved 680,000.00 + 943,145.96 + 73,519.68 + 617,603.20 + 635,427.18 + 261,745.72
    # = 3,211,441.74; of it small 420,000.00 + 471,572.98 + 51,463.78 + 308,801.60 + 444,799.03
    # + 130,872.86 = 1,827,510.25.
    said = says(document(DEPARTMENT, DISTRICT), "procurement-reserved")
    amounts = [number(amount) for amount in re.findall(AMOUNT, said)]
    assert amounts == [
        Decimal(text) for text in ("567.93", "177.11", "301.22", "89.60", "321.14", "182.75")
    ]


def test_assets_are_told_in_eight_uses_at_the_day_of_their_register() -> None:
    said = says(document(DEPARTMENT, DISTRICT), "assets-at-date")
    assert said.startswith("截至2025年8月31日，本部门共有车辆18辆，其中：部级领导干部用车0辆、")
    counts = [int(count) for count in re.findall(r"(\d+)(?:辆|台)", said)]
    # 1 + 1 + 1 + 1 at the office, 1 + 6, 1 + 1, 1 + 2 + 1, 1; and one to be bought
    stock, bought = [18, 0, 1, 1, 2, 6, 3, 1, 4, 6], [1, 0, 0, 0, 0, 1, 0, 0, 0, 0]
    assert counts == [*stock, *bought]
    assert "截至2025年12月31日" in says(document(INSTITUTE, DISTRICT), "assets-at-date")


def test_goals_cover_less_than_all_projects() -> None:
    # 1,859,595.09 + 1,496,071.27 + 598,860.36 + 928,675.56 + 719,990.47 = 5,603,192.75
    said = says(document(DEPARTMENT, DISTRICT), "goals-covered")
    assert said == ("2026年度，本部门编报绩效目标的单位4个，项目5个，涉及项目预算资金560.32万元。")
